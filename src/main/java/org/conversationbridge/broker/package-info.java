// SPDX-License-Identifier: Apache-2.0
/**
 * The JMS broker: the one inside this process or yours. Belongs here: connections, queues with their settings,
 * credentials. Does not: what is sent.
 */
@NullMarked
package org.conversationbridge.broker;

import org.jspecify.annotations.NullMarked;
