// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.replay;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import jakarta.jms.Connection;
import jakarta.jms.JMSException;
import jakarta.jms.Message;
import jakarta.jms.MessageConsumer;
import jakarta.jms.MessageProducer;
import jakarta.jms.Queue;
import jakarta.jms.QueueBrowser;
import jakarta.jms.Session;
import jakarta.jms.TextMessage;
import java.time.Duration;
import java.util.Enumeration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import org.conversationbridge.broker.QueueResolver;
import org.conversationbridge.change.ChangePage;
import org.conversationbridge.change.ConversationChange;
import org.conversationbridge.change.Partition;
import org.conversationbridge.failure.OriginalType;
import org.conversationbridge.settings.QueueSettings;
import org.jspecify.annotations.Nullable;

/**
 * Sends the messages of the error queue through again, in their order, each once: a change to the page queue, a
 * conversation that could not be read to the process that polls. Each leaves and arrives in a transaction of its own, so
 * that a kill in the middle neither loses nor doubles one. What is parked meanwhile is left for the next time.
 */
public final class Replay {
    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final String POLL_ID = "replay";

    private final QueueSettings names;
    private final QueueResolver queues;
    private final int partitions;
    private final ObjectMapper json;
    private final Consumer<String> report;

    /**
     * @param partitions message groups on the page queue
     * @param report takes a line per message
     */
    public Replay(
            QueueSettings names, QueueResolver queues, int partitions, ObjectMapper json, Consumer<String> report) {
        this.names = names;
        this.queues = queues;
        this.partitions = partitions;
        this.json = json;
        this.report = report;
    }

    /**
     * Looks at what would be sent, and takes nothing.
     *
     * @param selector JMS selector; null = every message
     * @throws jakarta.jms.InvalidSelectorException when it is none
     */
    public ReplayCount look(Connection connection, @Nullable String selector) throws JMSException {
        try (Session session = connection.createSession(Session.AUTO_ACKNOWLEDGE);
                QueueBrowser browser = session.createBrowser(queues.resolve(session, names.error()), selector)) {
            ReplayCount count = ReplayCount.NONE;
            Enumeration<?> messages = browser.getEnumeration();
            while (messages.hasMoreElements()) {
                ParkedMessage parked = ParkedMessage.of((Message) messages.nextElement());
                count = count.plus(tell(parked, pageOf(parked) != null || isConversation(parked)));
            }
            return count;
        }
    }

    /**
     * Sends what is on the error queue now.
     *
     * @param selector JMS selector; null = every message
     * @throws jakarta.jms.InvalidSelectorException when it is none
     */
    public ReplayCount send(Connection connection, @Nullable String selector) throws JMSException {
        try (Session session = connection.createSession(Session.SESSION_TRANSACTED)) {
            Queue error = queues.resolve(session, names.error());
            Set<String> present = present(session, error, selector);
            ReplayCount count = ReplayCount.NONE;
            try (MessageConsumer consumer = session.createConsumer(error, selector);
                    MessageProducer producer = session.createProducer(null)) {
                while (!present.isEmpty()) {
                    Message message = consumer.receive(PATIENCE.toMillis());
                    if (message == null || !present.remove(message.getJMSMessageID())) {
                        session.rollback();
                        break;
                    }
                    ParkedMessage parked = ParkedMessage.of(message);
                    boolean sent = send(session, producer, message, parked);
                    session.commit();
                    count = count.plus(tell(parked, sent));
                }
            }
            return count;
        }
    }

    /** One that cannot be sent through goes to the end of the queue that it is on. */
    private boolean send(Session session, MessageProducer producer, Message message, ParkedMessage parked)
            throws JMSException {
        String page = pageOf(parked);
        if (page != null) {
            TextMessage again = session.createTextMessage(page);
            again.setStringProperty("JMSXGroupID", Integer.toString(partition(parked)));
            again.setIntProperty("attempts", parked.attempts());
            again.setStringProperty("firstFailedAt", parked.firstFailedAt());
            producer.send(queues.resolve(session, names.pages()), again);
            return true;
        }
        boolean conversation = isConversation(parked);
        producer.send(queues.resolve(session, conversation ? names.pollRequests() : names.error()), message);
        return conversation;
    }

    private ReplayCount tell(ParkedMessage parked, boolean sent) {
        report.accept(parked.line() + (sent ? "" : "  KEPT: its original cannot be sent through again"));
        return sent ? ReplayCount.SENT : ReplayCount.KEPT;
    }

    private static Set<String> present(Session session, Queue error, @Nullable String selector) throws JMSException {
        Set<String> ids = new HashSet<>();
        try (QueueBrowser browser = session.createBrowser(error, selector)) {
            Enumeration<?> messages = browser.getEnumeration();
            while (messages.hasMoreElements()) {
                ids.add(((Message) messages.nextElement()).getJMSMessageID());
            }
        }
        return ids;
    }

    private static boolean isConversation(ParkedMessage parked) {
        return parked.is(OriginalType.CONVERSATION) && !parked.original().isEmpty();
    }

    private int partition(ParkedMessage parked) {
        return Partition.of(parked.conversationId(), partitions);
    }

    /** A page of one change; null where the original is none. */
    private @Nullable String pageOf(ParkedMessage parked) {
        if (!parked.is(OriginalType.CHANGE)) {
            return null;
        }
        try {
            ConversationChange change = json.readValue(parked.original(), ConversationChange.class);
            return json.writeValueAsString(new ChangePage(POLL_ID, partition(parked), List.of(change)));
        } catch (JsonProcessingException e) {
            return null;
        }
    }
}
