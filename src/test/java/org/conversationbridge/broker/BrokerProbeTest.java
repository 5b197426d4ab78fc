// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.broker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import jakarta.jms.Connection;
import jakarta.jms.Session;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.activemq.artemis.core.security.Role;
import org.apache.activemq.artemis.core.settings.impl.AddressFullMessagePolicy;
import org.apache.activemq.artemis.core.settings.impl.AddressSettings;
import org.conversationbridge.DefaultQueues;
import org.conversationbridge.FreePorts;
import org.conversationbridge.LogCapture;
import org.conversationbridge.failure.Repeated;
import org.conversationbridge.settings.QueueSettings;
import org.conversationbridge.settings.Secret;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.jms.UncategorizedJmsException;

class BrokerProbeTest {
    private static final QueueSettings NAMES = DefaultQueues.NAMES;
    private static final BrokerQueues QUEUES = new BrokerQueues(NAMES);

    @TempDir
    private Path folder;

    @Test
    void a_queue_that_is_full_is_named_whichever_it_is_and_each_has_its_turn() throws Exception {
        int port = FreePorts.next();
        try (TestBroker broker = TestBroker.start(port, folder, Map.of("bridge", "secret"), all(), unchanged -> {});
                Connection connection = broker.connect();
                BrokerProbe probe = new BrokerProbe(
                        new BrokerConnections("tcp://127.0.0.1:" + port, "bridge", new Secret("secret")),
                        new QueueInspection(QUEUES, new QueueResolver(QUEUES), 100),
                        new ResultBacklog(NAMES.enriched(), 0),
                        new SendTrial(BrokerProbe.tried(NAMES), Duration.ofSeconds(1)),
                        System::nanoTime)) {
            probe.start();
            assertThat(probe.problem()).isEmpty();
            Session session = connection.createSession(Session.AUTO_ACKNOWLEDGE);

            for (String queue : List.of(NAMES.current(), NAMES.checkpoint(), NAMES.enriched())) {
                session.createProducer(session.createQueue(queue)).send(session.createTextMessage("one"));
                broker.set(
                        queue,
                        new AddressSettings()
                                .setAddressFullMessagePolicy(AddressFullMessagePolicy.FAIL)
                                .setMaxSizeMessages(1));
                await().atMost(Duration.ofSeconds(30))
                        .until(() -> probe.problem().orElse("").contains(queue));
                broker.lift(queue);
                await().atMost(Duration.ofSeconds(30))
                        .until(() -> probe.problem().isEmpty());
            }
            broker.set(
                    NAMES.enriched(),
                    new AddressSettings()
                            .setAddressFullMessagePolicy(AddressFullMessagePolicy.BLOCK)
                            .setMaxSizeBytes(100));
            await().until(() -> probe.problem()
                    .orElse("")
                    .startsWith("broker blocks producers of genesys.conversations.enriched: the address is full"));
            broker.fillDisk(true);
            await().until(() -> probe.problem().orElse("").startsWith("broker blocks all producers: its disk is full"));
            broker.fillDisk(false);
            broker.lift(NAMES.enriched());
            await().until(() -> probe.problem().isEmpty());
        }
    }

