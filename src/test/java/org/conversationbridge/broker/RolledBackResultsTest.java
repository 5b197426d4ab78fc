// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.broker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.sun.management.OperatingSystemMXBean;
import jakarta.jms.Connection;
import jakarta.jms.ConnectionFactory;
import jakarta.jms.JMSException;
import jakarta.jms.Message;
import jakarta.jms.MessageConsumer;
import jakarta.jms.MessageProducer;
import jakarta.jms.Session;
import java.lang.management.ManagementFactory;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.LongStream;
import org.apache.activemq.artemis.jms.client.ActiveMQConnectionFactory;
import org.conversationbridge.DefaultQueues;
import org.conversationbridge.chaos.BrokerLine;
import org.conversationbridge.settings.BrokerSettings;
import org.conversationbridge.settings.Secret;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A consumer of the results whose database is away: he pauses and rolls back, and each conversation stays in order. */
class RolledBackResultsTest {
    private static final String RESULTS = DefaultQueues.NAMES.enriched();
    private static final int CONVERSATIONS = 40;
    private static final int CONSUMERS = 3;

    @TempDir
    private Path dataDir;

    private EmbeddedBroker broker;
    private final Map<String, List<Long>> handled = new ConcurrentHashMap<>();
    private final AtomicInteger rollbacks = new AtomicInteger();
    private final AtomicBoolean isDatabaseAway = new AtomicBoolean();
    private final AtomicBoolean isOver = new AtomicBoolean();

    @BeforeEach
    void start() {
        broker = EmbeddedBroker.start(
                new BrokerSettings(Optional.empty(), "", new Secret(""), "127.0.0.1", 0, dataDir),
                new BrokerQueues(DefaultQueues.NAMES));
    }

    @AfterEach
    void stop() throws Exception {
        broker.close();
    }

    /** With the client's buffer, and one message at a time. */
    @ParameterizedTest
    @ValueSource(strings = {"", "?consumerWindowSize=0"})
    void a_database_that_is_away_for_some_seconds(String parameters) throws Exception {
        consumersWhoseDatabaseIsAway(parameters, Duration.ofSeconds(2), Duration.ofMillis(300));
    }

    @Test
    @Tag("soak")
    void a_database_that_is_away_for_a_minute() throws Exception {
        consumersWhoseDatabaseIsAway("", Duration.ofMinutes(1), Duration.ofSeconds(1));
    }

    /**
     * One that closes without a rollback is none of these: the client of Artemis gives back what it prefetched first, then
     * what was received in the transaction.
     */
    private enum End {
        ROLLS_BACK_AND_CLOSES,
        IS_CUT_OFF
    }

    @ParameterizedTest
    @EnumSource
    void what_a_consumer_held_when_it_ended_goes_to_the_others_in_order(End end) throws Exception {
        int rounds = 3;
        BrokerCredentials credentials = broker.credentials();
        ExecutorService threads = Executors.newFixedThreadPool(CONSUMERS);
        try (Connection sending = factory("").createConnection();
                Connection others = factory("").createConnection();
                BrokerLine line = BrokerLine.to(URI.create(credentials.url()).getPort());
                ActiveMQConnectionFactory behindTheLine = new ActiveMQConnectionFactory(
                        line.url(), credentials.user(), credentials.password().reveal());
                Connection ending = behindTheLine.createConnection()) {
            ending.start();
            others.start();
            Session session = ending.createSession(Session.SESSION_TRANSACTED);
            MessageConsumer consumer = session.createConsumer(session.createQueue(RESULTS));
            for (int i = 1; i <= rounds; i++) {
                send(sending, i);
            }
            for (int i = 0; i < CONVERSATIONS; i++) {
                assertThat(consumer.receive(30_000)).isNotNull();
            }
            List<Future<?>> consumers = new ArrayList<>();
            for (int i = 0; i < CONSUMERS; i++) {
                Session other = others.createSession(Session.SESSION_TRANSACTED);
                consumers.add(threads.submit(() -> consume(other, Duration.ZERO)));
            }
            if (end == End.ROLLS_BACK_AND_CLOSES) {
                session.rollback();
                session.close();
            } else {
                line.cut();
            }

            assertInOrder(rounds, consumers);
        } finally {
            isOver.set(true);
            threads.shutdownNow();
        }
    }

