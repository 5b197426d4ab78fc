// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.broker;

import jakarta.jms.JMSException;
import java.util.Collection;

/** Messages that wait on a queue, to be looked at again and again, and taken when they are done with. */
public interface WaitingMessages {
    /** Shows them, the oldest first, as long as the visitor wants to see more. */
    void show(OldestMessages.Visitor visitor) throws JMSException;

    /** Takes some away; those that are not there any more are none. */
    void take(Collection<String> messageIds) throws JMSException;
}
