// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.route.poll;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import jakarta.jms.JMSException;
import jakarta.jms.Message;
import jakarta.jms.Session;
import jakarta.jms.TextMessage;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.activemq.artemis.core.security.Role;
import org.apache.activemq.artemis.core.server.MessageReference;
import org.apache.activemq.artemis.core.server.ServerConsumer;
import org.apache.activemq.artemis.core.server.plugin.ActiveMQServerMessagePlugin;
import org.conversationbridge.Changes;
import org.conversationbridge.DefaultQueues;
import org.conversationbridge.Fixtures;
import org.conversationbridge.FreePorts;
import org.conversationbridge.LogCapture;
import org.conversationbridge.MovableClock;
import org.conversationbridge.bridge.Json;
import org.conversationbridge.broker.BrokerConnections;
import org.conversationbridge.broker.BrokerQueues;
import org.conversationbridge.broker.ForeignMessages;
import org.conversationbridge.broker.LeaseQueue;
import org.conversationbridge.broker.OldestMessages;
import org.conversationbridge.broker.QueueResolver;
import org.conversationbridge.broker.QueueView;
import org.conversationbridge.broker.TestBroker;
import org.conversationbridge.budget.RequestBudget;
import org.conversationbridge.change.Announced;
import org.conversationbridge.change.ChangePage;
import org.conversationbridge.change.ConversationChange;
import org.conversationbridge.checkpoint.Checkpoint;
import org.conversationbridge.checkpoint.CheckpointFormat;
import org.conversationbridge.checkpoint.Entry;
import org.conversationbridge.checkpoint.LostEntries;
import org.conversationbridge.checkpoint.UnknownCheckpointFormatException;
import org.conversationbridge.poll.PollLog;
import org.conversationbridge.settings.QueueSettings;
import org.conversationbridge.settings.Secret;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.messaginghub.pooled.jms.JmsPoolConnectionFactory;
import org.springframework.jms.connection.JmsTransactionManager;
import org.springframework.jms.core.JmsTemplate;
import org.springframework.transaction.support.TransactionTemplate;

/** The checkpoint on a broker: read, written, taken over, lost in part. */
class CheckpointStoreTest {
    private static final QueueSettings NAMES = DefaultQueues.NAMES;
    private static final Role ALL =
            new Role("bridge", true, true, true, true, true, true, true, true, true, true, true, true);
    private static final ObjectMapper JSON = Json.mapper();

    private final MovableClock clock = new MovableClock();
    private final AtomicInteger shown = new AtomicInteger();
    private final List<Poller> pollers = new ArrayList<>();

    @TempDir
    private Path folder;

    private int port;
    private TestBroker broker;
    private Poller one;

    @BeforeEach
    void start() throws Exception {
        port = FreePorts.next();
        broker = TestBroker.start(
                port,
                folder,
                Map.of("bridge", "secret"),
                ALL,
                configuration -> configuration
                        .setMessageExpiryScanPeriod(50)
                        .registerBrokerPlugin(new ActiveMQServerMessagePlugin() {
                            @Override
                            public void afterDeliver(ServerConsumer consumer, MessageReference reference) {
                                shown.incrementAndGet();
                            }
                        }));
        one = poller();
        for (String queue : NAMES.all()) {
            assertThat(new QueueView(one.pool, new QueueResolver(new BrokerQueues(NAMES))).depth(queue))
                    .isZero();
        }
    }

    @AfterEach
    void stop() throws Exception {
        pollers.forEach(poller -> poller.pool.stop());
        broker.close();
    }

    private Poller poller() {
        Poller poller = new Poller();
        pollers.add(poller);
        return poller;
    }

    /** A process, which writes as the route does. */
    private final class Poller {
        private final JmsPoolConnectionFactory pool =
                new BrokerConnections("tcp://127.0.0.1:" + port, "bridge", new Secret("secret")).pool();
        private final TransactionTemplate transactions = new TransactionTemplate(new JmsTransactionManager(pool));
        private final JmsTemplate sends = new JmsTemplate(pool);
        private final CheckpointLease lease;
        private final CheckpointStore store;

        Poller() {
            QueueResolver queues = new QueueResolver(new BrokerQueues(NAMES));
            sends.setDestinationResolver((session, name, isTopic) -> queues.resolve(session, name));
            ForeignMessages foreign = new ForeignMessages(pool, NAMES.error());
            QueueView view = new QueueView(pool, queues);
            lease = new CheckpointLease(
                    new LeaseQueue(pool, queues, view, NAMES.lease()),
                    new OldestMessages(pool, queues, NAMES.lease(), foreign),
                    JSON);
            PollLog log = new PollLog(new RequestBudget(300, clock), clock);
            log.begin();
            store = new CheckpointStore(
                    view, foreign, lease, NAMES, Duration.ofHours(1), Fixtures.ENDING, log, clock, JSON);
        }

