// SPDX-License-Identifier: Apache-2.0
/**
 * The protocol of Genesys Cloud, and the words for all of it: a request, an answer, an interval. Belongs here: what its
 * rooms share. What is requested is in {@code query}, how answers are read in {@code reading}, what failures mean in
 * {@code failure}. Does not: sending (the send-request route), tokens, what is done with a conversation.
 */
@NullMarked
package org.conversationbridge.genesys;

import org.jspecify.annotations.NullMarked;
