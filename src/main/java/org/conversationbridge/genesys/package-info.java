// SPDX-License-Identifier: Apache-2.0
/**
 * The protocol of Genesys Cloud: which requests there are, how answers are read, what each failure means. Belongs
 * here: JSON shapes, paging, status codes, dialects. Does not: sending (the call-genesys route), tokens, what is done
 * with a conversation.
 */
@NullMarked
package org.conversationbridge.genesys;

import org.jspecify.annotations.NullMarked;
