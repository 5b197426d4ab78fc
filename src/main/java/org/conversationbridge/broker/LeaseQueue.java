// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.broker;

import jakarta.jms.ConnectionFactory;
import jakarta.jms.JMSException;
import java.time.Duration;
import java.util.List;
import org.springframework.jms.core.JmsTemplate;

/**
 * A queue with one message, which a transaction takes and sends again. The broker gives it to one transaction at a time,
 * and back when that one is rolled back or its process is gone: of two that overlap one is committed.
 */
public final class LeaseQueue {
    /** What the failure says where another transaction has it. */
    static final String TAKEN = "lease of the checkpoint is taken";

    /** Longer than the transaction of another process that works, shorter than it takes to notice one that does not. */
    static final Duration PATIENCE = Duration.ofSeconds(5);

    private static final Duration MOMENT = Duration.ofMillis(500);

    /** Property of the message. */
    private static final String REVISION = "revision";

    private static final int MOST_LOOKED_AT = 100;

    private final String name;
    private final QueueView view;
    private final JmsTemplate atOnce;
    private final JmsTemplate soon;
    private final JmsTemplate patient;

    /** @param pool whose transactions take it */
    public LeaseQueue(ConnectionFactory pool, QueueResolver queues, QueueView view, String name) {
        this.name = name;
        this.view = view;
        this.atOnce = template(pool, queues, JmsTemplate.RECEIVE_TIMEOUT_NO_WAIT);
        this.soon = template(pool, queues, MOMENT.toMillis());
        this.patient = template(pool, queues, PATIENCE.toMillis());
    }

    private static JmsTemplate template(ConnectionFactory pool, QueueResolver queues, long timeoutMillis) {
        JmsTemplate template = new JmsTemplate(pool);
        template.setDestinationResolver((session, queue, isTopic) -> queues.resolve(session, queue));
        template.setReceiveTimeout(timeoutMillis);
        return template;
    }

    /**
     * Takes the message in the transaction of this thread. There is none to take where the queue has none at all.
     *
     * @param revision that the message has as a property of this name
     * @throws JMSException when another transaction has it, or has sent another one since
     */
    public void take(String revision) throws JMSException {
        String selector = REVISION + " = '" + revision.replace("'", "''") + "'";
        if (atOnce.receiveSelected(name, selector) != null || isEmpty() && isEmptyStill(selector)) {
            return;
        }
        if (isReplaced(revision) || patient.receiveSelected(name, selector) == null) {
            throw new JMSException("The " + TAKEN + ", or has another revision.");
        }
    }

    /** Whether it has no message, none that a transaction has taken either. */
    private boolean isEmpty() throws JMSException {
        return view.depth(name) == 0;
    }

    /** What a transaction has sent is in the depth a moment after its commit. */
    private boolean isEmptyStill(String selector) throws JMSException {
        return soon.receiveSelected(name, selector) != null || isEmpty();
    }

    /** Whether there is another one: then no roll-back brings this one back. */
    private boolean isReplaced(String revision) throws JMSException {
        List<String> there = view.properties(name, REVISION, MOST_LOOKED_AT);
        return !there.isEmpty() && !there.contains(revision);
    }
}
