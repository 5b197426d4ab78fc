// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.broker;

import jakarta.jms.JMSException;

/**
 * The broker does not answer one session, which it may have closed without informing the client. Whatever was done over
 * that session begins again over another one.
 */
public final class NoAnswerException extends JMSException {
    private static final long serialVersionUID = 1L;

    /** @param queue that was consumed or browsed */
    public NoAnswerException(String queue) {
        super(
                "The broker gives a session of this process no answer on queue " + queue
                        + ": it may have closed that session.",
                "BROKER_NO_ANSWER");
    }
}
