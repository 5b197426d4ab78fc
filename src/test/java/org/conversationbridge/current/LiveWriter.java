// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.current;

import jakarta.jms.Connection;
import jakarta.jms.ConnectionFactory;
import jakarta.jms.JMSException;
import jakarta.jms.MessageProducer;
import jakarta.jms.Session;
import jakarta.jms.TextMessage;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.UUID;

/** Writes to the current queue as deliver-conversation does, and knows who is live. */
final class LiveWriter implements AutoCloseable {
    private static final String BODY = "x".repeat(2_000);

    /** Another one does not begin the same conversations. */
    private final String life = UUID.randomUUID().toString();

    private final Connection connection;
    private final Session session;
    private final MessageProducer producer;
    private final Duration leavesAfter;
    private final Map<String, Long> live = new TreeMap<>();
    /** Those that have ended, with their last sequence. */
    private final Map<String, Long> ended = new TreeMap<>();

    private final Random random = new Random(42);
    private int begun;

    LiveWriter(ConnectionFactory broker, String queue, Duration leavesAfter) throws JMSException {
        this.connection = broker.createConnection();
        this.session = connection.createSession(Session.SESSION_TRANSACTED);
        this.producer = session.createProducer(session.createQueue(queue));
        this.leavesAfter = leavesAfter;
    }

    /** So many more are live. */
    synchronized void begin(int count) throws JMSException {
        for (int i = 0; i < count; i++) {
            String id = life + "-" + begun++;
            live.put(id, 1L);
            send(id, 1, 0);
        }
        session.commit();
    }

    /** Some change. */
    synchronized List<String> change(int count) throws JMSException {
        List<String> changed = some(count);
        for (String id : changed) {
            send(id, live.merge(id, 1L, Long::sum), 0);
        }
        session.commit();
        return changed;
    }

    /** Some end, and leave the queue after a while. */
    synchronized List<String> end(int count) throws JMSException {
        return end(count, leavesAfter);
    }

    /** Some end, and leave the queue when whoever reads it has had that long. */
    synchronized List<String> end(int count, Duration after) throws JMSException {
        List<String> chosen = some(count);
        for (String id : chosen) {
            long last = live.remove(id) + 1;
            ended.put(id, last);
            send(id, last, after.toMillis());
        }
        session.commit();
        return chosen;
    }

    /** Those that have ended leave now. */
    synchronized void leave(List<String> ids) throws JMSException {
        for (String id : ids) {
            send(id, ended.get(id), 1);
        }
        session.commit();
    }

    /** By conversation id, the newest sequence. */
    synchronized Map<String, Long> live() {
        return new TreeMap<>(live);
    }

    private List<String> some(int count) {
        List<String> ids = new ArrayList<>(live.keySet());
        List<String> some = new ArrayList<>();
        while (some.size() < count && !ids.isEmpty()) {
            some.add(ids.remove(random.nextInt(ids.size())));
        }
        return some;
    }

    private void send(String id, long sequence, long timeToLive) throws JMSException {
        TextMessage message = session.createTextMessage(BODY);
        message.setStringProperty("_AMQ_LVQ_NAME", id);
        message.setStringProperty("conversationId", id);
        message.setStringProperty("mediaType", "voice");
        message.setLongProperty("sequence", sequence);
        producer.setTimeToLive(timeToLive);
        producer.send(message);
    }

    /** All end. */
    @Override
    public synchronized void close() throws JMSException {
        end(live.size());
        connection.close();
    }
}