        Checkpoint read() throws JMSException {
            return store.read();
        }

        void commit(List<Entry> entries) {
            commit(entries, step -> {});
        }

        /** @param interruption of the transaction, called before each of its steps */
        void commit(List<Entry> entries, Interruption interruption) {
            transactions.executeWithoutResult(status -> {
                try {
                    interruption.at(0);
                    lease.take(entries);
                    for (int i = 0; i < entries.size(); i++) {
                        interruption.at(i + 1);
                        send(NAMES.checkpoint(), entries.get(i));
                    }
                    interruption.at(entries.size() + 1);
                    send(NAMES.lease(), lease.next(entries));
                    interruption.at(entries.size() + 2);
                } catch (JMSException e) {
                    throw new IllegalStateException(e);
                }
            });
        }

        private void send(String queue, Entry entry) {
            boolean isLease = queue.equals(NAMES.lease());
            JmsTemplate template = sends;
            if (entry.isBlank()) {
                template = new JmsTemplate(pool);
                template.setDestinationResolver(sends.getDestinationResolver());
                template.setExplicitQosEnabled(true);
                template.setTimeToLive(10);
            }
            template.send(queue, session -> {
                Message message = session.createTextMessage(text(entry));
                message.setStringProperty("snapshot", entry.snapshot());
                if (isLease) {
                    message.setStringProperty("revision", entry.revision());
                } else {
                    message.setStringProperty("_AMQ_LVQ_NAME", entry.key());
                }
                if (!isLease && entry.duplicateId().isPresent()) {
                    message.setStringProperty(
                            "_AMQ_DUPL_ID", entry.duplicateId().get());
                }
                return message;
            });
        }
    }

    private interface Interruption {
        void at(int step);
    }

    @Test
    void what_one_process_announces_another_one_reads_however_it_was_written() throws Exception {
        know(one, 700);

        assertThat(poller().read().announced())
                .isEqualTo(one.read().announced())
                .hasSize(700);
        assertThat(broker.depth(NAMES.lease())).isEqualTo(1);
    }

    @Test
    void a_poll_without_a_change_reads_as_many_messages_however_much_is_known() throws Exception {
        List<Integer> messages = new ArrayList<>();
        for (int known : List.of(100, 900)) {
            know(one, known);
            shown.set(0);
            Checkpoint checkpoint = one.read();
            messages.add(shown.get());
            assertThat(checkpoint.announced()).hasSize(known);
        }

        assertThat(messages).allSatisfy(count -> assertThat(count).isEqualTo(2));
    }

    @Test
    void no_message_is_a_large_one() throws Exception {
        know(one, 2_000);
        Checkpoint checkpoint = one.read();
        checkpoint.repair(Set.of());
        one.commit(checkpoint.conclude(clock.instant()));

        assertThat(poller().read().announced()).hasSize(2_000);
        assertThat(folder.resolve("large").toFile().list()).isNullOrEmpty();
    }

    @Test
    void a_checkpoint_of_format_4_is_read_taken_over_and_refused_by_its_version() throws Exception {
        Map<String, Announced> known = shares(4);
        assertThat(one.read().announced()).isEqualTo(known).hasSize(200);

        Checkpoint checkpoint = one.read();
        assertThat(checkpoint.lastGoodPoll()).isPresent();
        one.commit(checkpoint.takeOver("one"));

        assertThat(one.read().announced()).isEqualTo(known);
        assertThat(poller().read().announced()).isEqualTo(known);
        await().untilAsserted(() -> assertThat(keys()).allMatch(key -> key.equals("poll") || key.startsWith("part-")));
        ReadEntries earlier = new ReadEntries(JSON);
        earlier.read(newer("poll"));
        assertThatThrownBy(earlier::ofThisVersion).isInstanceOf(UnknownCheckpointFormatException.class);
    }

    @Test
    void an_earlier_version_that_has_run_since_is_read_whatever_the_lease_says() throws Exception {
        know(one, 3);
        keys().forEach(this::delete);
        Map<String, Announced> known = shares(4);

        assertThat(one.read().announced()).isEqualTo(known);
        Poller other = poller();
        Checkpoint checkpoint = other.read();
        assertThat(checkpoint.announced()).isEqualTo(known);
        other.commit(checkpoint.takeOver("other"));
        assertThat(one.read().announced()).isEqualTo(known);
        assertThat(broker.depth(NAMES.lease())).isEqualTo(1);
    }

    /** As an earlier version sees one of a newer format. */
    private TextMessage newer(String key) throws Exception {
        try (var connection = broker.connect();
                Session session = connection.createSession(Session.AUTO_ACKNOWLEDGE)) {
            TextMessage message = session.createTextMessage("{\"format\":99}");
            message.setStringProperty("_AMQ_LVQ_NAME", key);
            return message;
        }
    }

