// SPDX-License-Identifier: Apache-2.0
/**
 * The beans of the routes that poll and announce, and of the checkpoint. Belongs here: adapters of what a poll
 * queries, finds and announces. Does not: which conversations have changed (checkpoint), what is requested (genesys).
 */
@NullMarked
package org.conversationbridge.route.poll;

import org.jspecify.annotations.NullMarked;
