// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.broker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import jakarta.jms.Connection;
import jakarta.jms.ConnectionFactory;
import jakarta.jms.JMSException;
import jakarta.jms.Session;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.activemq.artemis.api.core.SimpleString;
import org.apache.activemq.artemis.core.security.Role;
import org.awaitility.Awaitility;
import org.conversationbridge.DefaultQueues;
import org.conversationbridge.FreePorts;
import org.conversationbridge.settings.Secret;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.messaginghub.pooled.jms.JmsPoolConnectionFactory;
import org.springframework.jms.connection.JmsTransactionManager;
import org.springframework.jms.core.JmsTemplate;
import org.springframework.transaction.UnexpectedRollbackException;
import org.springframework.transaction.support.TransactionTemplate;

/** Queues that are deleted while their objects are kept: what was sent to them is rolled back, never lost. */
class KeptQueuesTest {
    private static final BrokerQueues QUEUES = new BrokerQueues(DefaultQueues.NAMES);
    private static final String RESULTS = DefaultQueues.NAMES.enriched();
    private static final long HEAP = 256L * 1024 * 1024;
    private static final Role NOBODY =
            new Role("nobody", false, false, false, false, false, false, false, false, false, false, false, false);
    private static final String OF_OTHERS = "somebody.elses";

    @TempDir
    private Path folder;

    private final int port = FreePorts.next();
    private TestBroker broker;
    private JmsPoolConnectionFactory pool;
    private QueueResolver resolver;
    private KeptQueues kept;
    private ConnectionFactory factory;

    KeptQueuesTest() throws Exception {}

    @BeforeEach
    void start() throws Exception {
        broker = broker("first");
        pool = new BrokerConnections("tcp://127.0.0.1:" + port, "operator", new Secret("operator")).pool();
        resolver = new QueueResolver(QUEUES);
        kept = new KeptQueues(resolver);
        factory = kept.over(pool);
    }

    private TestBroker broker(String data) throws Exception {
        return TestBroker.start(
                port,
                folder.resolve(data),
                Map.of(),
                NOBODY,
                configuration -> QUEUES.addressSettings(HEAP).forEach(configuration::addAddressSetting));
    }

    @AfterEach
    void stop() throws Exception {
        BrokerConnections.abandon(pool);
        pool.stop();
        broker.close();
    }

    @Test
    void one_that_is_deleted_after_a_send_rolls_back_and_is_there_for_the_next() throws Exception {
        List<String> names = new ArrayList<>(DefaultQueues.NAMES.all());
        names.add(OF_OTHERS);
        for (String name : names) {
            send(name);

            assertThatThrownBy(() -> inTransaction(session -> {
                        put(session, name);
                        delete(name);
                    }))
                    .as(name)
                    .isInstanceOfSatisfying(
                            JMSException.class,
                            failure -> assertThat(BrokerException.of(failure).code())
                                    .isEqualTo("BROKER_QUEUE_DELETED"));
            send(name);

            assertThat(broker.depth(name)).as(name).isEqualTo(1);
        }
    }

    @Test
    void one_that_is_deleted_before_a_send_is_found_out() throws Exception {
        for (String name : List.of(RESULTS, OF_OTHERS)) {
            send(name);
            delete(name);

            sendAtLast(name);

            assertThat(broker.depth(name)).as(name).isEqualTo(1);
        }
    }

    /** Until the deletion is found out, which rolls one transaction back. */
    private void sendAtLast(String name) {
        Awaitility.await().atMost(Duration.ofMinutes(1)).ignoreExceptions().until(() -> {
            send(name);
            return true;
        });
    }

    @Test
    void one_that_another_transaction_creates_again_is_another_one() throws Exception {
        send(RESULTS);

        assertThatThrownBy(() -> inTransaction(session -> {
                    put(session, RESULTS);
                    delete(RESULTS);
                    sendAtLast(RESULTS);
                }))
                .isInstanceOf(DeletedQueueException.class);

        assertThat(broker.depth(RESULTS)).isEqualTo(1);
    }

    @Test
    void one_that_the_inspection_creates_again_is_another_one() throws Exception {
        send(RESULTS);

        assertThatThrownBy(() -> inTransaction(session -> {
                    put(session, RESULTS);
                    delete(RESULTS);
                    try (Connection operator = broker.connect()) {
                        new QueueInspection(QUEUES, resolver, 100).inspect(operator);
                    }
                }))
                .isInstanceOf(DeletedQueueException.class);
        send(RESULTS);

        assertThat(broker.depth(RESULTS)).isEqualTo(1);
    }

    @Test
    void after_a_broker_that_has_lost_its_data_what_is_committed_is_there() throws Exception {
        send(RESULTS);
        broker.close();
        broker = broker("second");

        sendAtLast(RESULTS);

        assertThat(broker.depth(RESULTS)).isEqualTo(1);
    }

    @Test
    void a_transaction_of_spring_is_rolled_back_with_its_reason() {
        JmsTemplate template = new JmsTemplate(factory);
        template.setSessionTransacted(true);
        template.setDestinationResolver((session, name, topic) -> kept.resolve(session, name));

        assertThatThrownBy(() -> new TransactionTemplate(new JmsTransactionManager(factory))
                        .executeWithoutResult(status -> {
                            template.convertAndSend(RESULTS, "lost otherwise");
                            try {
                                delete(RESULTS);
                            } catch (Exception e) {
                                throw new IllegalStateException(e);
                            }
                        }))
                .isInstanceOf(UnexpectedRollbackException.class)
                .hasRootCauseInstanceOf(DeletedQueueException.class);
    }

    @Test
    void without_a_transaction_the_client_asks_at_each_send() throws Exception {
        try (Connection connection = factory.createConnection();
                Session session = connection.createSession(Session.AUTO_ACKNOWLEDGE)) {
            assertThat(kept.resolve(session, RESULTS)).isNotSameAs(kept.resolve(session, RESULTS));
        }
    }

    private interface Work {
        void in(Session session) throws Exception;
    }

    private void inTransaction(Work work) throws Exception {
        try (Connection connection = factory.createConnection();
                Session session = connection.createSession(Session.SESSION_TRANSACTED)) {
            work.in(session);
            session.commit();
        }
    }

    private void send(String name) throws Exception {
        inTransaction(session -> put(session, name));
    }

    private void put(Session session, String name) throws JMSException {
        session.createProducer(kept.resolve(session, name)).send(session.createTextMessage("one"));
    }

    private void delete(String name) throws Exception {
        try (Connection operator = broker.connect();
                Session session = operator.createSession(Session.AUTO_ACKNOWLEDGE)) {
            QueueResolver.core(session).deleteQueue(SimpleString.of(name));
        }
    }
}