    @Test
    void a_part_of_a_checkpoint_of_format_4_is_incomplete() throws Exception {
        shares(4);
        delete("conversations-07");

        assertThatThrownBy(one::read)
                .isInstanceOf(org.conversationbridge.checkpoint.IncompleteCheckpointException.class)
                .hasMessageContaining("64 of 65 entries; conversations-07 is missing");
    }

    @Test
    void what_is_written_over_while_this_process_knows_it_is_written_again() throws Exception {
        know(one, 300);
        String part = keys().stream()
                .filter(key -> key.startsWith("part-"))
                .findFirst()
                .orElseThrow();
        try (LogCapture log = LogCapture.of(LostEntries.class)) {
            put(part, "garbage");
            one.commit(one.read().conclude(clock.instant()));
            one.read();

            assertThat(log.messages()).singleElement().asString().contains("the entries [" + part + "] are lost");
        }
        assertThat(poller().read().announced())
                .hasSize(300)
                .isEqualTo(one.read().announced());
        assertThat(broker.depth(NAMES.error())).isEqualTo(1);
    }

    @Test
    void what_is_written_over_is_given_up_by_a_process_that_does_not_know_it() throws Exception {
        know(one, 300);
        put("part-0000", "garbage");

        Checkpoint checkpoint = poller().read();

        assertThat(checkpoint.lacksEntries()).isTrue();
        assertThat(checkpoint.announced()).hasSizeLessThan(300);
    }

    @Test
    void what_is_missing_is_waited_for() throws Exception {
        know(one, 300);
        delete("part-0001");

        assertThatThrownBy(() -> poller().read()).hasMessageContaining("part-0001 is missing");
        assertThat(one.read().announced()).hasSize(300);
    }

    @Test
    void a_head_that_is_written_over_or_forged_is_read_from_the_lease_and_written_again() throws Exception {
        know(one, 300);
        for (String forged : List.of(
                "garbage",
                "{\"format\":99,\"key\":\"poll\"}",
                "{\"format\":3,\"key\":\"poll\",\"revision\":\"r\",\"conversations\":{}}",
                "{\"format\":5,\"key\":\"poll\",\"revision\":\"r\",\"snapshot\":\"s\",\"conversations\":{}}")) {
            put("poll", forged);

            assertThat(poller().read().announced()).as(forged).hasSize(300);
            Checkpoint checkpoint = one.read();
            assertThat(checkpoint.announced()).as(forged).hasSize(300);
            one.commit(checkpoint.conclude(clock.instant()));
        }
        assertThat(poller().read().announced()).hasSize(300);
    }

    @Test
    void a_checkpoint_of_a_newer_version_is_left_alone() throws Exception {
        know(one, 3);
        broker.depth(NAMES.lease());
        String newer = "{\"format\":99,\"key\":\"poll\"}";
        assertThat(one.sends.receive(NAMES.lease())).isNotNull();
        one.sends.send(NAMES.lease(), session -> session.createTextMessage(newer));
        put("poll", newer);

        assertThatThrownBy(one::read).isInstanceOf(UnknownCheckpointFormatException.class);
        assertThatThrownBy(() -> poller().read()).isInstanceOf(UnknownCheckpointFormatException.class);
        assertThat(broker.depth(NAMES.lease())).isEqualTo(1);
    }

    @Test
    void a_foreign_message_among_the_leases_is_put_aside_and_a_lost_lease_is_sent_again() throws Exception {
        know(one, 3);
        one.sends.send(NAMES.lease(), session -> session.createTextMessage("garbage"));
        one.commit(one.read().conclude(clock.instant()));
        assertThat(broker.depth(NAMES.lease())).isEqualTo(1);
        assertThat(broker.depth(NAMES.error())).isEqualTo(1);

        assertThat(one.sends.receive(NAMES.lease())).isNotNull();
        one.commit(one.read().conclude(clock.instant()));

        assertThat(broker.depth(NAMES.lease())).isEqualTo(1);
        assertThat(poller().read().announced()).hasSize(3);
    }

    @Test
    void two_processes_and_interrupted_transactions_announce_each_revision_once() throws Exception {
        storm(40);
    }

    @Test
    @Tag("soak")
    void the_same_for_longer() throws Exception {
        storm(1_500);
    }

