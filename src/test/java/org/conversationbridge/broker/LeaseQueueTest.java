// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.broker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import jakarta.jms.JMSException;
import jakarta.jms.TextMessage;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.activemq.artemis.core.security.Role;
import org.conversationbridge.DefaultQueues;
import org.conversationbridge.FreePorts;
import org.conversationbridge.settings.QueueSettings;
import org.conversationbridge.settings.Secret;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.messaginghub.pooled.jms.JmsPoolConnectionFactory;
import org.springframework.jms.connection.JmsTransactionManager;
import org.springframework.jms.core.JmsTemplate;
import org.springframework.transaction.support.TransactionTemplate;

/** Of two transactions that overlap one is committed. */
class LeaseQueueTest {
    private static final QueueSettings NAMES = DefaultQueues.NAMES;
    private static final Role ALL =
            new Role("bridge", true, true, true, true, true, true, true, true, true, true, true, true);

    @TempDir
    private Path folder;

    private TestBroker broker;
    private Poller one;
    private Poller other;

    @BeforeEach
    void start() throws Exception {
        int port = FreePorts.next();
        broker = TestBroker.start(port, folder, Map.of("bridge", "secret"), ALL, unchanged -> {});
        one = new Poller(port);
        other = new Poller(port);
    }

    @AfterEach
    void stop() throws Exception {
        one.pool.stop();
        other.pool.stop();
        broker.close();
    }

    /** A process with its own connection. */
    private static final class Poller {
        private final JmsPoolConnectionFactory pool;
        private final TransactionTemplate transactions;
        private final JmsTemplate sends;
        private final LeaseQueue lease;

        Poller(int port) {
            pool = new BrokerConnections("tcp://127.0.0.1:" + port, "bridge", new Secret("secret")).pool();
            transactions = new TransactionTemplate(new JmsTransactionManager(pool));
            sends = new JmsTemplate(pool);
            QueueResolver queues = new QueueResolver(new BrokerQueues(NAMES));
            sends.setDestinationResolver((session, name, isTopic) -> queues.resolve(session, name));
            lease = new LeaseQueue(pool, queues, new QueueView(pool, queues), NAMES.lease());
        }

        /** Sends a page, takes the lease and sends the next one, and does something before it commits. */
        void page(String replaced, String next, Step last) {
            transactions.executeWithoutResult(status -> {
                try {
                    sends.send(NAMES.pages(), session -> session.createTextMessage(next));
                    lease.take(replaced);
                    sends.send(NAMES.lease(), session -> {
                        TextMessage lease = session.createTextMessage();
                        lease.setStringProperty("revision", next);
                        return lease;
                    });
                    last.run();
                } catch (Exception e) {
                    throw new IllegalStateException(e);
                }
            });
        }
    }

    private interface Step {
        void run() throws Exception;
    }

    @Test
    void of_two_overlapping_pages_one_is_committed() throws Exception {
        one.page("null", "r1", () -> {});
        CountDownLatch hasLease = new CountDownLatch(1);
        CountDownLatch triesToTake = new CountDownLatch(1);

        CompletableFuture<Void> first = CompletableFuture.runAsync(() -> one.page("r1", "r2", () -> {
            hasLease.countDown();
            assertThat(triesToTake.await(30, TimeUnit.SECONDS)).isTrue();
        }));
        assertThat(hasLease.await(30, TimeUnit.SECONDS)).isTrue();
        CompletableFuture<Void> second = CompletableFuture.runAsync(() -> other.page("r1", "r3", () -> {}));
        broker.awaitConsumer(NAMES.lease());
        triesToTake.countDown();

        first.get(30, TimeUnit.SECONDS);
        assertThatThrownBy(() -> second.get(30, TimeUnit.SECONDS)).satisfies(LeaseQueueTest::isOvertaken);
        assertThat(broker.depth(NAMES.pages())).isEqualTo(2);
        assertThat(broker.depth(NAMES.lease())).isEqualTo(1);
    }

    @Test
    void what_was_read_before_another_process_wrote_is_refused() {
        one.page("null", "r1", () -> {});
        other.page("r1", "r2", () -> {});

        assertThatThrownBy(() -> one.page("r1", "r3", () -> {})).satisfies(LeaseQueueTest::isOvertaken);
        assertThat(broker.depth(NAMES.pages())).isEqualTo(2);
        other.page("r2", "r4", () -> {});
    }

    @Test
    void where_the_transaction_that_has_it_is_rolled_back_the_other_one_is_committed() throws Exception {
        one.page("null", "r1", () -> {});
        CountDownLatch hasLease = new CountDownLatch(1);
        CountDownLatch triesToTake = new CountDownLatch(1);

        CompletableFuture<Void> first = CompletableFuture.runAsync(() -> one.page("r1", "r2", () -> {
            hasLease.countDown();
            assertThat(triesToTake.await(30, TimeUnit.SECONDS)).isTrue();
            throw new JMSException("rolled back");
        }));
        assertThat(hasLease.await(30, TimeUnit.SECONDS)).isTrue();
        CompletableFuture<Void> second = CompletableFuture.runAsync(() -> other.page("r1", "r3", () -> {}));
        broker.awaitConsumer(NAMES.lease());
        triesToTake.countDown();

        assertThatThrownBy(() -> first.get(30, TimeUnit.SECONDS)).hasStackTraceContaining("rolled back");
        second.get(30, TimeUnit.SECONDS);
        assertThat(broker.depth(NAMES.pages())).isEqualTo(2);
    }

    @Test
    void where_the_process_that_has_it_is_gone_the_other_one_is_committed() throws Exception {
        one.page("null", "r1", () -> {});
        CountDownLatch hasLease = new CountDownLatch(1);
        CountDownLatch isGone = new CountDownLatch(1);
        CompletableFuture<Void> first = CompletableFuture.runAsync(() -> one.page("r1", "r2", () -> {
            hasLease.countDown();
            assertThat(isGone.await(30, TimeUnit.SECONDS)).isTrue();
        }));
        assertThat(hasLease.await(30, TimeUnit.SECONDS)).isTrue();

        one.pool.stop();
        other.page("r1", "r3", () -> {});
        isGone.countDown();

        assertThatThrownBy(() -> first.get(30, TimeUnit.SECONDS)).isNotNull();
        assertThat(broker.depth(NAMES.pages())).isEqualTo(2);
    }

    @Test
    void a_lost_one_is_sent_anew_and_another_message_is_none() {
        one.page("null", "r1", () -> {});
        one.sends.setReceiveTimeout(5_000);
        assertThat(one.sends.receive(NAMES.lease())).isNotNull();
        other.page("r1", "r2", () -> {});
        one.sends.send(NAMES.lease(), session -> session.createTextMessage("garbage"));

        one.page("r2", "r3", () -> {});

        assertThat(broker.depth(NAMES.lease())).isEqualTo(2);
        assertThat(broker.depth(NAMES.pages())).isEqualTo(3);
    }

    private static void isOvertaken(Throwable failure) {
        assertThat(BrokerException.in(failure))
                .hasValueSatisfying(named -> assertThat(named.code()).isEqualTo("CHECKPOINT_OVERTAKEN"));
    }
}