    /** Each of each conversation once; the consumers have ended then. */
    private void assertInOrder(int rounds, List<Future<?>> consumers) throws Exception {
        await().atMost(Duration.ofMinutes(2))
                .until(() -> handled.values().stream().mapToInt(List::size).sum() >= rounds * CONVERSATIONS);
        isOver.set(true);
        for (Future<?> consumer : consumers) {
            consumer.get(1, TimeUnit.MINUTES);
        }
        List<Long> inOrder = LongStream.rangeClosed(1, rounds).boxed().toList();
        assertThat(handled)
                .hasSize(CONVERSATIONS)
                .allSatisfy((id, sequences) -> assertThat(sequences).as(id).isEqualTo(inOrder));
    }

    private void consumersWhoseDatabaseIsAway(String parameters, Duration away, Duration pause) throws Exception {
        ConnectionFactory factory = factory(parameters);
        ExecutorService threads = Executors.newFixedThreadPool(CONSUMERS);
        int rounds = 0;
        isDatabaseAway.set(true);
        try (Connection connection = factory.createConnection()) {
            connection.start();
            List<Future<?>> consumers = new ArrayList<>();
            for (int i = 0; i < CONSUMERS; i++) {
                Session session = connection.createSession(Session.SESSION_TRANSACTED);
                consumers.add(threads.submit(() -> consume(session, pause)));
            }
            long cpu = cpuNanos();
            long end = System.nanoTime() + away.toNanos();
            while (System.nanoTime() < end) {
                send(connection, ++rounds);
                TimeUnit.MILLISECONDS.sleep(200);
            }
            long used = cpuNanos() - cpu;
            isDatabaseAway.set(false);
            assertInOrder(rounds, consumers);
            System.out.println("database away=" + away + " messages=" + rounds * CONVERSATIONS + " roll-backs="
                    + rollbacks + " cpu=" + TimeUnit.NANOSECONDS.toMillis(used) + "ms, broker and consumers");
            assertThat(rollbacks).hasPositiveValue();
            assertThat(depth(connection, BrokerQueue.deadLetters(RESULTS))).isZero();
        } finally {
            isOver.set(true);
            threads.shutdownNow();
        }
    }

    /** As the example does: the pause comes before the roll-back. */
    private Void consume(Session session, Duration pause) throws JMSException, InterruptedException {
        int failures = 0;
        try (MessageConsumer consumer = session.createConsumer(session.createQueue(RESULTS))) {
            while (!isOver.get()) {
                Message message = consumer.receive(100);
                if (message == null) {
                    continue;
                }
                if (isDatabaseAway.get()) {
                    TimeUnit.NANOSECONDS.sleep(pause.toNanos() << Math.min(failures++, 7));
                    session.rollback();
                    rollbacks.incrementAndGet();
                } else {
                    failures = 0;
                    handled.computeIfAbsent(message.getStringProperty("conversationId"), id -> new ArrayList<>())
                            .add(message.getLongProperty("sequence"));
                    session.commit();
                }
            }
        }
        return null;
    }

    private static void send(Connection connection, long sequence) throws JMSException {
        try (Session session = connection.createSession(Session.SESSION_TRANSACTED);
                MessageProducer producer = session.createProducer(session.createQueue(RESULTS))) {
            for (int i = 0; i < CONVERSATIONS; i++) {
                Message message = session.createTextMessage("x".repeat(500));
                message.setStringProperty("JMSXGroupID", "conversation-" + i);
                message.setStringProperty("conversationId", "conversation-" + i);
                message.setLongProperty("sequence", sequence);
                producer.send(message);
            }
            session.commit();
        }
    }

    private static long depth(Connection connection, String queue) throws JMSException {
        try (Session session = connection.createSession(Session.AUTO_ACKNOWLEDGE)) {
            return QueueResolver.depth(session, queue);
        }
    }

    private static long cpuNanos() {
        return ((OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean()).getProcessCpuTime();
    }

    private ConnectionFactory factory(String parameters) {
        BrokerCredentials credentials = broker.credentials();
        return new ActiveMQConnectionFactory(
                credentials.url() + parameters,
                credentials.user(),
                credentials.password().reveal());
    }
}
