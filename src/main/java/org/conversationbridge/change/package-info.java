// SPDX-License-Identifier: Apache-2.0
/**
 * Which conversations have changed since they were last announced. Belongs here: what is treated as a change, the
 * sequence of a conversation's changes, the page on which changes travel to the enricher. Does not: where they come
 * from or go.
 */
@NullMarked
package org.conversationbridge.change;

import org.jspecify.annotations.NullMarked;
