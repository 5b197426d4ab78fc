// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.broker;

import jakarta.jms.Connection;
import jakarta.jms.JMSException;
import jakarta.jms.Session;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.apache.activemq.artemis.jms.client.ActiveMQDestination;

/**
 * Whether queues take a message: each is sent one that is taken back at once, so that no consumer sees it. A broker
 * that blocks its producers refuses nothing; a send simply does not end, so each has a time.
 */
final class SendTrial implements AutoCloseable {
    /** More than a call that the broker does not answer takes: that is a failure, and not a blocked send. */
    private static final Duration PATIENCE = Duration.ofSeconds(7);

    private final List<String> queues;
    private final Duration patience;
    private final ExecutorService senders = Executors.newCachedThreadPool(SendTrial::daemon);

    SendTrial(List<String> queues) {
        this(queues, PATIENCE);
    }

    SendTrial(List<String> queues, Duration patience) {
        this.queues = queues;
        this.patience = patience;
    }

    /** All that are tried. */
    List<String> queues() {
        return queues;
    }

    /**
     * Those that take no message. If there are any, the connection is to be closed: a send that was broken off
     * leaves a session.
     *
     * @throws JMSException when one of the others refuses it
     */
    List<String> blocked(Connection connection) throws JMSException, InterruptedException {
        List<Future<Void>> trials = senders.invokeAll(
                queues.stream()
                        .map(queue -> (Callable<Void>) () -> sendNothing(connection, queue))
                        .toList(),
                patience.toMillis(),
                TimeUnit.MILLISECONDS);
        List<String> blocked = new ArrayList<>();
        for (int i = 0; i < queues.size(); i++) {
            if (trials.get(i).isCancelled()) {
                blocked.add(queues.get(i));
            } else {
                check(trials.get(i));
            }
        }
        return blocked;
    }

    private static void check(Future<Void> trial) throws JMSException, InterruptedException {
        try {
            trial.get();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof JMSException refused) {
                throw refused;
            }
            throw new IllegalStateException("the test message could not be sent", e);
        }
    }

    private static Void sendNothing(Connection connection, String queue) throws JMSException {
        try (Session session = connection.createSession(Session.SESSION_TRANSACTED)) {
            session.createProducer(ActiveMQDestination.createQueue(queue)).send(session.createTextMessage(""));
            session.rollback();
        }
        return null;
    }

    private static Thread daemon(Runnable task) {
        Thread thread = new Thread(task, "broker-trial");
        thread.setDaemon(true);
        return thread;
    }

    @Override
    public void close() {
        senders.shutdownNow();
    }
}
