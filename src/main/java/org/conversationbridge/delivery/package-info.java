// SPDX-License-Identifier: Apache-2.0
/**
 * The message that consumers read. Belongs here: its fields in their order, its identity, its JMS quality of service.
 * Does not: how it is sent (the deliver-conversation route).
 */
@NullMarked
package org.conversationbridge.delivery;

import org.jspecify.annotations.NullMarked;