    @Test
    void a_look_that_fails_unexpectedly_stops_neither_the_others_nor_the_next() throws Exception {
        SendTrial trial = new SendTrial(BrokerProbe.tried(NAMES), Duration.ofSeconds(5));
        AtomicLong later = new AtomicLong();
        AtomicInteger failing = new AtomicInteger();
        AtomicInteger others = new AtomicInteger();
        int port = FreePorts.next();
        try (TestBroker broker = TestBroker.start(port, folder, Map.of("bridge", "secret"), all(), unchanged -> {});
                LogCapture log = LogCapture.of(Repeated.class);
                BrokerProbe probe = new BrokerProbe(
                        new BrokerConnections("tcp://127.0.0.1:" + port, "bridge", new Secret("secret")),
                        new QueueInspection(QUEUES, new QueueResolver(QUEUES), 100),
                        new ResultBacklog(NAMES.enriched(), 0),
                        trial,
                        () -> System.nanoTime() + later.get())) {
            probe.with(session -> {
                failing.incrementAndGet();
                throw new IllegalStateException("unexpected");
            });
            probe.with(session -> others.incrementAndGet());
            probe.look();
            probe.look();
            assertThat(failing).hasValue(2);
            assertThat(others).hasValue(2);
            assertThat(probe.problem()).isEmpty();
            assertThat(log.messages()).hasSize(1);

            AtomicInteger silent = new AtomicInteger();
            probe.with(session -> {
                if (silent.incrementAndGet() == 1) {
                    throw new UncategorizedJmsException(new NoAnswerException("genesys.poll.checkpoint"));
                }
            });
            probe.look();
            assertThat(probe.problem().orElse(""))
                    .startsWith("broker not checked: The broker gives a session of this process no answer");
            probe.look();
            assertThat(probe.problem()).isEmpty();
            others.set(2);

            trial.close();
            probe.look();
            assertThat(others).hasValue(3);
            assertThat(probe.problem()).isEmpty();
            later.set(BrokerProbe.OLDEST_RESULT.plusSeconds(1).toNanos());
            assertThat(probe.problem().orElse(""))
                    .startsWith("broker not checked for ")
                    .contains("before: reachable");
            assertThat(log.messages()).hasSize(2).last().asString().contains("check of the broker failed");
            assertThat(broker.consumers()).isEmpty();
        }
    }

    @Test
    void one_problem_hides_no_other() throws Exception {
        int port = FreePorts.next();
        try (BrokerProbe probe = new BrokerProbe(
                new BrokerConnections("tcp://127.0.0.1:" + port, "bridge", new Secret("secret")),
                new QueueInspection(QUEUES, new QueueResolver(QUEUES), 100),
                new ResultBacklog(NAMES.enriched(), 0),
                NAMES)) {
            probe.with(new BrokerProbe.Look() {
                @Override
                public void at(Session session) {
                    throw new AssertionError("the broker cannot be reached");
                }

                @Override
                public Optional<String> problem() {
                    return Optional.of("And this.");
                }
            });
            probe.look();

            assertThat(probe.problem().orElse(""))
                    .startsWith("broker not reachable: ")
                    .endsWith(" And this.");
        }
    }

    /** What is closed with it fails then, or not. */
    enum Meanwhile {
        NOTHING {
            @Override
            void happens(TestBroker broker) {
                // The check goes on to its end.
            }
        },
        FAILURE {
            @Override
            void happens(TestBroker broker) {
                throw new RejectedExecutionException("closed");
            }
        },
        BROKER_STOPS {
            @Override
            void happens(TestBroker broker) throws Exception {
                broker.close();
            }
        };

        abstract void happens(TestBroker broker) throws Exception;
    }

    @ParameterizedTest
    @EnumSource
    void a_check_that_runs_while_it_is_closed_says_nothing(Meanwhile meanwhile) throws Exception {
        CountDownLatch hasBegun = new CountDownLatch(1);
        CountDownLatch isClosed = new CountDownLatch(1);
        int port = FreePorts.next();
        try (TestBroker broker = TestBroker.start(port, folder, Map.of("bridge", "secret"), all(), unchanged -> {});
                LogCapture log = LogCapture.of("org.conversationbridge")) {
            BrokerProbe probe = new BrokerProbe(
                    new BrokerConnections("tcp://127.0.0.1:" + port, "bridge", new Secret("secret")),
                    new QueueInspection(QUEUES, new QueueResolver(QUEUES), 100),
                    new ResultBacklog(NAMES.enriched(), 0),
                    NAMES);
            probe.with(session -> {
                hasBegun.countDown();
                try {
                    assertThat(isClosed.await(1, TimeUnit.MINUTES)).isTrue();
                    meanwhile.happens(broker);
                } catch (RuntimeException e) {
                    throw e;
                } catch (Exception e) {
                    throw new IllegalStateException(e);
                }
            });
            CompletableFuture<Void> firstCheck = CompletableFuture.runAsync(probe::start);
            assertThat(hasBegun.await(1, TimeUnit.MINUTES)).isTrue();
            List<String> before = log.messages();

            probe.close();
            isClosed.countDown();

            firstCheck.get(1, TimeUnit.MINUTES);
            await().until(() -> broker.connections() == 0);
            assertThat(log.messages()).isEqualTo(before);
        }
    }

    private static Role all() {
        return new Role("bridge", true, true, true, true, true, true, true, true, true, true, true, true);
    }
}
