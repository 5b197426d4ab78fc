// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.chaos;

import com.fasterxml.jackson.databind.JsonNode;
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
    private static final int SHARES = 65;

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

    /** The last sequence announced of each conversation. A browse may end early: it counts when it has every share. */
    Map<String, Long> checkpoint() throws JMSException {
        int seen = 0;
        for (int i = 0; i < LOOKS; i++) {
            Map<String, JsonNode> shares = look();
            if (shares.size() == SHARES) {
                return sequences(shares.values());
            }
            seen = shares.size();
        }
        throw new AssertionError("the checkpoint has " + seen + " of " + SHARES + " entries");
    }

    private Map<String, JsonNode> look() throws JMSException {
        Map<String, JsonNode> shares = new HashMap<>();
        try (QueueBrowser browser = session.createBrowser(session.createQueue(CHECKPOINT))) {
            for (Object message : Collections.list(browser.getEnumeration())) {
                JsonNode share = Fixtures.parse(((TextMessage) message).getText());
                shares.put(share.path("key").asText(), share);
            }
        }
        return shares;
    }

    private static Map<String, Long> sequences(Iterable<JsonNode> shares) {
        Map<String, Long> sequences = new HashMap<>();
        shares.forEach(share -> share.path("conversations")
                .properties()
                .forEach(last -> sequences.put(
                        last.getKey(), last.getValue().path("sequence").asLong())));
        return sequences;
    }

    @Override
    public void close() throws JMSException {
        connection.close();
    }
}
