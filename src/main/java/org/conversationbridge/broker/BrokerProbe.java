// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.broker;

import jakarta.jms.Connection;
import jakarta.jms.ConnectionFactory;
import jakarta.jms.JMSException;
import jakarta.jms.Session;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.apache.activemq.artemis.jms.client.ActiveMQDestination;
import org.conversationbridge.settings.QueueSettings;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Whether the broker can be reached, has its queues and takes messages, asked in the background every few seconds: a health probe must
 * answer at once, and a broker that is down takes seconds to be found so. Each change is one log line.
 */
public final class BrokerProbe implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(BrokerProbe.class);
    private static final Duration PERIOD = Duration.ofSeconds(3);
    /** A blocking call ends after 5 s; a send to a broker whose disk is full does not end. */
    private static final Duration PATIENCE = Duration.ofSeconds(15);

    /** A broker that is down is found so in less. */
    private static final Duration FIRST_ANSWER = Duration.ofSeconds(6);

    private static final String STUCK =
            "The broker takes no message: is its disk full (max-disk-usage), or is it frozen? It goes on by itself.";

    private final BrokerConnections broker;
    private final ConnectionFactory factory;
    private final QueueInspection inspection;
    private final ResultBacklog backlog;
    private final List<String> queues;
    private final Clock clock;
    private final ScheduledExecutorService probe = Executors.newSingleThreadScheduledExecutor(BrokerProbe::daemon);
    private final ScheduledExecutorService watch = Executors.newSingleThreadScheduledExecutor(BrokerProbe::daemon);
    private final CountDownLatch asked = new CountDownLatch(1);
    private @Nullable Connection connection;
    private volatile @Nullable Instant begun;
    private volatile String problem = "not asked yet";

    /** @param names of the queues; those that may refuse a message are asked each */
    public BrokerProbe(
            BrokerConnections broker,
            QueueInspection inspection,
            ResultBacklog backlog,
            QueueSettings names,
            Clock clock) {
        this.broker = broker;
        this.factory = broker.single();
        this.inspection = inspection;
        this.backlog = backlog;
        this.queues = List.of(names.enriched(), names.current(), names.checkpoint());
        this.clock = clock;
    }

    /**
     * Begins to ask. Returns when there is a first answer, so that every queue is there before the first consumer comes, or
     * after some seconds without one.
     */
    public void start() {
        var unused = probe.scheduleWithFixedDelay(this::probe, 0, PERIOD.toMillis(), TimeUnit.MILLISECONDS);
        var alsoUnused =
                watch.scheduleWithFixedDelay(this::watch, PERIOD.toMillis(), PERIOD.toMillis(), TimeUnit.MILLISECONDS);
        try {
            boolean answered = asked.await(FIRST_ANSWER.toMillis(), TimeUnit.MILLISECONDS);
            LOG.debug("broker: answered={} at start", answered);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** What is wrong with it; empty when nothing is. */
    public Optional<String> problem() {
        return Optional.of(problem).filter(found -> !found.isEmpty());
    }

    private void probe() {
        try {
            if (connection == null) {
                connection = factory.createConnection();
            }
            inspection.inspect(connection);
            begun = clock.instant();
            sendNothing(connection);
            tell("");
        } catch (JMSException e) {
            tell(reason(BrokerException.of(e)));
            disconnect();
        } finally {
            begun = null;
            asked.countDown();
        }
    }

    private @Nullable String reason(BrokerException failure) {
        return failure.isUnreachable() && connection == null
                ? broker.whyUnreachable().orElse(failure.getMessage())
                : failure.getMessage();
    }

    /** A message that is taken back at once: nobody sees it, and a broker that is full does not take it. */
    private void sendNothing(Connection open) throws JMSException {
        try (Session session = open.createSession(Session.SESSION_TRANSACTED)) {
            for (String queue : queues) {
                session.createProducer(ActiveMQDestination.createQueue(queue)).send(session.createTextMessage(""));
                session.rollback();
            }
            backlog.look(session);
        }
    }

    private void watch() {
        Instant since = begun;
        if (since != null && since.plus(PATIENCE).isBefore(clock.instant())) {
            tell(STUCK);
        }
    }

    private synchronized void tell(@Nullable String now) {
        String found = String.valueOf(now);
        if (!found.equals(problem)) {
            if (found.isEmpty()) {
                LOG.info("broker reachable");
            } else {
                LOG.warn("broker not reachable: {}", found);
            }
            problem = found;
        }
    }

    private void disconnect() {
        Connection broken = connection;
        connection = null;
        if (broken != null) {
            try {
                broken.close();
            } catch (JMSException e) {
                LOG.debug("closing the broken connection", e);
            }
        }
    }

    private static Thread daemon(Runnable task) {
        Thread thread = new Thread(task, "broker-probe");
        thread.setDaemon(true);
        return thread;
    }

    @Override
    public void close() {
        watch.shutdownNow();
        var unused = probe.submit(this::disconnect);
        probe.shutdown();
    }
}
