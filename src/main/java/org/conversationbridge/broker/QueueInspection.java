// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.broker;

import jakarta.jms.Connection;
import jakarta.jms.JMSException;
import jakarta.jms.Session;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.apache.activemq.artemis.api.core.ActiveMQException;
import org.apache.activemq.artemis.api.core.ActiveMQSecurityException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Whether the queues on the broker are as they must be, looked at again and again: somebody may delete one, or the broker
 * lose its data. What is found is one line in the log, once, and the reason why the bridge is not ready.
 */
public final class QueueInspection {
    private static final Logger LOG = LoggerFactory.getLogger(QueueInspection.class);

    private final BrokerQueues queues;
    private final QueueKeeper keeper = new QueueKeeper();
    private volatile List<QueueFault> faults = List.of();

    public QueueInspection(BrokerQueues queues) {
        this.queues = queues;
    }

    /** What is wrong with them, and what to do; empty when nothing is, or they were not looked at yet. */
    public Optional<String> problem() {
        List<QueueFault> grave = faults.stream().filter(QueueFault::grave).toList();
        return grave.isEmpty()
                ? Optional.empty()
                : Optional.of(grave.stream().map(QueueFault::sentence).collect(Collectors.joining(" ")));
    }

    /** Looks at every queue, creates what is missing and mends what can be mended. */
    void inspect(Connection connection) throws JMSException {
        List<QueueFault> found = new ArrayList<>();
        try (Session session = connection.createSession(Session.AUTO_ACKNOWLEDGE)) {
            for (BrokerQueue queue : queues.all()) {
                found.addAll(keep(queue, connection, session));
            }
        } catch (ActiveMQException e) {
            throw QueueResolver.jms(e);
        }
        tell(List.copyOf(found));
    }

    private List<QueueFault> keep(BrokerQueue queue, Connection connection, Session session)
            throws JMSException, ActiveMQException {
        try {
            return keeper.keep(queue, QueueResolver.core(session), wrong -> updateInPlace(connection, wrong));
        } catch (ActiveMQSecurityException e) {
            LOG.debug("queue {}", queue.name(), e);
            return List.of(queue.missing());
        }
    }

    private static boolean updateInPlace(Connection connection, BrokerQueue queue) throws ActiveMQException {
        try (Management management = new Management(connection)) {
            return management.update(queue.configuration().setNonDestructive(false));
        } catch (JMSException e) {
            throw new ActiveMQException(String.valueOf(e.getMessage()), e, null);
        }
    }

    private void tell(List<QueueFault> now) {
        List<QueueFault> before = faults;
        faults = now;
        now.stream().filter(fault -> isNew(fault, before)).forEach(fault -> LOG.warn("broker: {}", fault.sentence()));
        if (now.isEmpty() && !before.isEmpty()) {
            LOG.info("broker: every queue is as it must be");
        }
    }

    /** The counts in a sentence change all the time. */
    private static boolean isNew(QueueFault fault, List<QueueFault> before) {
        return before.stream()
                .noneMatch(known -> known.queue().equals(fault.queue()) && known.grave() == fault.grave());
    }
}
