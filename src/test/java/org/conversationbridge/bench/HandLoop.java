// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.bench;

import com.fasterxml.jackson.databind.JsonNode;
import jakarta.jms.Connection;
import jakarta.jms.JMSException;
import jakarta.jms.MessageProducer;
import jakarta.jms.Queue;
import jakarta.jms.Session;
import jakarta.jms.TextMessage;
import java.net.URI;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.apache.activemq.artemis.jms.client.ActiveMQConnectionFactory;

/**
 * Peer: what a careful engineer writes by hand in a day. One poll; up to 8 requests in flight, the histories of 50
 * agents in a query, one session, a commit for each 100 conversations. It keeps no checkpoint, recognises no change, has
 * no errors but 429, and cannot be stopped in between without loss.
 */
final class HandLoop {
    private static final int IN_FLIGHT = 8;
    private static final int PAGES_AHEAD = 4;
    private static final int PAGES_WAITING = 2;
    private static final int AGENTS = 50;
    private static final int COMMIT = 100;

    private final GenesysReader reader;
    private final Session session;
    private final MessageProducer results;
    private final MessageProducer current;
    private final boolean isTwo;
    private final ExecutorService requests = Executors.newFixedThreadPool(IN_FLIGHT);
    private final Map<String, Future<Map<String, List<JsonNode>>>> histories = new HashMap<>();
    private int uncommitted;

    private HandLoop(GenesysReader reader, Session session, boolean isTwo) throws JMSException {
        this.reader = reader;
        this.session = session;
        this.isTwo = isTwo;
        this.results = session.createProducer(session.createQueue(Rig.RESULTS));
        Queue last = session.createQueue(Rig.CURRENT);
        this.current = session.createProducer(last);
    }

    /** Argument: messages per conversation, 1 or 2 (the second one replaces the last one of its conversation). */
    public static void main(String[] arguments) throws Exception {
        Map<String, String> environment = System.getenv();
        GenesysReader reader = new GenesysReader(
                URI.create(environment.get("GENESYS_API_URL")),
                environment.get("GENESYS_CLIENT_ID"),
                environment.get("GENESYS_CLIENT_SECRET"));
        try (ActiveMQConnectionFactory factory = Rig.factory(environment);
                Connection connection = factory.createConnection();
                Session session = connection.createSession(true, Session.SESSION_TRANSACTED)) {
            new HandLoop(reader, session, arguments[0].equals("2")).poll();
        }
    }

    private void poll() throws Exception {
        JsonNode first = reader.live(1);
        int pages = (first.path("totalHits").asInt() + GenesysReader.PAGE - 1) / GenesysReader.PAGE;
        Deque<Future<JsonNode>> ahead = new ArrayDeque<>();
        Deque<List<JsonNode>> waiting = new ArrayDeque<>();
        int next = 2;
        for (int page = 1; page <= pages; page++) {
            while (next <= pages && ahead.size() < PAGES_AHEAD) {
                int number = next++;
                ahead.add(requests.submit(() -> reader.live(number)));
            }
            JsonNode answer = page == 1 ? first : ahead.remove().get();
            List<JsonNode> conversations = new ArrayList<>();
            answer.path("conversations").forEach(conversations::add);
            askHistories(conversations);
            waiting.add(conversations);
            if (waiting.size() > PAGES_WAITING) {
                send(waiting.remove());
            }
        }
        for (List<JsonNode> conversations : waiting) {
            send(conversations);
        }
        session.commit();
        requests.shutdownNow();
        System.out.println("done");
    }

    private void askHistories(List<JsonNode> conversations) {
        Set<String> unknown = new LinkedHashSet<>();
        conversations.forEach(conversation -> unknown.add(HandWritten.agentOf(conversation)));
        unknown.remove("");
        unknown.removeAll(histories.keySet());
        List<String> agents = List.copyOf(unknown);
        for (int from = 0; from < agents.size(); from += AGENTS) {
            List<String> group = agents.subList(from, Math.min(from + AGENTS, agents.size()));
            Future<Map<String, List<JsonNode>>> history = requests.submit(() -> finished(group));
            group.forEach(agent -> histories.put(agent, history));
        }
    }

    private Map<String, List<JsonNode>> finished(List<String> agents) throws Exception {
        List<JsonNode> all = new ArrayList<>();
        JsonNode page = reader.finished(agents, 1);
        int pages = (page.path("totalHits").asInt() + GenesysReader.PAGE - 1) / GenesysReader.PAGE;
        page.path("conversations").forEach(all::add);
        for (int number = 2; number <= pages; number++) {
            reader.finished(agents, number).path("conversations").forEach(all::add);
        }
        return HandWritten.byAgent(all);
    }

    private void send(List<JsonNode> conversations) throws Exception {
        for (JsonNode conversation : conversations) {
            String agent = HandWritten.agentOf(conversation);
            List<JsonNode> finished =
                    agent.isEmpty() ? List.of() : histories.get(agent).get().getOrDefault(agent, List.of());
            TextMessage message = HandWritten.message(session, conversation, finished);
            results.send(message);
            if (isTwo) {
                TextMessage replacing = session.createTextMessage(message.getText());
                replacing.setJMSCorrelationID(message.getJMSCorrelationID());
                replacing.setStringProperty("_AMQ_LVQ_NAME", message.getJMSCorrelationID());
                current.send(replacing);
            }
            uncommitted++;
            if (uncommitted == COMMIT) {
                session.commit();
                uncommitted = 0;
            }
        }
    }
}
