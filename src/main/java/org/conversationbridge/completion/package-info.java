// SPDX-License-Identifier: Apache-2.0
/**
 * What is known of a conversation once it is over. Belongs here: its outcome, what each agent did in it, whether that
 * is the last word. Does not: how Genesys Cloud reports it ({@code genesys}).
 */
@NullMarked
package org.conversationbridge.completion;

import org.jspecify.annotations.NullMarked;
