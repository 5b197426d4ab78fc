// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.IntStream;
import org.conversationbridge.Changes;
import org.conversationbridge.Fixtures;
import org.conversationbridge.bridge.Json;
import org.conversationbridge.change.Announced;
import org.conversationbridge.change.ChangePage;
import org.conversationbridge.change.ConversationChange;
import org.junit.jupiter.api.Test;

/** A checkpoint costs what changes, and is the same however it is read. */
class LedgerTest {
    private static final Instant NOON = Instant.parse("2026-11-20T12:00:00Z");
    private static final Duration REMEMBERED = Duration.ofHours(1);

    /** The last-value queue, without what expires. */
    private final Map<String, Entry> queue = new TreeMap<>();

    private final ObjectMapper json = Json.mapper();
    private Ledger ledger = Ledger.first();

    @Test
    void a_page_writes_as_much_however_much_is_known() throws Exception {
        List<Integer> lengths = new ArrayList<>();
        for (int known : List.of(500, 20_000)) {
            queue.clear();
            ledger = Ledger.first();
            know(known);
            Checkpoint checkpoint = open();
            List<ConversationChange> changes = queued(known, 100);

            List<Entry> written = checkpoint.announce(page(changes));

            assertThat(written.size()).isBetween(2, 3);
            lengths.add(length(written));
        }
        assertThat(lengths.get(1)).isBetween(lengths.get(0) - 50, lengths.get(0) + 50);
    }

    @Test
    void a_poll_without_a_change_writes_the_head_alone() throws Exception {
        know(300);
        Checkpoint checkpoint = open();
        queued(0, 300).forEach(change -> checkpoint.compare(change.conversation(), NOON.plusSeconds(15)));

        List<Entry> written = checkpoint.conclude(NOON.plusSeconds(15));

        assertThat(written).singleElement().matches(Entry::isHead);
        assertThat(length(written)).isLessThan(500);
    }

    @Test
    void a_take_over_writes_the_head_alone() {
        know(300);

        assertThat(open().takeOver("another")).singleElement().matches(Entry::isHead);
    }

    @Test
    void no_entry_is_longer_than_a_message_may_be() throws Exception {
        Checkpoint checkpoint = open();
        for (Entry entry : commit(checkpoint.announce(page(queued(0, 2_000))))) {
            assertThat(json.writeValueAsString(entry).length()).isLessThanOrEqualTo(CheckpointFormat.MOST_CHARACTERS);
        }
        for (Entry entry : commit(checkpoint.conclude(NOON))) {
            assertThat(json.writeValueAsString(entry).length()).isLessThanOrEqualTo(CheckpointFormat.MOST_CHARACTERS);
        }
        assertThat(queue).containsKeys("part-0000", "part-0010").doesNotContainKey("delta-0000");
        assertReadAgain();
    }

    @Test
    void deltas_go_when_they_are_longer_than_the_snapshot_and_cost_at_most_as_much_again() throws Exception {
        know(2_000);
        long snapshot = length(queue.values());
        long written = 0;
        int snapshots = 0;
        for (int poll = 0; poll < 60; poll++) {
            Instant now = NOON.plusSeconds(15L * poll + 15);
            Checkpoint checkpoint = open();
            List<ConversationChange> held = IntStream.range(0, 100)
                    .mapToObj(i -> checkpoint
                            .compare(Changes.connected(id(i), "a-" + now, now).conversation(), now)
                            .orElseThrow())
                    .toList();
            List<Entry> page = commit(checkpoint.announce(page(held)));
            queued(0, 2_000)
                    .forEach(all -> checkpoint.goOn(List.of(all.conversation().conversationId())));
            List<Entry> end = commit(checkpoint.conclude(now));
            written += length(page) + length(end);
            snapshots += end.size() > 1 ? 1 : 0;
            assertThat((long) length(queue.values())).isLessThan(2 * snapshot + 2 * length(page));
        }
        assertThat(snapshots).isBetween(2, 5);
        assertThat(written).isLessThan(2L * 60 * 60_000 + 2 * snapshot);
        assertReadAgain();
    }

    @Test
    void what_was_forgotten_is_forgotten_by_each_process_that_reads_it() throws Exception {
        know(3);
        commit(open().conclude(NOON));
        Instant later = NOON.plus(REMEMBERED);
        Checkpoint stale = open();
        commit(stale.announce(page(IntStream.range(0, 3)
                .mapToObj(i -> stale.confirmUnknown(id(i), later).orElseThrow())
                .toList())));
        commit(open().conclude(later));
        assertThat(open().announced()).hasSize(3);

        commit(open().conclude(later.plus(REMEMBERED).plusSeconds(60)));

        assertThat(queue.values()).anyMatch(entry -> entry.forgotten().size() == 3);
        assertThat(open().announced()).isEmpty();
        assertReadAgain();
    }

    @Test
    void what_was_rolled_back_is_not_known() {
        know(3);
        Map<String, Announced> before = open().announced();
        Checkpoint rolledBack = open();
        assertThat(rolledBack.announce(page(queued(3, 1)))).isNotEmpty();

        assertThat(open().announced()).isEqualTo(before);
    }

