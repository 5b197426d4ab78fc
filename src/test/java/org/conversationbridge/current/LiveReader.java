// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.current;

import jakarta.jms.Connection;
import jakarta.jms.ConnectionFactory;
import jakarta.jms.JMSException;
import jakarta.jms.Message;
import jakarta.jms.Session;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** Keeps who is live, as docs/consumer.md says. It may go away and come again. */
final class LiveReader implements AutoCloseable {
    private record Seen(long sequence, boolean isLive, int attachment) {}

    private final ConnectionFactory broker;
    private final Map<String, Seen> known = new ConcurrentHashMap<>();
    private volatile int attachment;
    private volatile int lower;
    private @Nullable Connection connection;

    LiveReader(ConnectionFactory broker) {
        this.broker = broker;
    }

    /** Comes: all that are live are seen again, and then each change. */
    void attach(String queue) throws JMSException {
        attachment++;
        Connection opened = broker.createConnection();
        Session session = opened.createSession(Session.AUTO_ACKNOWLEDGE);
        session.createConsumer(session.createQueue(queue)).setMessageListener(this::accept);
        opened.start();
        connection = opened;
    }

    private void accept(Message message) {
        try {
            // The last message of a conversation expires: it has ended, or is stale.
            Seen now = new Seen(message.getLongProperty("sequence"), message.getJMSExpiration() == 0, attachment);
            known.merge(message.getStringProperty("conversationId"), now, this::newer);
        } catch (JMSException e) {
            throw new AssertionError(e);
        }
    }

    private Seen newer(Seen before, Seen now) {
        if (now.sequence >= before.sequence) {
            return now;
        }
        if (before.attachment == now.attachment) {
            lower++;
        }
        return before;
    }

    /** Forgets what has ended, and what was not seen since it came: that ended while it was away. */
    void sweep() {
        known.values().removeIf(seen -> !seen.isLive || seen.attachment < attachment);
    }

    /** By conversation id, the newest sequence. */
    Map<String, Long> live() {
        Map<String, Long> live = new TreeMap<>();
        known.forEach((id, seen) -> {
            if (seen.isLive) {
                live.put(id, seen.sequence);
            }
        });
        return live;
    }

    /** Whether it has seen a conversation since it came. */
    boolean sees(String conversationId) {
        Seen seen = known.get(conversationId);
        return seen != null && seen.attachment == attachment;
    }

    /** How often an older state came after a newer one, while it was there. */
    int lower() {
        return lower;
    }

    @Override
    public void close() throws JMSException {
        if (connection != null) {
            connection.close();
        }
    }
}
