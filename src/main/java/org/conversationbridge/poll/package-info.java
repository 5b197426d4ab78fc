// SPDX-License-Identifier: Apache-2.0
/**
 * When to poll and how the polls went. Belongs here: which poll requests are followed, the figures of each poll and its
 * one log line. Does not: what is requested (genesys), what has changed (change).
 */
@NullMarked
package org.conversationbridge.poll;

import org.jspecify.annotations.NullMarked;
