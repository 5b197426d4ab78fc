// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.broker;

import jakarta.jms.Connection;
import jakarta.jms.ConnectionFactory;
import jakarta.jms.JMSException;
import jakarta.jms.Session;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Whether the broker can be reached and takes messages, asked in the background every few seconds: a health probe must
 * answer at once, and a broker that is down takes seconds to be found so. Each change is one log line.
 */
public final class BrokerProbe implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(BrokerProbe.class);
    private static final Duration PERIOD = Duration.ofSeconds(3);
    /** A blocking call ends after 5 s; a send to a broker whose disk is full does not end. */
    private static final Duration PATIENCE = Duration.ofSeconds(15);

    private static final String STUCK =
            "The broker takes no message: is its disk full (max-disk-usage), or is it frozen? It goes on by itself.";

    private final ConnectionFactory factory;
    private final QueueResolver queues;
    private final String queue;
    private final Clock clock;
    private final ScheduledExecutorService probe = Executors.newSingleThreadScheduledExecutor(BrokerProbe::daemon);
    private final ScheduledExecutorService watch = Executors.newSingleThreadScheduledExecutor(BrokerProbe::daemon);
    private @Nullable Connection connection;
    private volatile @Nullable Instant begun;
    private volatile String problem = "not asked yet";

    /** @param queue one that the bridge sends to */
    public BrokerProbe(BrokerConnections broker, QueueResolver queues, String queue, Clock clock) {
        this.factory = broker.single();
        this.queues = queues;
        this.queue = queue;
        this.clock = clock;
    }

    /** Begins to ask. */
    public void start() {
        var unused = probe.scheduleWithFixedDelay(this::probe, 0, PERIOD.toMillis(), TimeUnit.MILLISECONDS);
        var alsoUnused =
                watch.scheduleWithFixedDelay(this::watch, PERIOD.toMillis(), PERIOD.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** What is wrong with it; empty when nothing is. */
    public Optional<String> problem() {
        return Optional.of(problem).filter(found -> !found.isEmpty());
    }

    private void probe() {
        begun = clock.instant();
        try {
            if (connection == null) {
                connection = factory.createConnection();
            }
            sendNothing(connection);
            tell("");
        } catch (JMSException e) {
            tell(BrokerException.of(e).getMessage());
            disconnect();
        } finally {
            begun = null;
        }
    }

    /** A message that is taken back at once: nobody sees it, and a broker that is full does not take it. */
    private void sendNothing(Connection open) throws JMSException {
        try (Session session = open.createSession(Session.SESSION_TRANSACTED)) {
            session.createProducer(queues.resolve(session, queue)).send(session.createTextMessage(""));
            session.rollback();
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
