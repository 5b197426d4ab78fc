// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.broker;

import jakarta.jms.Connection;
import jakarta.jms.ConnectionFactory;
import jakarta.jms.JMSException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Whether the broker can be reached, asked in the background every few seconds: a health probe must answer at once, and a
 * broker that is down takes seconds to be found so.
 */
public final class BrokerProbe implements AutoCloseable {
    private static final Duration PERIOD = Duration.ofSeconds(3);

    private final ConnectionFactory factory;
    private final ScheduledExecutorService thread;
    private @Nullable Connection connection;
    private volatile String problem = "not asked yet";

    public BrokerProbe(BrokerConnections broker) {
        this.factory = broker.single();
        this.thread = Executors.newSingleThreadScheduledExecutor(task -> {
            Thread probe = new Thread(task, "broker-probe");
            probe.setDaemon(true);
            return probe;
        });
    }

    /** Begins to ask. */
    public void start() {
        var unused = thread.scheduleWithFixedDelay(this::probe, 0, PERIOD.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** Why it cannot be reached; empty when it can. */
    public Optional<String> problem() {
        return Optional.of(problem).filter(found -> !found.isEmpty());
    }

    /** A session is one round trip to the broker. */
    private void probe() {
        try {
            if (connection == null) {
                connection = factory.createConnection();
            }
            connection.createSession().close();
            problem = "";
        } catch (JMSException e) {
            problem = e.getMessage() == null ? e.toString() : e.getMessage();
            disconnect();
        }
    }

    private void disconnect() {
        Connection broken = connection;
        connection = null;
        if (broken != null) {
            try {
                broken.close();
            } catch (JMSException e) {
                problem = problem + "; closing the connection: " + e.getMessage();
            }
        }
    }

    @Override
    public void close() {
        var unused = thread.submit(this::disconnect);
        thread.shutdown();
    }
}