    /** Each process announces one conversation a time: what was committed is known, with the sequence that it had. */
    private void storm(int rounds) throws Exception {
        know(one, 5);
        Queue<Map.Entry<String, Long>> committed = new ConcurrentLinkedQueue<>();
        AtomicInteger refused = new AtomicInteger();
        AtomicInteger interrupted = new AtomicInteger();
        List<CompletableFuture<Void>> running = new ArrayList<>();
        for (Poller poller : List.of(one, poller())) {
            running.add(CompletableFuture.runAsync(() -> {
                Random random = new Random(pollers.indexOf(poller));
                for (int round = 0; round < rounds; round++) {
                    String id = "c" + random.nextInt(20);
                    try {
                        announce(poller, id, random, committed, interrupted);
                    } catch (IllegalStateException e) {
                        refused.incrementAndGet();
                    } catch (JMSException e) {
                        throw new IllegalStateException("not read", e);
                    }
                }
            }));
        }
        for (CompletableFuture<Void> each : running) {
            each.get(120, TimeUnit.SECONDS);
        }

        assertThat(committed).isNotEmpty().doesNotHaveDuplicates();
        Map<String, Long> times =
                committed.stream().collect(Collectors.groupingBy(Map.Entry::getKey, Collectors.counting()));
        Map<String, Long> known = new HashMap<>();
        poller().read().announced().forEach((id, last) -> known.put(id, last.sequence()));
        assertThat(known).containsAllEntriesOf(times).hasSize(5 + times.size());
        System.out.printf(
                "two processes, %d transactions: %d interrupted, %d refused, %d committed, none of them twice or lost%n",
                2 * rounds, interrupted.get(), refused.get() - interrupted.get(), committed.size());
    }

    private void announce(
            Poller poller,
            String id,
            Random random,
            Queue<Map.Entry<String, Long>> committed,
            AtomicInteger interrupted)
            throws JMSException {
        Checkpoint checkpoint = poller.read();
        Announced last = checkpoint.announced().get(id);
        long sequence = last == null ? 1 : last.sequence() + 1;
        ConversationChange first = Changes.queued(id, clock.instant());
        List<Entry> entries = checkpoint.announce(page(List.of(
                new ConversationChange(first.eventType(), sequence, first.observedAt(), first.conversation()))));
        int stop = random.nextInt(12);
        poller.commit(entries, step -> {
            if (step == stop) {
                interrupted.incrementAndGet();
                throw new IllegalStateException("interrupted");
            }
        });
        committed.add(Map.entry(id, sequence));
    }

    /** So many are announced, in pages of 100, and found. */
    private void know(Poller poller, int count) throws JMSException {
        Checkpoint checkpoint = poller.read();
        poller.commit(checkpoint.takeOver("one"));
        for (int from = 0; from < count; from += 100) {
            poller.commit(checkpoint.announce(page(queued(from, Math.min(100, count - from)))));
        }
        checkpoint.goOn(queued(0, count).stream()
                .map(change -> change.conversation().conversationId())
                .toList());
        checkpoint.repair(Set.of());
        poller.commit(checkpoint.conclude(clock.instant()));
    }

    /** A checkpoint as the version before wrote it. */
    private Map<String, Announced> shares(int format) throws Exception {
        Map<String, Announced> known = new HashMap<>();
        queued(0, 200)
                .forEach(change ->
                        known.put(change.conversation().conversationId(), Announced.of(change, Duration.ofMinutes(1))));
        Map<String, Map<String, Announced>> shares = new TreeMap<>();
        CheckpointFormat.earlierKeys().forEach(key -> shares.put(key, new HashMap<>()));
        known.forEach((id, last) -> shares.get(
                        "conversations-%02d".formatted(org.conversationbridge.change.Partition.of(id, 64)))
                .put(id, last));
        for (Map.Entry<String, Map<String, Announced>> share : shares.entrySet()) {
            Map<String, Object> entry = new HashMap<>();
            entry.put("format", format);
            entry.put("key", share.getKey());
            entry.put("revision", share.getKey() + " r");
            entry.put("lastGoodPoll", share.getKey().equals("poll") ? clock.instant() : null);
            entry.put("conversations", share.getValue());
            put(share.getKey(), JSON.writeValueAsString(entry));
        }
        return known;
    }

    private void put(String key, String text) throws JMSException {
        one.sends.send(NAMES.checkpoint(), session -> {
            Message message = session.createTextMessage(text);
            message.setStringProperty("_AMQ_LVQ_NAME", key);
            return message;
        });
    }

    private void delete(String key) {
        broker.remove(NAMES.checkpoint(), "_AMQ_LVQ_NAME = '" + key + "'");
    }

    private Set<String> keys() throws JMSException {
        return Set.copyOf(new QueueView(one.pool, new QueueResolver(new BrokerQueues(NAMES)))
                .properties(NAMES.checkpoint(), "_AMQ_LVQ_NAME", 10_000));
    }

    private static ChangePage page(List<ConversationChange> changes) {
        return new ChangePage("poll", 0, changes);
    }

    private List<ConversationChange> queued(int from, int count) {
        return IntStream.range(from, from + count)
                .mapToObj(i -> Changes.queued("known-%06d".formatted(i), clock.instant()))
                .toList();
    }

    private static String text(Entry entry) {
        try {
            return JSON.writeValueAsString(entry);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }
}
