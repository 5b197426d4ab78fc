// SPDX-License-Identifier: Apache-2.0

import jakarta.jms.Connection;
import jakarta.jms.ConnectionFactory;
import jakarta.jms.JMSException;
import jakarta.jms.Message;
import jakarta.jms.MessageConsumer;
import jakarta.jms.Session;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.activemq.artemis.jms.client.ActiveMQConnectionFactory;

/**
 * A consumer of Conversation Bridge in plain JMS, as a starting point for your own. It shows the state of each
 * conversation, and handles each message once. What it needs is in the JMS properties, so that it works with each form
 * of CloudEvents too.
 *
 * <p>It keeps the present state: what waits on the result queue of a conversation that is live is dropped, since the
 * newest state is known. To record every change, leave out {@code seeWhoIsLive} and the comparison of sequences.
 *
 * <pre>{@code
 * export BROKER_PASSWORD=...
 * java -cp 'lib/*' examples/ConversationConsumer.java \
 *     --url 'tcp://127.0.0.1:61616?reconnectAttempts=-1' --user bridge --selector "mediaType = 'voice'"
 * }</pre>
 */
public final class ConversationConsumer {
    private static final int REMEMBERED = 100_000;
    private static final long PATIENCE_MILLIS = 1_000;
    private static final long LONGEST_LOOK_NANOS = 10_000_000_000L;
    /** Before the first rollback in a row; doubled each time. Ten last eight minutes, then a message is a dead letter. */
    private static final long PAUSE_MILLIS = 1_000;

    private static final int MOST_DOUBLED = 7;

    /**
     * What was handled. It is lost when the program ends, so messages that were not acknowledged yet may be handled
     * again. If that must not happen, keep both in your database: insert the messageId under a unique key, in the
     * transaction that stores your result, and ignore a message whose id is there.
     */
    private final Map<String, Boolean> messageIds = newest(REMEMBERED);

    private final Map<String, Long> sequences = newest(REMEMBERED);
    private int failures;

    public static void main(String[] arguments) throws JMSException, InterruptedException {
        Map<String, String> options = options(arguments);
        ConnectionFactory factory = new ActiveMQConnectionFactory(options.get("--url"));
        try (Connection connection = factory.createConnection(options.get("--user"), System.getenv("BROKER_PASSWORD"))) {
            connection.start();
            new ConversationConsumer().consume(connection, options);
        }
    }

    private void consume(Connection connection, Map<String, String> options)
            throws JMSException, InterruptedException {
        Session session = connection.createSession(Session.SESSION_TRANSACTED);
        String selector = options.get("--selector");
        MessageConsumer consumer = session.createConsumer(session.createQueue(options.get("--results")), selector);
        seeWhoIsLive(connection, options);
        System.out.println("who is live is known; now what changes");
        try {
            while (true) {
                Message message = consumer.receive(PATIENCE_MILLIS);
                if (message != null) {
                    take(session, message);
                }
            }
        } finally {
            // Before the connection closes: else another consumer receives what is prefetched before what is in work.
            session.rollback();
        }
    }

    /** A separate reader, which removes nothing: done when nothing more arrives, or after the longest time. */
    private void seeWhoIsLive(Connection connection, Map<String, String> options) throws JMSException {
        try (Session session = connection.createSession(Session.AUTO_ACKNOWLEDGE);
                MessageConsumer live = session.createConsumer(
                        session.createQueue(options.get("--current")), options.get("--selector"))) {
            long end = System.nanoTime() + LONGEST_LOOK_NANOS;
            Message message = live.receive(PATIENCE_MILLIS);
            while (message != null && System.nanoTime() < end) {
                accept(message);
                message = live.receive(PATIENCE_MILLIS);
            }
        }
    }

    /**
     * Removes a message from the queue once it is handled. One that fails is redelivered at once and in order, and after
     * ten attempts is a dead letter: so the pause is here, before the rollback, while no other consumer receives the next
     * message of its conversation. If you can detect that your database is down, wait for it in the same way and do not
     * roll back at all.
     */
    private void take(Session session, Message message) throws JMSException, InterruptedException {
        try {
            accept(message);
            session.commit();
            failures = 0;
        } catch (JMSException | RuntimeException e) {
            // Also if the broker went away during the commit. If it is redelivered although handled, its id is known.
            System.err.println("rolled back: " + e.getMessage());
            Thread.sleep(PAUSE_MILLIS << Math.min(failures++, MOST_DOUBLED));
            session.rollback();
        }
    }

    /** Handles a message unless it was handled before, or a newer one of its conversation was. */
    private void accept(Message message) throws JMSException {
        String messageId = message.getStringProperty("messageId");
        String conversationId = message.getStringProperty("conversationId");
        long sequence = message.getLongProperty("sequence");
        if (messageIds.containsKey(messageId) || sequence < sequences.getOrDefault(conversationId, 0L)) {
            return;
        }
        handle(message);
        messageIds.put(messageId, true);
        sequences.put(conversationId, sequence);
    }

    /** What you do with it; the body is {@code message.getBody(String.class)}. After an exception it is redelivered. */
    private void handle(Message message) throws JMSException {
        System.out.printf(
                "%s #%d %s %s %s agent=%s%n",
                message.getStringProperty("conversationId"),
                message.getLongProperty("sequence"),
                message.getStringProperty("eventType"),
                message.getStringProperty("mediaType"),
                message.getStringProperty("state"),
                message.getStringProperty("agentUserId"));
    }

    /** Forgets the entries that have not been used for the longest time if there are too many. */
    private static <V> Map<String, V> newest(int entries) {
        return new LinkedHashMap<>(16, 0.75f, true) {
            @Override
            protected boolean removeEldestEntry(Map.Entry<String, V> eldest) {
                return size() > entries;
            }
        };
    }

    private static Map<String, String> options(String[] arguments) {
        Map<String, String> options = new LinkedHashMap<>();
        options.put("--url", "tcp://127.0.0.1:61616?reconnectAttempts=-1");
        options.put("--user", "bridge");
        options.put("--results", "genesys.conversations.enriched");
        options.put("--current", "genesys.conversations.current");
        options.put("--selector", null);
        for (int i = 0; i < arguments.length; i += 2) {
            if (!options.containsKey(arguments[i]) || i + 1 == arguments.length) {
                System.err.println("options: " + options.keySet() + ", each with a value; BROKER_PASSWORD is a variable");
                System.exit(2);
            }
            options.put(arguments[i], arguments[i + 1]);
        }
        return options;
    }
}
