// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.broker;

import jakarta.jms.Connection;
import jakarta.jms.JMSException;
import jakarta.jms.Session;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.activemq.artemis.api.core.ActiveMQException;
import org.apache.activemq.artemis.api.core.ActiveMQSecurityException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Whether the queues on the broker are as they must be, looked at again and again: one may be deleted, or the broker
 * lose its data. What is found is one line in the log, once, and the reason why the bridge is not ready.
 */
public final class QueueInspection {
    private static final Logger LOG = LoggerFactory.getLogger(QueueInspection.class);

    private static final int LOOKS_PER_LOOK_AT_ADDRESSES = 20;

    private final BrokerQueues queues;
    private final QueueKeeper keeper;
    private final AddressInspection addresses;
    private final BrowseTrial browsing;
    private @Nullable Connection lookedAt;
    private int untilAddresses;
    private List<QueueFault> ofAddresses = List.of();
    private volatile List<QueueFault> faults = List.of();

    /**
     * @param resolver of the same queues, which is to know of those that are created here
     * @param pageSize messages of the largest transaction
     */
    public QueueInspection(BrokerQueues queues, QueueResolver resolver, int pageSize) {
        this.queues = queues;
        this.keeper = resolver.keeper();
        this.addresses = new AddressInspection(queues, pageSize);
        this.browsing = new BrowseTrial(queues.browsed());
    }

    /** What is wrong with them, and what to do; empty when nothing is, or they were not looked at yet. */
    public Optional<String> problem() {
        List<QueueFault> grave = faults.stream().filter(QueueFault::grave).toList();
        return grave.isEmpty()
                ? Optional.empty()
                : Optional.of(grave.stream().map(QueueFault::sentence).collect(Collectors.joining(" ")));
    }

    /** Looks at every queue, creates what is missing and fixes what can be fixed. */
    void inspect(Connection connection) throws JMSException {
        List<QueueFault> found = new ArrayList<>();
        try (Session session = connection.createSession(Session.AUTO_ACKNOWLEDGE)) {
            for (BrokerQueue queue : queues.all()) {
                found.addAll(keep(queue, connection, session));
            }
        } catch (ActiveMQException e) {
            throw QueueResolver.jms(e);
        }
        found.addAll(ofAddresses(connection));
        tell(List.copyOf(found));
    }

    /**
     * Settings and permissions change when broker.xml is edited: looked at with each new connection, and from time to
     * time.
     */
    private List<QueueFault> ofAddresses(Connection connection) throws JMSException {
        if (lookedAt != connection || untilAddresses == 0) {
            ofAddresses = Stream.concat(addresses.inspect(connection).stream(), browsing.refused(connection).stream())
                    .toList();
            lookedAt = connection;
            untilAddresses = LOOKS_PER_LOOK_AT_ADDRESSES;
        }
        untilAddresses--;
        return ofAddresses;
    }

    private List<QueueFault> keep(BrokerQueue queue, Connection connection, Session session)
            throws JMSException, ActiveMQException {
        try {
            return keeper.keep(queue, QueueResolver.core(session), wrong -> updateInPlace(connection, wrong));
        } catch (ActiveMQSecurityException e) {
            LOG.debug("queue {}", queue.name(), e);
            return queue.missing().stream().toList();
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
            LOG.info("broker: all queues are configured correctly");
        }
    }

    /** The numbers in a sentence change all the time. */
    private static boolean isNew(QueueFault fault, List<QueueFault> before) {
        return before.stream()
                .noneMatch(known -> known.queue().equals(fault.queue()) && known.grave() == fault.grave());
    }
}
