// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.broker;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.jms.Connection;
import jakarta.jms.JMSException;
import jakarta.jms.MessageProducer;
import jakarta.jms.Session;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.conversationbridge.DefaultQueues;
import org.conversationbridge.bridge.Json;
import org.conversationbridge.change.AnnouncedCompletion;
import org.conversationbridge.change.AnnouncedCompletions;
import org.conversationbridge.settings.BrokerSettings;
import org.conversationbridge.settings.Secret;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.messaginghub.pooled.jms.JmsPoolConnectionFactory;

/** What a million completions cost that wait to be looked at once more. */
@Tag("soak")
class WaitingCompletionsIT {
    private static final int CONVERSATIONS = 1_000_000;
    private static final int PER_MESSAGE = 20;
    private static final int PER_COMMIT = 200;
    private static final int DUE = 50;

    @TempDir
    private Path dataDir;

    @Test
    void a_poll_sees_the_oldest_in_no_time() throws Exception {
        BrokerQueues queues = new BrokerQueues(DefaultQueues.NAMES);
        BrokerSettings settings = new BrokerSettings(Optional.empty(), "", new Secret(""), "127.0.0.1", 0, dataDir);
        try (EmbeddedBroker broker = EmbeddedBroker.start(settings, queues)) {
            JmsPoolConnectionFactory pool =
                    BrokerConnections.to(broker.credentials()).pool();
            QueueResolver resolver = new QueueResolver(queues);
            long disk = disk();
            long memory = memory();
            fill(pool, resolver);
            System.out.printf(
                    "waiting conversations=%d disk-bytes-each=%d memory-megabytes=%d%n",
                    CONVERSATIONS, (disk() - disk) / CONVERSATIONS, (memory() - memory) / 1_000_000);

            OldestMessages oldest = new OldestMessages(
                    pool,
                    resolver,
                    DefaultQueues.NAMES.corrections(),
                    new ForeignMessages(pool, DefaultQueues.NAMES.error()));
            List<Long> looks = new ArrayList<>();
            for (int i = 0; i < 100; i++) {
                Instant begin = Instant.now();
                oldest.show((id, text) -> false);
                looks.add(Duration.between(begin, Instant.now()).toMillis());
            }
            List<String> due = new ArrayList<>();
            Instant begin = Instant.now();
            oldest.show((id, text) -> due.add(id) && due.size() < DUE);
            oldest.take(due);
            Duration taken = Duration.between(begin, Instant.now());
            pool.stop();

            looks.sort(null);
            System.out.printf(
                    "nothing-due-ms median=%d longest=%d; %d conversations due ms=%d%n",
                    looks.get(50), looks.get(99), DUE * PER_MESSAGE, taken.toMillis());
            assertThat(due).hasSize(DUE);
            assertThat(looks.get(50)).isLessThan(100);
        }
    }

    private static void fill(JmsPoolConnectionFactory pool, QueueResolver resolver) throws Exception {
        try (Connection connection = pool.createConnection();
                Session session = connection.createSession(Session.SESSION_TRANSACTED)) {
            MessageProducer producer =
                    session.createProducer(resolver.resolve(session, DefaultQueues.NAMES.corrections()));
            for (int i = 0; i < CONVERSATIONS / PER_MESSAGE; i++) {
                producer.send(session.createTextMessage(Json.mapper().writeValueAsString(message())));
                commitSome(session, i);
            }
            session.commit();
        }
    }

    private static void commitSome(Session session, int sent) throws JMSException {
        if (sent % PER_COMMIT == 0) {
            session.commit();
        }
    }

    private static AnnouncedCompletions message() {
        return new AnnouncedCompletions(
                Instant.now(),
                IntStream.range(0, PER_MESSAGE)
                        .mapToObj(i -> UUID.randomUUID())
                        .map(id -> new AnnouncedCompletion(
                                id.toString(), 5, Long.toUnsignedString(id.getMostSignificantBits(), 36)))
                        .toList());
    }

    private long disk() throws IOException {
        try (Stream<Path> files = Files.walk(dataDir)) {
            return files.filter(Files::isRegularFile)
                    .mapToLong(file -> file.toFile().length())
                    .sum();
        }
    }

    private static long memory() {
        System.gc();
        return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
    }
}
