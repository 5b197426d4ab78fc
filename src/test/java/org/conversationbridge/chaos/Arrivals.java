// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.chaos;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import jakarta.jms.Connection;
import jakarta.jms.JMSException;
import jakarta.jms.Message;
import jakarta.jms.MessageConsumer;
import jakarta.jms.QueueBrowser;
import jakarta.jms.QueueRequestor;
import jakarta.jms.QueueSession;
import jakarta.jms.Session;
import jakarta.jms.TextMessage;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.apache.activemq.artemis.api.jms.management.JMSManagementHelper;
import org.conversationbridge.DefaultQueues;
import org.conversationbridge.Fixtures;
import org.conversationbridge.distribution.ArtemisServer;
import org.conversationbridge.judge.Told;

/**
 * What is on the queues, read by plain JMS, past the line that is cut. It is read after the storm only: a consumer that
 * loses its own commit in the storm does not know what it has read, and would have to guess what is doubled.
 */
final class Arrivals implements AutoCloseable {
    private static final String RESULTS = "genesys.conversations.enriched";
    private static final String PAGES = "genesys.conversations.pages";
    private static final String CHECKPOINT = "genesys.poll.checkpoint";
    private static final long PATIENCE_MILLIS = 60_000;
    /** The time of the last good poll, and the conversations in 64 parts. */
    private static final int LOOKS = 50;
    /** The broker reads no more of a queue that pages while so much of it is not acknowledged. */
    private static final int TAKEN_TOGETHER = 100;

    private final Connection connection;
    private final Session session;

    private Arrivals(Connection connection) throws JMSException {
        this.connection = connection;
        this.session = connection.createSession(Session.SESSION_TRANSACTED);
        connection.start();
    }

    static Arrivals on(ArtemisServer artemis) throws JMSException {
        return new Arrivals(artemis.factory().createConnection());
    }

    /** Pages of changes that are not delivered yet, those in work among them. */
    long pagesWaiting() throws Exception {
        return count(PAGES);
    }

    /** Messages on a queue; 0 without such a queue. */
    long count(String queue) throws Exception {
        return countOf("queue." + queue);
    }

    /** Messages that the broker has given up, of whichever queue. */
    long deadLetters() throws Exception {
        long dead = 0;
        for (String queue : DefaultQueues.NAMES.all()) {
            dead += count("DLQ." + queue);
        }
        return dead;
    }

    private long countOf(String resource) throws Exception {
        try (QueueSession management = (QueueSession) connection.createSession(false, Session.AUTO_ACKNOWLEDGE)) {
            QueueRequestor requestor = new QueueRequestor(management, management.createQueue("activemq.management"));
            Message question = management.createMessage();
            JMSManagementHelper.putAttribute(question, resource, "messageCount");
            Message answer = requestor.request(question);
            return JMSManagementHelper.hasOperationSucceeded(answer)
                    ? ((Number) JMSManagementHelper.getResult(answer)).longValue()
                    : 0;
        }
    }

    /** Takes every message from the result queue. */
    List<Told> results() throws Exception {
        long expected = count(RESULTS);
        List<Told> results = new ArrayList<>();
        try (MessageConsumer consumer = session.createConsumer(session.createQueue(RESULTS))) {
            for (long i = 0; i < expected; i++) {
                TextMessage message = (TextMessage) consumer.receive(PATIENCE_MILLIS);
                if (message == null) {
                    throw new AssertionError("got " + i + " of " + expected + " results");
                }
                results.add(Told.of(Fixtures.parse(message.getText())));
                if (i % TAKEN_TOGETHER == 0) {
                    session.commit();
                }
            }
            session.commit();
        }
        if (count(RESULTS) != 0) {
            throw new AssertionError("more results came while they were read");
        }
        return results;
    }

    /** The last sequence announced of each conversation. A browse may end early: it counts when nothing is missing. */
    Map<String, Long> checkpoint() throws JMSException {
        for (int i = 0; i < LOOKS; i++) {
            Optional<Map<String, Long>> sequences = sequences(look());
            if (sequences.isPresent()) {
                return sequences.get();
            }
        }
        throw new AssertionError("the checkpoint is incomplete");
    }

    private Map<String, JsonNode> look() throws JMSException {
        Map<String, JsonNode> entries = new HashMap<>();
        try (QueueBrowser browser = session.createBrowser(session.createQueue(CHECKPOINT))) {
            for (Object message : Collections.list(browser.getEnumeration())) {
                JsonNode entry = Fixtures.parse(((TextMessage) message).getText());
                entries.put(entry.path("key").asText(), entry);
            }
        }
        return entries;
    }

    /** Empty if an entry is missing that the head names. */
    private static Optional<Map<String, Long>> sequences(Map<String, JsonNode> entries) {
        JsonNode head = entries.getOrDefault("poll", MissingNode.getInstance());
        List<String> keys = new ArrayList<>();
        IntStream.range(0, head.path("parts").asInt())
                .mapToObj("part-%04d"::formatted)
                .forEach(keys::add);
        IntStream.range(0, head.path("deltas").asInt())
                .mapToObj("delta-%04d"::formatted)
                .forEach(keys::add);
        Map<String, Long> sequences = new HashMap<>();
        for (String key : keys) {
            JsonNode entry = entries.getOrDefault(key, MissingNode.getInstance());
            if (!entry.path("snapshot").equals(head.path("snapshot"))) {
                return Optional.empty();
            }
            entry.path("conversations")
                    .properties()
                    .forEach(last -> sequences.put(
                            last.getKey(), last.getValue().path("sequence").asLong()));
            entry.path("forgotten").forEach(id -> sequences.remove(id.asText()));
        }
        return head.isMissingNode() ? Optional.empty() : Optional.of(sequences);
    }

    @Override
    public void close() throws JMSException {
        connection.close();
    }
}
