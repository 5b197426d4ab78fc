// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.current;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import jakarta.jms.Connection;
import jakarta.jms.ConnectionFactory;
import jakarta.jms.JMSException;
import jakarta.jms.MessageConsumer;
import jakarta.jms.Session;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.awaitility.Awaitility;

/** What readers of the current queue may do to one another, on any broker: nothing. */
final class ReadersScenario {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final Duration LEAVES_AFTER = Duration.ofSeconds(1);
    private static final Duration LONG_AFTER = Duration.ofMinutes(10);
    private static final int READERS = 12;
    private static final int LIVE = 1_200;
    private static final int HELD = 1_000;

    static {
        Awaitility.setDefaultTimeout(PATIENCE);
    }

    private final ConnectionFactory broker;
    private final ConnectionFactory holding;
    private final String queue;

    /**
     * @param holding connections whose consumers may hold any number of messages that are not acknowledged
     * @param queue the current queue, empty
     */
    ReadersScenario(ConnectionFactory broker, ConnectionFactory holding, String queue) {
        this.broker = broker;
        this.holding = holding;
        this.queue = queue;
    }

    /** Twelve come and go while conversations begin, change and end; some leave without acknowledging anything. */
    void theyComeAndGo(Duration duration) throws Exception {
        ExecutorService threads = Executors.newCachedThreadPool();
        AtomicBoolean isOver = new AtomicBoolean();
        AtomicLong slowestNanos = new AtomicLong();
        AtomicLong attachments = new AtomicLong();
        List<LiveReader> readers = new ArrayList<>();
        try (LiveWriter writer = new LiveWriter(broker, queue, LEAVES_AFTER)) {
            writer.begin(LIVE);
            List<Future<?>> all = new ArrayList<>();
            for (int i = 0; i < READERS; i++) {
                LiveReader reader = new LiveReader(broker);
                readers.add(reader);
                boolean isRude = i % 3 == 0;
                all.add(threads.submit(() -> {
                    while (!isOver.get()) {
                        slowestNanos.accumulateAndGet(attach(reader, writer), Math::max);
                        attachments.incrementAndGet();
                        TimeUnit.MILLISECONDS.sleep(ThreadLocalRandom.current().nextInt(500));
                        reader.close();
                        if (isRude) {
                            leaveWithoutAcknowledging();
                        }
                    }
                    return null;
                }));
            }
            long end = System.nanoTime() + duration.toNanos();
            while (System.nanoTime() < end) {
                writer.begin(5);
                writer.change(40);
                writer.end(5);
                TimeUnit.MILLISECONDS.sleep(20);
            }
            isOver.set(true);
            for (Future<?> each : all) {
                each.get(2, TimeUnit.MINUTES);
            }
            for (LiveReader reader : readers) {
                attach(reader, writer);
            }
            for (LiveReader reader : readers) {
                await().untilAsserted(() -> assertThat(reader.live()).containsAllEntriesOf(writer.live()));
                reader.sweep();
                assertSame(reader, writer);
                assertThat(reader.lower()).isZero();
                reader.close();
            }
            System.out.println("readers=" + READERS + " attachments=" + attachments + " live=" + LIVE
                    + " slowest-to-see-all=" + TimeUnit.NANOSECONDS.toMillis(slowestNanos.get()) + "ms ghosts=0");
        } finally {
            isOver.set(true);
            threads.shutdownNow();
            for (LiveReader reader : readers) {
                reader.close();
            }
        }
    }

    /** How long it takes until it has seen all that are live, in nanoseconds. */
    private long attach(LiveReader reader, LiveWriter writer) throws JMSException {
        Set<String> live = writer.live().keySet();
        long begin = System.nanoTime();
        reader.attach(queue);
        await().pollInterval(Duration.ofMillis(20)).until(() -> {
            live.retainAll(writer.live().keySet());
            live.removeIf(reader::sees);
            return live.isEmpty();
        });
        return System.nanoTime() - begin;
    }

