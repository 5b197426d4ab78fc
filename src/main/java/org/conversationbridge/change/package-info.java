// SPDX-License-Identifier: Apache-2.0
/**
 * A change of a conversation, and what was last announced of one. Belongs here: what differs between the two, the
 * sequence of a conversation's changes, the page on which changes travel to the enricher. Does not: all conversations
 * together (checkpoint), where changes come from or go.
 */
@NullMarked
package org.conversationbridge.change;

import org.jspecify.annotations.NullMarked;
