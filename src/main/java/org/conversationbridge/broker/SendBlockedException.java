// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.broker;

import jakarta.jms.JMSException;
import java.time.Duration;

/**
 * The broker let a send wait for so long that it was broken off: it blocks its producers, because the address is full
 * and has address-full-policy BLOCK, or because its disk is full.
 */
public final class SendBlockedException extends JMSException {
    private static final long serialVersionUID = 1L;

    public SendBlockedException(String queue, Duration waited) {
        super(
                "The broker has accepted no message for queue " + queue + " in " + waited.toSeconds()
                        + " s: it blocks its producers, because the queue (address-full-policy BLOCK) or its disk"
                        + " (max-disk-usage) is full, or its limit is less than a page (page.size).",
                "BROKER_BLOCKED");
    }
}
