// SPDX-License-Identifier: Apache-2.0
/**
 * A conversation as the bridge sees it, whichever API reported it: who takes part, what each does now, who has it.
 * Belongs here: the record every shape is read into and the rules that read state and agent from it. Does not: JSON,
 * HTTP, Camel, JMS.
 */
@NullMarked
package org.conversationbridge.conversation;

import org.jspecify.annotations.NullMarked;
