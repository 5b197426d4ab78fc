// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.broker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import jakarta.jms.Connection;
import jakarta.jms.DeliveryMode;
import jakarta.jms.JMSException;
import jakarta.jms.Message;
import jakarta.jms.MessageConsumer;
import jakarta.jms.MessageProducer;
import jakarta.jms.QueueRequestor;
import jakarta.jms.QueueSession;
import jakarta.jms.Session;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.activemq.artemis.api.jms.management.JMSManagementHelper;
import org.conversationbridge.DefaultQueues;
import org.conversationbridge.settings.BrokerSettings;
import org.conversationbridge.settings.Secret;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The groups of the result queue: bounded, shared with who joins, in order; and what a consumer that hangs holds back.
 */
class ResultGroupsTest {
    private static final String RESULTS = DefaultQueues.NAMES.enriched();
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @TempDir
    private Path folder;

    private EmbeddedBroker broker;

    @BeforeEach
    void start() {
        broker = EmbeddedBroker.start(
                new BrokerSettings(Optional.empty(), "", new Secret(""), "127.0.0.1", 0, folder),
                new BrokerQueues(DefaultQueues.NAMES));
    }

    @AfterEach
    void stop() throws Exception {
        broker.close();
    }

    @Test
    void any_number_of_conversations_costs_no_more_than_the_buckets() throws Exception {
        share(3_000);
    }

    @Test
    @Tag("soak")
    void two_hundred_thousand_conversations_cost_no_more_either() throws Exception {
        share(200_000);
    }

    /** Two messages of each conversation; the second consumer comes after a quarter of them. */
    private void share(int conversations) throws Exception {
        int expected = 2 * conversations;
        try (Reader one = new Reader()) {
            Thread sender = new Thread(() -> send(conversations));
            sender.start();
            await().atMost(PATIENCE.multipliedBy(5)).until(() -> one.total() > expected / 4);
            long joined = System.nanoTime();
            try (Reader other = new Reader(one)) {
                await().atMost(PATIENCE).until(() -> other.count() > 0);
                long waited = Duration.ofNanos(System.nanoTime() - joined).toMillis();
                await().atMost(PATIENCE.multipliedBy(5)).until(() -> one.total() == expected);
                int groups = groupCount();
                System.out.printf(
                        "groups conversations=%d group-count=%d second-consumer-waited-ms=%d got=%d of %d out-of-order=%d%n",
                        conversations, groups, waited, other.count(), expected, one.outOfOrder());
                assertThat(groups).isLessThanOrEqualTo(QueueKind.GROUP_BUCKETS);
                assertThat(one.outOfOrder()).isZero();
                sender.join();
            }
        }
    }

    /** The second message of each conversation is in the bucket of the first, which is taken. */
    @Test
    void who_joins_when_every_bucket_is_taken_gets_a_share() throws Exception {
        int conversations = 2_000;
        try (Reader one = new Reader()) {
            sendEach(conversations, 1);
            await().atMost(PATIENCE).until(() -> one.total() == conversations);
            try (Reader other = new Reader(one)) {
                sendEach(conversations, 2);
                await().atMost(PATIENCE).until(() -> one.total() == 2 * conversations);

                assertThat(other.count()).isPositive();
                assertThat(one.outOfOrder()).isZero();
            }
        }
    }

    @Test
    void one_that_hangs_with_a_message_holds_back_all_when_another_joins_until_it_is_gone() throws Exception {
        send(20);
        try (Connection hung = connect();
                Connection joins = connect()) {
            Session session = hung.createSession(Session.SESSION_TRANSACTED);
            assertThat(session.createConsumer(session.createQueue(RESULTS)).receive(30_000))
                    .isNotNull();
            Session other = joins.createSession(Session.SESSION_TRANSACTED);
            MessageConsumer consumer = other.createConsumer(other.createQueue(RESULTS));
            assertThat(consumer.receive(1_000)).isNull();

            hung.close();

            for (int i = 0; i < 40; i++) {
                assertThat(consumer.receive(30_000)).as("message " + i).isNotNull();
            }
            other.commit();
        }
    }

