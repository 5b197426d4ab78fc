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
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Enumeration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.conversationbridge.broker.QueueResolver;
import org.conversationbridge.change.ChangePage;
import org.conversationbridge.failure.FailureText;
import org.conversationbridge.settings.QueueSettings;
import org.conversationbridge.text.ForeignText;
import org.conversationbridge.text.Times;
import org.jspecify.annotations.Nullable;

/**
 * Sends the messages of the error queue through again, in their order, each once: a change to the page queue, a
 * conversation that could not be read to the process that polls, on a queue of its own. Each leaves and arrives in a
 * transaction of its own, so that a kill in the middle neither loses nor doubles one. What is parked meanwhile is left
 * for the next time.
 */
public final class Replay {
    private static final Duration PATIENCE = Duration.ofSeconds(5);
    /** JMSType of a request to work on replays. */
    private static final String REQUEST = "replay";
    /**
     * Messages that are picked by their ids with one selector: nothing else, however much of it there is, is received.
     */
    private static final int AT_ONCE = 200;

    /**
     * Of a message that the client of Artemis cannot read; a browser has null in its place, and so nothing to name it
     * by.
     */
    private static final String INCOMPLETE =
            "CANNOT BE READ: a message, or several, with an incomplete body. Each stays on the"
                    + " error queue; remove it in the console of the broker (operation removeMessage).";

    private static final int LONGEST_PROBLEM = 300;

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
            boolean hasIncomplete = false;
            while (messages.hasMoreElements()) {
                Message message = (Message) messages.nextElement();
                hasIncomplete |= message == null;
                ParkedMessage parked = message == null ? null : read(message);
                count = count.plus(parked == null ? ReplayCount.UNREADABLE : tell(parked, destination(parked)));
            }
            if (hasIncomplete) {
                report.accept(INCOMPLETE);
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
            Present present = present(session, error, selector);
            ReplayCount count = new ReplayCount(0, 0, present.unreadable());
            boolean isAsked = false;
            try (MessageProducer producer = session.createProducer(null)) {
                List<String> ids = present.readable();
                boolean goesOn = true;
                for (int from = 0; goesOn && from < ids.size(); from += AT_ONCE) {
                    Set<String> these = new HashSet<>(ids.subList(from, Math.min(ids.size(), from + AT_ONCE)));
                    try (MessageConsumer consumer = session.createConsumer(error, oneOf(these))) {
                        while (goesOn && !these.isEmpty()) {
                            Message message = consumer.receive(PATIENCE.toMillis());
                            if (message == null || !these.remove(message.getJMSMessageID())) {
                                session.rollback();
                                goesOn = false;
                                continue;
                            }
                            ParkedMessage parked = ParkedMessage.of(message);
                            Destination destination = destination(parked);
                            send(session, producer, message, parked, destination);
                            session.commit();
                            count = count.plus(tell(parked, destination));
                            if (!isAsked && destination instanceof Destination.Replays) {
                                isAsked = true;
                                ask(session, producer);
                            }
                        }
                    }
                }
                if (isAsked) {
                    ask(session, producer);
                }
            }
            return count;
        }
    }

    /** The process that polls works on them when requested, at the latest with its next poll. */
    private void ask(Session session, MessageProducer producer) throws JMSException {
        TextMessage request = session.createTextMessage("");
        request.setJMSType(REQUEST);
        producer.send(queues.resolve(session, names.pollRequests()), request);
        session.commit();
    }

    /** What cannot be read is left where it is, in front of the others as it may be. */
    private @Nullable ParkedMessage read(Message message) throws JMSException {
        String problem;
        try {
            ParkedMessage parked = ParkedMessage.of(message);
            if (!(message instanceof TextMessage) || parked.problem().isEmpty()) {
                return parked;
            }
            problem = parked.problem().get();
        } catch (JMSException | RuntimeException e) {
            problem = "The broker does not deliver it completely: " + FailureText.of(e);
        }
        report.accept(message.getJMSMessageID() + "  CANNOT BE READ: " + ForeignText.printable(problem, LONGEST_PROBLEM)
                + " It stays on the error queue.");
        return null;
    }

    private static String oneOf(Set<String> messageIds) {
        return messageIds.stream().collect(Collectors.joining("', '", "JMSMessageID IN ('", "')"));
    }

    /** One that cannot be sent through goes to the end of the queue that it is on. */
    private void send(
            Session session, MessageProducer producer, Message message, ParkedMessage parked, Destination destination)
            throws JMSException {
        if (destination instanceof Destination.Pages pages) {
            TextMessage again = session.createTextMessage(text(pages.page()));
            again.setStringProperty("JMSXGroupID", Integer.toString(pages.page().partition()));
            again.setIntProperty("attempts", parked.attempts().count());
            if (parked.attempts().firstFailedAt() != null) {
                again.setStringProperty(
                        "firstFailedAt", Times.text(parked.attempts().firstFailedAt()));
            }
            producer.send(queues.resolve(session, names.pages()), again);
        } else {
            boolean isKept = destination instanceof Destination.Kept;
            producer.send(queues.resolve(session, isKept ? names.error() : names.replays()), message);
        }
    }

    private Destination destination(ParkedMessage parked) {
        return Destination.of(parked, json, partitions);
    }

    private ReplayCount tell(ParkedMessage parked, Destination destination) {
        String kept = destination instanceof Destination.Kept stays ? "  KEPT: " + stays.reason() : "";
        report.accept(parked.line() + kept);
        return kept.isEmpty() ? ReplayCount.SENT : ReplayCount.KEPT;
    }

    /**
     * What is on the error queue.
     *
     * @param readable ids of the messages that can be read, in their order
     * @param unreadable how many others there are
     */
    private record Present(List<String> readable, int unreadable) {}

    private Present present(Session session, Queue error, @Nullable String selector) throws JMSException {
        List<String> readable = new ArrayList<>();
        int unreadable = 0;
        boolean hasIncomplete = false;
        try (QueueBrowser browser = session.createBrowser(error, selector)) {
            Enumeration<?> messages = browser.getEnumeration();
            while (messages.hasMoreElements()) {
                Message message = (Message) messages.nextElement();
                hasIncomplete |= message == null;
                if (message == null || read(message) == null) {
                    unreadable++;
                } else {
                    readable.add(message.getJMSMessageID());
                }
            }
        }
        if (hasIncomplete) {
            report.accept(INCOMPLETE);
        }
        return new Present(readable, unreadable);
    }

    private String text(ChangePage page) {
        try {
            return json.writeValueAsString(page);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }
}
