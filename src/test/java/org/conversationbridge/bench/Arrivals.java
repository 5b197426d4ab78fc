// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.bench;

import jakarta.jms.Connection;
import jakarta.jms.JMSException;
import jakarta.jms.Message;
import jakarta.jms.Session;
import jakarta.jms.TextMessage;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.BooleanSupplier;
import org.apache.activemq.artemis.api.jms.ActiveMQJMSConstants;
import org.apache.activemq.artemis.jms.client.ActiveMQConnectionFactory;

/** The consumer of the results: when which message arrived. It acknowledges before it receives, the cheapest way. */
final class Arrivals implements AutoCloseable {
    /** Long enough for what is on its way when a peer has ended. */
    private static final Duration DRAIN = Duration.ofSeconds(3);

    private static final int MEASURED = 500;

    private final ActiveMQConnectionFactory factory;
    private final Connection connection;
    private final List<Long> times = new ArrayList<>();
    private final Set<String> keys = new HashSet<>();
    private int doubled;
    private int incomplete;
    private long characters;
    private int measured;

    private Arrivals(ActiveMQConnectionFactory factory, Connection connection) {
        this.factory = factory;
        this.connection = connection;
    }

    static Arrivals listen(Rig rig) throws JMSException {
        ActiveMQConnectionFactory factory = Rig.factory(rig.environment());
        Connection connection = factory.createConnection();
        Session session = connection.createSession(false, ActiveMQJMSConstants.PRE_ACKNOWLEDGE);
        Arrivals arrivals = new Arrivals(factory, connection);
        session.createConsumer(session.createQueue(Rig.RESULTS)).setMessageListener(arrivals::note);
        connection.start();
        return arrivals;
    }

    private void note(Message message) {
        long now = System.nanoTime();
        try {
            String sequence = message.propertyExists("sequence") ? message.getStringProperty("sequence") : "";
            note(now, message.getJMSCorrelationID() + " " + sequence, message);
        } catch (JMSException e) {
            throw new IllegalStateException(e);
        }
    }

    private synchronized void note(long now, String key, Message message) throws JMSException {
        if (!keys.add(key)) {
            doubled++;
            return;
        }
        times.add(now);
        String history = message.getStringProperty("historyStatus");
        if (history != null && !history.equals("complete") && !history.equals("none")) {
            incomplete++;
        }
        if (measured < MEASURED) {
            characters += ((TextMessage) message).getText().length();
            measured++;
        }
    }

    /** Messages so far, each once. */
    synchronized int count() {
        return times.size();
    }

    /** Messages that arrived more than once. */
    synchronized int doubled() {
        return doubled;
    }

    /** Messages that say that their history is not known, or in part. */
    synchronized int incomplete() {
        return incomplete;
    }

    /** The mean length of the first bodies. */
    synchronized int characters() {
        return measured == 0 ? 0 : (int) (characters / measured);
    }

    /** When a message arrived, as {@link System#nanoTime} counts. */
    synchronized long at(int index) {
        return times.get(index);
    }

    /** Waits for so many messages; false where they do not come, or their sender has ended. */
    boolean await(int wanted, Duration patience, BooleanSupplier isSenderAlive) throws InterruptedException {
        long end = System.nanoTime() + patience.toNanos();
        long drained = 0;
        while (count() < wanted) {
            long now = System.nanoTime();
            if (isSenderAlive.getAsBoolean()) {
                drained = now + DRAIN.toNanos();
            }
            if (now > end || now > drained) {
                return false;
            }
            Thread.sleep(10);
        }
        return true;
    }

    @Override
    public void close() throws JMSException {
        connection.close();
        factory.close();
    }
}