    @Test
    void of_a_commit_of_unknown_outcome_the_head_shows_what_became_of_it() {
        know(3);
        Checkpoint checkpoint = open();
        List<Entry> first = checkpoint.announce(page(queued(3, 1)));
        List<Entry> second = checkpoint.announce(page(queued(4, 1)));

        commit(first);
        assertThat(ledger.isAt(head())).isTrue();
        assertThat(open().announced()).hasSize(4);

        commit(second);
        assertThat(ledger.isAt(head())).isFalse();
    }

    @Test
    void what_another_process_wrote_is_not_known_without_reading_it() {
        know(3);
        Ledger other = Ledger.of(queue.values(), Set.of());
        commit(Checkpoint.of(other, Fixtures.ENDING, REMEMBERED).announce(page(queued(3, 1))));

        assertThat(ledger.isAt(head())).isFalse();
        assertThat(other.isAt(head())).isTrue();
        ledger = Ledger.of(queue.values(), Set.of());
        assertThat(open().announced()).hasSize(4);
    }

    @Test
    void an_earlier_version_of_a_part_does_not_stand_for_it() {
        know(400);
        Map<String, Entry> earlier = new TreeMap<>(queue);
        Checkpoint checkpoint = open();
        checkpoint.repair(Set.of());
        commit(checkpoint.conclude(NOON.plusSeconds(15)));
        assertThat(queue).containsKey("part-0000");
        queue.put("part-0000", earlier.get("part-0000"));

        assertThatThrownBy(() -> Ledger.of(queue.values(), Set.of()))
                .isInstanceOf(IncompleteCheckpointException.class)
                .hasMessageContaining("part-0000");
    }

    @Test
    void where_a_part_is_lost_what_is_known_elsewhere_is_recalled_and_the_rest_goes_on() {
        know(400);
        Map<String, Announced> all = open().announced();
        Set<String> of = queue.remove("part-0001").conversations().keySet();
        assertThat(of).isNotEmpty().hasSizeLessThan(400);

        Checkpoint checkpoint = recall("part-0001", all);

        checkpoint
                .announced()
                .forEach((id, now) -> assertThat(now.sequence())
                        .as(id)
                        .isEqualTo(of.contains(id) ? NOON.plusSeconds(60).toEpochMilli() : 1));
        assertThat(checkpoint.announced()).hasSize(400);
        assertThat(checkpoint.announce(page(queued(400, 1))))
                .anyMatch(entry -> entry.key().equals("part-0001"));
    }

    @Test
    void where_a_delta_is_lost_every_conversation_may_have_gone_on() throws Exception {
        know(400);
        Checkpoint held = open();
        commit(held.announce(page(List.of(
                held.compare(Changes.connected(id(7), "a", NOON.plusSeconds(15)).conversation(), NOON.plusSeconds(15))
                        .orElseThrow()))));
        queue.remove("delta-0000");

        Checkpoint checkpoint = recall("delta-0000", Map.of());

        assertThat(checkpoint.announced().values())
                .hasSize(400)
                .allSatisfy(now -> assertThat(now.sequence())
                        .isEqualTo(NOON.plusSeconds(60).toEpochMilli()));
    }

    private Checkpoint recall(String lost, Map<String, Announced> known) {
        Checkpoint checkpoint = Checkpoint.of(Ledger.of(queue.values(), Set.of(lost)), Fixtures.ENDING, REMEMBERED);
        assertThat(checkpoint.lacksEntries()).isTrue();
        checkpoint.recall(known, NOON, NOON.plusSeconds(60));
        return checkpoint;
    }

    /** So many are announced and found by a poll, which leaves a snapshot. */
    private void know(int count) {
        Checkpoint checkpoint = open();
        for (int from = 0; from < count; from += 100) {
            commit(checkpoint.announce(page(queued(from, Math.min(100, count - from)))));
        }
        queued(0, count)
                .forEach(change -> checkpoint.goOn(List.of(change.conversation().conversationId())));
        commit(checkpoint.conclude(NOON));
    }

    private Checkpoint open() {
        if (!queue.isEmpty()) {
            assertThat(ledger.isAt(head())).isTrue();
        }
        return Checkpoint.of(ledger, Fixtures.ENDING, REMEMBERED);
    }

    private Entry head() {
        return queue.get(CheckpointFormat.HEAD);
    }

    private List<Entry> commit(List<Entry> entries) {
        for (Entry entry : entries) {
            if (entry.isBlank()) {
                queue.remove(entry.key());
            } else {
                queue.put(entry.key(), entry);
            }
        }
        return entries;
    }

    /** Each process that reads it knows the same. */
    private void assertReadAgain() throws Exception {
        List<Entry> read = new ArrayList<>();
        for (Entry entry : queue.values()) {
            read.add(CheckpointFormat.read(json, json.writeValueAsString(entry)));
        }
        assertThat(Ledger.of(read, Set.of()).conversations()).isEqualTo(open().announced());
        assertThat(ledger.messages()).isEqualTo(queue.size());
    }

    private int length(Iterable<Entry> entries) throws Exception {
        int length = 0;
        for (Entry entry : entries) {
            length += json.writeValueAsString(entry).length();
        }
        return length;
    }

    private static ChangePage page(List<ConversationChange> changes) {
        return new ChangePage("poll", 0, changes);
    }

    private static List<ConversationChange> queued(int from, int count) {
        return IntStream.range(from, from + count)
                .mapToObj(i -> Changes.queued(id(i), NOON))
                .toList();
    }

    private static String id(int number) {
        return new UUID(7, number).toString();
    }
}
