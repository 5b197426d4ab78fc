// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.bridge.watch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.awaitility.Awaitility.await;

import jakarta.jms.Connection;
import jakarta.jms.ConnectionFactory;
import jakarta.jms.MessageConsumer;
import jakarta.jms.MessageProducer;
import jakarta.jms.Queue;
import jakarta.jms.QueueBrowser;
import jakarta.jms.Session;
import jakarta.jms.TextMessage;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Enumeration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.apache.activemq.artemis.core.security.Role;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.conversationbridge.FreePorts;
import org.conversationbridge.broker.BrokerConnections;
import org.conversationbridge.broker.BrokerException;
import org.conversationbridge.broker.TestBroker;
import org.conversationbridge.settings.Secret;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.messaginghub.pooled.jms.JmsPoolConnectionFactory;

/** Sessions and consumers that the broker closed without informing the client, whatever they were used for. */
class WatchedConnectionsTest {
    private static final String QUEUE = "watched";
    /** So many that a browser is in the midst of them when it is lost. */
    private static final int MESSAGES = 300;

    @TempDir
    private Path folder;

    private final ReceiveWatch watch = new ReceiveWatch();
    private final List<String> problems = new ArrayList<>();

    @Test
    void every_wait_for_a_lost_session_ends_with_its_code_and_the_next_session_works() throws Exception {
        int port = FreePorts.next();
        Role all = new Role("bridge", true, true, true, true, true, true, true, true, true, true, true, true);
        JmsPoolConnectionFactory pool = new BrokerConnections(
                        "tcp://127.0.0.1:" + port + "?callTimeout=1000", "bridge", new Secret("secret"))
                .pool();
        ConnectionFactory watched = WatchedConnections.of(pool, watch);
        try (TestBroker broker = TestBroker.start(port, folder, Map.of("bridge", "secret"), all, unchanged -> {})) {
            try (Connection connection = watched.createConnection();
                    Session session = connection.createSession(Session.AUTO_ACKNOWLEDGE)) {
                connection.start();
                MessageProducer producer = session.createProducer(session.createQueue(QUEUE));
                for (int i = 0; i < MESSAGES; i++) {
                    producer.send(session.createTextMessage("first"));
                }
                MessageConsumer consumer = session.createConsumer(session.createQueue(QUEUE), "key = 'other'");
                assertThat(consumer.receive(10)).isNull();
                assertThat(consumer.receiveNoWait()).isNull();
                broker.loseConsumers("bridge");
                assertNoAnswer(() -> consumer.receive(10));
                MessageConsumer other = session.createConsumer(session.createQueue(QUEUE), "key = 'none'");
                broker.loseConsumers("bridge");
                assertNoAnswer(other::receiveNoWait);
            }
            try (Connection connection = watched.createConnection();
                    Session session = connection.createSession(Session.AUTO_ACKNOWLEDGE)) {
                connection.start();
                broker.loseNextBrowser(QUEUE);
                try (QueueBrowser browser = session.createBrowser(session.createQueue(QUEUE))) {
                    Enumeration<?> messages = browser.getEnumeration();
                    assertNoAnswer(() -> assertThat(Collections.list(messages)).isNull());
                }
            }

            assertThat(problems).isNotEmpty().allMatch(problem -> problem.contains("no answer on " + QUEUE));
            assertThat(watch.problem()).isEmpty();
            try (Connection connection = watched.createConnection();
                    Session session = connection.createSession(Session.SESSION_TRANSACTED)) {
                connection.start();
                Queue queue = session.createQueue(QUEUE);
                session.createProducer(queue).send(session.createTextMessage("next"));
                session.commit();
                assertThat(((TextMessage) session.createBrowser(queue)
                                        .getEnumeration()
                                        .nextElement())
                                .getText())
                        .isEqualTo("first");
                MessageConsumer last = session.createConsumer(queue);
                await().until(() -> last.receive(4_000) != null);
                assertThat(session).isNotEqualTo(connection);
                assertThat(Map.of(session, 1)).containsKey(session);
            }
        } finally {
            pool.stop();
        }
    }

    private void assertNoAnswer(ThrowingCallable wait) {
        ScheduledExecutorService looks = Executors.newSingleThreadScheduledExecutor();
        try {
            ScheduledFuture<?> looking = looks.scheduleWithFixedDelay(this::look, 50, 50, TimeUnit.MILLISECONDS);
            Throwable failure = catchThrowable(wait);
            looking.cancel(false);

            assertThat(failure).isNotNull();
            assertThat(BrokerException.in(failure).map(BrokerException::code)).hasValue("BROKER_NO_ANSWER");
            assertThat(Thread.interrupted()).isFalse();
        } finally {
            looks.shutdownNow();
        }
    }

    private void look() {
        watch.at(null);
        Optional<String> problem = watch.problem();
        problem.ifPresent(problems::add);
    }
}
