// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.broker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import jakarta.jms.Message;
import jakarta.jms.Session;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;
import org.apache.activemq.artemis.core.security.Role;
import org.conversationbridge.DefaultQueues;
import org.conversationbridge.FreePorts;
import org.conversationbridge.IncompleteTexts;
import org.conversationbridge.LogCapture;
import org.conversationbridge.bridge.Json;
import org.conversationbridge.route.poll.OtherPolls;
import org.conversationbridge.settings.Secret;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.messaginghub.pooled.jms.JmsPoolConnectionFactory;

/** A message whose body was cut off, in front of good ones, on a queue that is only browsed. */
class BrowsedMessagesTest {
    private static final String LVQ = "_AMQ_LVQ_NAME";

    @TempDir
    private Path folder;

    @Test
    void one_whose_session_the_broker_has_lost_ends_in_time() throws Exception {
        int port = FreePorts.next();
        Role all = new Role("bridge", true, true, true, true, true, true, true, true, true, true, true, true);
        BrokerConnections connections =
                new BrokerConnections("tcp://127.0.0.1:" + port + "?callTimeout=500", "bridge", new Secret("secret"));
        try (TestBroker broker = TestBroker.start(port, folder, Map.of("bridge", "secret"), all, unchanged -> {});
                var connection = connections.single().createConnection()) {
            connection.start();
            Session session = connection.createSession(Session.AUTO_ACKNOWLEDGE);
            var browser = session.createBrowser(session.createQueue("browsed"));
            BrowsedMessages lost = BrowsedMessages.of(browser, Duration.ofMillis(100));
            assertThat(lost.hasNext()).isFalse();

            broker.loseSessions("bridge");

            assertThatThrownBy(lost::hasNext)
                    .satisfies(failure -> assertThat(BrokerException.in(failure))
                            .hasValueSatisfying(
                                    named -> assertThat(named.code()).isEqualTo("BROKER_NO_ANSWER")));
            assertThat(Thread.interrupted()).isFalse();
        }
    }

    @Test
    void one_with_an_incomplete_body_is_passed_by_and_logged_once() throws Exception {
        int port = FreePorts.next();
        Role all = new Role("bridge", true, true, true, true, true, true, true, true, true, true, true, true);
        try (TestBroker broker = TestBroker.start(port, folder, Map.of("bridge", "secret"), all, unchanged -> {});
                var connection = new BrokerConnections("tcp://127.0.0.1:" + port, "bridge", new Secret("secret"))
                        .single()
                        .createConnection();
                Session session = connection.createSession(Session.AUTO_ACKNOWLEDGE);
                LogCapture log = LogCapture.of(BrowsedMessages.class)) {
            connection.start();
            String queue = "browsed";
            IncompleteTexts.send(connection, queue, 3, "key", "poll");
            Message good = session.createTextMessage(
                    "{\"lastGoodPoll\": \"2026-11-20T10:00:00Z\", \"polledBy\": \"another\"}");
            good.setStringProperty("key", "poll");
            session.createProducer(session.createQueue(queue)).send(good);
            IncompleteTexts.send(connection, queue, 1, "key", "poll");

            JmsPoolConnectionFactory pool =
                    new BrokerConnections("tcp://127.0.0.1:" + port, "bridge", new Secret("secret")).pool();
            QueueResolver queues = new QueueResolver(new BrokerQueues(DefaultQueues.NAMES));
            ForeignMessages foreign = new ForeignMessages(pool, DefaultQueues.NAMES.error());
            QueueView view = new QueueView(pool, queues);
            List<String> seen = new ArrayList<>();

            view.read(queue, "key = 'poll'", 10, foreign, message -> {
                seen.add("read");
                return Optional.empty();
            });
            view.read(queue, "key = 'none'", 10, foreign, message -> {
                seen.add("none");
                return Optional.empty();
            });
            assertThat(view.properties(queue, "key", 10)).containsExactly("poll");
            view.show(queue, null, foreign, new QueueView.Visitor() {
                @Override
                public Optional<String> sees(Message message) {
                    seen.add("shown");
                    return Optional.empty();
                }

                @Override
                public boolean hasSeenAll() {
                    return true;
                }
            });
            new OldestMessages(pool, queues, queue, foreign).show((id, text) -> seen.add("oldest"));
            pool.stop();

            assertThat(seen).startsWith("read", "shown", "oldest");
            assertThat(log.messages())
                    .singleElement()
                    .asString()
                    .startsWith("broker: a browse of " + queue + " passes by a message with an incomplete body.");
            try (var browser = session.createBrowser(session.createQueue("empty"))) {
                BrowsedMessages none = BrowsedMessages.of(browser);
                assertThat(none.hasNext()).isFalse();
                assertThatThrownBy(none::next).isInstanceOf(NoSuchElementException.class);
            }

            IncompleteTexts.send(connection, DefaultQueues.NAMES.checkpoint(), 1, LVQ, "poll");
            OtherPolls others = new OtherPolls(
                    DefaultQueues.NAMES.checkpoint(),
                    Json.mapper(),
                    process -> false,
                    Optional::empty,
                    Clock.systemUTC(),
                    Clock.systemUTC());
            others.at(session);
            assertThat(others.lastGood()).isEmpty();
            good.setStringProperty(LVQ, "poll");
            session.createProducer(session.createQueue(DefaultQueues.NAMES.checkpoint()))
                    .send(good);
            others.at(session);
            assertThat(others.lastGood())
                    .hasValueSatisfying(poll -> assertThat(poll.age()).isGreaterThan(Duration.ZERO));
        }
    }
}
