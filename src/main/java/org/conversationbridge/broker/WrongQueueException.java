// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.broker;

import jakarta.jms.JMSException;

/** A queue is of another kind than the bridge needs, and cannot be used as it is. */
public final class WrongQueueException extends JMSException {
    private static final long serialVersionUID = 1L;

    WrongQueueException(QueueFault fault) {
        super(fault.sentence(), "QUEUE_OF_WRONG_KIND");
    }
}
