// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.broker;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.jms.Connection;
import jakarta.jms.MessageConsumer;
import jakarta.jms.MessageProducer;
import jakarta.jms.Session;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryMXBean;
import java.nio.file.Path;
import java.util.Optional;
import org.conversationbridge.DefaultQueues;
import org.conversationbridge.settings.BrokerSettings;
import org.conversationbridge.settings.Secret;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What waits for a consumer that does not come is on the disk of the embedded broker, and is all there when it comes.
 */
@Tag("soak")
class StoppedConsumerIT {
    /** Enough that the broker pages: what it keeps in memory is full. */
    private static final int SOME = 20_000;

    private static final int ALL = 100_000;
    private static final int PER_COMMIT = 100;
    /** Characters of a message, about those of a conversation. */
    private static final int LENGTH = 3_000;

    private static final long MIB = 1024 * 1024;

    @TempDir
    private Path dataDir;

    @Test
    void a_hundred_thousand_waiting_messages_cost_no_heap_and_are_all_there_when_it_comes() throws Exception {
        BrokerSettings settings = new BrokerSettings(Optional.empty(), "", new Secret(""), "127.0.0.1", 0, dataDir);
        try (EmbeddedBroker broker = EmbeddedBroker.start(settings, new BrokerQueues(DefaultQueues.NAMES));
                Connection connection =
                        BrokerConnections.to(broker.credentials()).oneByOne().createConnection();
                Session session = connection.createSession(Session.SESSION_TRANSACTED)) {
            connection.start();
            send(session, SOME);
            long some = heapInUse();
            send(session, ALL - SOME);
            long all = heapInUse();

            System.out.println("stopped consumer messages=" + SOME + " heap=" + some / MIB + "MiB messages=" + ALL
                    + " heap=" + all / MIB + "MiB size-of-these=" + (long) (ALL - SOME) * LENGTH / MIB + "MiB");
            assertThat(all - some).isLessThan(32 * MIB);
            assertThat(receive(session, ALL)).isEqualTo(ALL);
        }
    }

    private static void send(Session session, int count) throws Exception {
        String text = "x".repeat(LENGTH);
        try (MessageProducer producer = session.createProducer(session.createQueue(DefaultQueues.NAMES.enriched()))) {
            for (int i = 1; i <= count; i++) {
                producer.send(session.createTextMessage(text));
                if (i % PER_COMMIT == 0) {
                    session.commit();
                }
            }
        }
    }

    /** Takes so many, or as many as there are. */
    private static int receive(Session session, int most) throws Exception {
        int count = 0;
        try (MessageConsumer consumer = session.createConsumer(session.createQueue(DefaultQueues.NAMES.enriched()))) {
            while (count < most && consumer.receive(5_000) != null) {
                if (++count % PER_COMMIT == 0) {
                    session.commit();
                }
            }
        }
        return count;
    }

    /** After a collection; the live bytes, and little else. */
    private static long heapInUse() {
        MemoryMXBean memory = ManagementFactory.getMemoryMXBean();
        memory.gc();
        return memory.getHeapMemoryUsage().getUsed();
    }
}
