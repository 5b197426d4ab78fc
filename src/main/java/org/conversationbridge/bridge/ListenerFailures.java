// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.bridge;

import jakarta.jms.ExceptionListener;
import jakarta.jms.JMSException;
import org.conversationbridge.broker.BrokerException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What the broker refuses a consumer outside of its route: the commit after it, above all. One line, without a stack.
 * That the broker is gone is reported by its probe; that it does not answer a consumer, by that one.
 */
final class ListenerFailures implements ExceptionListener {
    private static final Logger LOG = LoggerFactory.getLogger(ListenerFailures.class);

    @Override
    public void onException(JMSException failure) {
        BrokerException.in(failure).ifPresent(named -> {
            if (!named.isUnreachable() && !named.isSilence()) {
                LOG.warn(
                        "broker refused a commit {}: {} The broker redelivers its messages.",
                        named.code(),
                        named.getMessage());
            }
        });
        LOG.debug("consumer", failure);
    }
}
