// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.broker;

import org.springframework.jms.connection.SessionProxy;

/** A session whose commit looks at the queues that it has sent to; see {@link KeptQueues}. */
interface CheckedSession extends SessionProxy {}
