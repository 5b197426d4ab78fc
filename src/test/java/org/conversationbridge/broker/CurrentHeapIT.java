// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.broker;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.jms.Connection;
import jakarta.jms.MessageProducer;
import jakarta.jms.Session;
import jakarta.jms.TextMessage;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryMXBean;
import java.nio.file.Path;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.conversationbridge.DefaultQueues;
import org.conversationbridge.settings.BrokerSettings;
import org.conversationbridge.settings.Secret;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a live conversation costs the broker: the current ones stay in its memory, as they never page. */
@Tag("soak")
class CurrentHeapIT {
    private static final int CONVERSATIONS = 20_000;
    private static final int PER_COMMIT = 100;
    private static final int MOST_COLLECTIONS = 200;
    /** So many collections in a row have freed nothing more. */
    private static final int STABLE = 10;

    private static final long NOTEWORTHY = 100_000;

    @TempDir
    private Path dataDir;

    @Test
    void a_live_conversation_costs_its_message_and_little_more_also_after_a_change() throws Exception {
        for (int length : new int[] {1_000, 3_000, 10_000}) {
            BrokerSettings settings = new BrokerSettings(
                    Optional.empty(), "", new Secret(""), "127.0.0.1", 0, dataDir.resolve(length + " characters"));
            try (EmbeddedBroker broker = EmbeddedBroker.start(settings, new BrokerQueues(DefaultQueues.NAMES));
                    Connection connection =
                            BrokerConnections.to(broker.credentials()).single().createConnection();
                    Session session = connection.createSession(Session.SESSION_TRANSACTED)) {
                long empty = heapInUse();
                String life = UUID.randomUUID().toString();
                int count = CONVERSATIONS * 1_000 / length;
                announce(session, life, count, length);
                long once = heapInUse() - empty;
                announce(session, life, count, length);
                long changed = heapInUse() - empty;

                System.out.println("current conversations=" + count + " characters=" + length + " heap-bytes-each="
                        + once / count + " after-a-change-each=" + changed / count);
                assertThat(once / count).isLessThan(2L * length + 3_000);
                assertThat(changed / count).isLessThan(2L * length + 3_000);
            }
        }
    }

    private static void announce(Session session, String life, int count, int length) throws Exception {
        try (MessageProducer producer = session.createProducer(session.createQueue(DefaultQueues.NAMES.current()))) {
            for (int i = 1; i <= count; i++) {
                TextMessage message = session.createTextMessage("x".repeat(length));
                message.setStringProperty("_AMQ_LVQ_NAME", life + "-" + i);
                producer.send(message);
                if (i % PER_COMMIT == 0) {
                    session.commit();
                }
            }
            session.commit();
        }
    }

    /**
     * After collections that free nothing more: the broker lets go of what was replaced when its journal has it, in
     * threads of its own.
     */
    private static long heapInUse() throws InterruptedException {
        MemoryMXBean memory = ManagementFactory.getMemoryMXBean();
        long least = Long.MAX_VALUE;
        int unchanged = 0;
        for (int i = 0; i < MOST_COLLECTIONS && unchanged < STABLE; i++) {
            memory.gc();
            long used = memory.getHeapMemoryUsage().getUsed();
            unchanged = used < least - NOTEWORTHY ? 0 : unchanged + 1;
            least = Math.min(least, used);
            TimeUnit.MILLISECONDS.sleep(50);
        }
        return least;
    }
}