    private void leaveWithoutAcknowledging() throws JMSException {
        try (Connection connection = broker.createConnection();
                Session session = connection.createSession(Session.SESSION_TRANSACTED)) {
            connection.start();
            MessageConsumer consumer = session.createConsumer(session.createQueue(queue));
            for (int i = 0; i < 20; i++) {
                consumer.receive(100);
            }
            session.rollback();
        }
    }

    /** One that was away forgets what ended meanwhile. */
    void whoWasAwayForgetsWhatEndedMeanwhile(Duration away) throws Exception {
        try (LiveWriter writer = new LiveWriter(broker, queue, LEAVES_AFTER);
                LiveReader reader = new LiveReader(broker)) {
            writer.begin(50);
            attach(reader, writer);
            reader.close();
            List<String> ended = writer.end(20);
            writer.change(20);
            writer.begin(5);
            TimeUnit.NANOSECONDS.sleep(away.toNanos());
            await().until(() -> haveLeft(ended, writer));

            attach(reader, writer);

            await().untilAsserted(() -> assertThat(reader.live()).containsAllEntriesOf(writer.live()));
            assertThat(reader.live()).containsKeys(ended.toArray(String[]::new));
            reader.sweep();
            assertThat(reader.live()).isEqualTo(writer.live());
        }
    }

    /** One holds a thousand messages that it has not acknowledged; the others see each change. */
    void whoHoldsMessagesDelaysNobody(Duration duration) throws Exception {
        try (LiveWriter writer = new LiveWriter(broker, queue, LEAVES_AFTER);
                LiveReader reader = new LiveReader(broker);
                Connection connection = holding.createConnection();
                Session session = connection.createSession(Session.SESSION_TRANSACTED)) {
            writer.begin(LIVE);
            connection.start();
            MessageConsumer holder = session.createConsumer(session.createQueue(queue));
            for (int i = 0; i < HELD; i++) {
                assertThat(holder.receive(PATIENCE.toMillis())).isNotNull();
            }
            long slowest = attach(reader, writer);
            long end = System.nanoTime() + duration.toNanos();
            long latest = 0;
            List<String> ended = new ArrayList<>();
            while (System.nanoTime() < end) {
                // A reader that gets the end too late would take it for live until it comes again.
                ended.addAll(writer.end(1, LONG_AFTER));
                writer.begin(1);
                writer.change(10);
                long begin = System.nanoTime();
                await().pollInterval(Duration.ofMillis(5))
                        .until(() -> reader.live().equals(writer.live()));
                latest = Math.max(latest, System.nanoTime() - begin);
                TimeUnit.MILLISECONDS.sleep(50);
            }
            writer.leave(ended);
            await().until(() -> haveLeft(ended, writer));
            session.rollback();
            holder.close();

            // Nothing that it held comes back.
            try (LiveReader late = new LiveReader(broker)) {
                attach(late, writer);
                assertSame(late, writer);
                assertThat(late.lower()).isZero();
            }
            assertThat(haveLeft(ended, writer)).isTrue();
            assertThat(reader.lower()).isZero();
            System.out.println("held=" + HELD + " for=" + duration + " late-reader-sees-all="
                    + TimeUnit.NANOSECONDS.toMillis(slowest) + "ms slowest-change="
                    + TimeUnit.NANOSECONDS.toMillis(latest) + "ms ended-meanwhile=" + ended.size() + " came-back=0");
        }
    }

    private static void assertSame(LiveReader reader, LiveWriter writer) {
        Map<String, Long> live = writer.live();
        Map<String, String> differences = new TreeMap<>();
        reader.live().forEach((id, sequence) -> {
            if (!sequence.equals(live.get(id))) {
                differences.put(id, sequence + " instead of " + live.get(id));
            }
        });
        assertThat(differences).isEmpty();
        assertThat(reader.live()).hasSameSizeAs(live);
    }

    /** A browse may end too early; a reader sees everything. */
    private boolean haveLeft(List<String> ended, LiveWriter writer) throws JMSException {
        try (LiveReader late = new LiveReader(broker)) {
            attach(late, writer);
            assertThat(late.live()).doesNotContainKeys(ended.toArray(String[]::new));
            return ended.stream().noneMatch(late::sees);
        }
    }
}