    @Test
    void a_rolled_back_result_is_redelivered_before_the_next_of_its_conversation() throws Exception {
        try (Connection connection = connect()) {
            Session session = connection.createSession(Session.SESSION_TRANSACTED);
            MessageProducer producer = session.createProducer(session.createQueue(RESULTS));
            for (int sequence = 1; sequence <= 3; sequence++) {
                producer.send(message(session, "a", sequence));
            }
            session.commit();
            MessageConsumer consumer = session.createConsumer(session.createQueue(RESULTS));
            StringBuilder order = new StringBuilder();
            for (int i = 0; i < 7; i++) {
                Message message = consumer.receive(30_000);
                order.append(message.getIntProperty("sequence"));
                if (i < 4) {
                    session.rollback();
                } else {
                    session.commit();
                }
            }

            assertThat(order).hasToString("1111123");
        }
    }

    private void send(int conversations) {
        try (Connection connection = connect()) {
            Session session = connection.createSession(Session.SESSION_TRANSACTED);
            MessageProducer producer = session.createProducer(session.createQueue(RESULTS));
            for (int i = 0; i < 2 * conversations; i++) {
                producer.send(message(session, "conversation-" + i / 2, i % 2 + 1));
                if (i % 100 == 99) {
                    session.commit();
                }
            }
            session.commit();
        } catch (JMSException e) {
            throw new AssertionError(e);
        }
    }

    /** One message of each conversation. */
    private void sendEach(int conversations, int sequence) throws JMSException {
        try (Connection connection = connect()) {
            Session session = connection.createSession(Session.SESSION_TRANSACTED);
            MessageProducer producer = session.createProducer(session.createQueue(RESULTS));
            producer.setDeliveryMode(DeliveryMode.NON_PERSISTENT);
            for (int i = 0; i < conversations; i++) {
                producer.send(message(session, "conversation-" + i, sequence));
            }
            session.commit();
        }
    }

    private static Message message(Session session, String conversation, int sequence) throws JMSException {
        Message message = session.createTextMessage("");
        message.setStringProperty("JMSXGroupID", conversation);
        message.setIntProperty("sequence", sequence);
        return message;
    }

    private int groupCount() throws Exception {
        try (Connection connection = connect();
                QueueSession session = (QueueSession) connection.createSession(false, Session.AUTO_ACKNOWLEDGE)) {
            Message question = session.createMessage();
            JMSManagementHelper.putAttribute(question, "queue." + RESULTS, "groupCount");
            return ((Number) JMSManagementHelper.getResult(
                            new QueueRequestor(session, session.createQueue("activemq.management")).request(question)))
                    .intValue();
        }
    }

    private Connection connect() throws JMSException {
        Connection connection =
                BrokerConnections.to(broker.credentials()).oneByOne().createConnection();
        connection.start();
        return connection;
    }

    /** Takes what comes, one message at a time, and compares the order with what others took. */
    private final class Reader implements AutoCloseable {
        private final Map<String, Integer> last;
        private final AtomicInteger total;
        private final AtomicInteger outOfOrder;
        private final AtomicInteger count = new AtomicInteger();
        private final Connection connection = connect();

        Reader() throws JMSException {
            this(new ConcurrentHashMap<>(), new AtomicInteger(), new AtomicInteger());
        }

        Reader(Reader other) throws JMSException {
            this(other.last, other.total, other.outOfOrder);
        }

        private Reader(Map<String, Integer> last, AtomicInteger total, AtomicInteger outOfOrder) throws JMSException {
            this.last = last;
            this.total = total;
            this.outOfOrder = outOfOrder;
            Session session = connection.createSession(Session.AUTO_ACKNOWLEDGE);
            session.createConsumer(session.createQueue(RESULTS)).setMessageListener(this::take);
        }

        private void take(Message message) {
            try {
                int sequence = message.getIntProperty("sequence");
                Integer before = last.put(message.getStringProperty("JMSXGroupID"), sequence);
                if (sequence != (before == null ? 1 : before + 1)) {
                    outOfOrder.incrementAndGet();
                }
                count.incrementAndGet();
                total.incrementAndGet();
            } catch (JMSException e) {
                throw new AssertionError(e);
            }
        }

        int count() {
            return count.get();
        }

        int total() {
            return total.get();
        }

        int outOfOrder() {
            return outOfOrder.get();
        }

        @Override
        public void close() throws JMSException {
            connection.close();
        }
    }
}
