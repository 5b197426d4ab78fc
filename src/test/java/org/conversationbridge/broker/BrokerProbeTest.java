// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.broker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import jakarta.jms.Connection;
import jakarta.jms.Session;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.activemq.artemis.core.security.Role;
import org.apache.activemq.artemis.core.settings.impl.AddressFullMessagePolicy;
import org.apache.activemq.artemis.core.settings.impl.AddressSettings;
import org.conversationbridge.DefaultQueues;
import org.conversationbridge.LogCapture;
import org.conversationbridge.failure.Repeated;
import org.conversationbridge.settings.QueueSettings;
import org.conversationbridge.settings.Secret;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jms.UncategorizedJmsException;

class BrokerProbeTest {
    private static final QueueSettings NAMES = DefaultQueues.NAMES;

    @TempDir
    private Path folder;

    @Test
    void a_queue_that_is_full_is_named_whichever_it_is_and_each_has_its_turn() throws Exception {
        int port = freePort();
        try (TestBroker broker = TestBroker.start(port, folder, Map.of("bridge", "secret"), all(), unchanged -> {});
                Connection connection = broker.connect();
                BrokerProbe probe = new BrokerProbe(
                        new BrokerConnections("tcp://127.0.0.1:" + port, "bridge", new Secret("secret")),
                        new QueueInspection(new BrokerQueues(NAMES), 100),
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
        int port = freePort();
        try (TestBroker broker = TestBroker.start(port, folder, Map.of("bridge", "secret"), all(), unchanged -> {});
                LogCapture log = LogCapture.of(Repeated.class);
                BrokerProbe probe = new BrokerProbe(
                        new BrokerConnections("tcp://127.0.0.1:" + port, "bridge", new Secret("secret")),
                        new QueueInspection(new BrokerQueues(NAMES), 100),
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

    private static int freePort() throws IOException {
        try (ServerSocket free = new ServerSocket(0)) {
            return free.getLocalPort();
        }
    }

    private static Role all() {
        return new Role("bridge", true, true, true, true, true, true, true, true, true, true, true, true);
    }
}
