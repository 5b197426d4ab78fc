// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.checkpoint;

import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.conversationbridge.change.Announced;
import org.jspecify.annotations.Nullable;

/**
 * The checkpoint as this process knows it: as it read it last, and what it has written since. Whether a write was
 * committed is not followed but read: the head that the broker shows has the revision of the newest one that was. Safe
 * for many threads.
 */
public final class Ledger {
    /** A write that may be committed. */
    private record Write(
            @Nullable String replaced, Extent extent, Facts facts, Map<String, Optional<Announced>> changes) {}

    private final Map<String, Announced> conversations = new ConcurrentHashMap<>();
    private final Map<String, Write> pending = new HashMap<>();
    private final Set<String> lost;
    private Extent extent;
    private Facts facts;

    private Ledger(Extent extent, Facts facts, Set<String> lost) {
        this.extent = extent;
        this.facts = facts;
        this.lost = lost;
    }

    /** The first one on a broker: nothing has been announced. */
    public static Ledger first() {
        return new Ledger(Extent.none(null), Facts.NONE, Set.of());
    }

    /**
     * All of it is lost.
     *
     * @param revision that the lease has; absent if there is none
     */
    public static Ledger lost(@Nullable String revision) {
        return new Ledger(Extent.none(revision), Facts.NONE, CheckpointFormat.earlierKeys());
    }

    /**
     * As the broker has it.
     *
     * @param lost keys whose entries are given up
     * @throws IncompleteCheckpointException when others are missing
     */
    public static Ledger of(Collection<Entry> entries, Set<String> lost) {
        Map<String, Entry> byKey = byKey(entries);
        Entry head = byKey.get(CheckpointFormat.HEAD);
        boolean isInChanges = head != null && CheckpointFormat.isInChanges(head);
        Set<String> missing = missing(byKey, lost);
        Extent extent = new Extent(
                head == null ? null : head.revision(),
                head == null ? null : head.snapshot(),
                head == null ? 0 : head.parts(),
                head == null ? 0 : head.deltas(),
                length(byKey.values(), false),
                length(byKey.values(), true),
                !isInChanges && !entries.isEmpty());
        Ledger ledger = new Ledger(extent, head == null ? Facts.NONE : Facts.of(head), missing);
        expected(head).stream()
                .sorted(Comparator.comparing(CheckpointFormat::isDelta)
                        .thenComparing(String::length)
                        .thenComparing(Comparator.naturalOrder()))
                .filter(key -> !missing.contains(key))
                .map(byKey::get)
                .forEach(ledger::add);
        return ledger;
    }

    /** Those of the same snapshot as their head: of another one, the queue may show an earlier version for a moment. */
    private static Map<String, Entry> byKey(Collection<Entry> entries) {
        String snapshot = entries.stream()
                .filter(Entry::isHead)
                .findFirst()
                .map(Entry::snapshot)
                .orElse(null);
        Map<String, Entry> byKey = new HashMap<>();
        entries.stream()
                .filter(entry -> Objects.equals(entry.snapshot(), snapshot))
                .forEach(entry -> byKey.put(entry.key(), entry));
        return byKey;
    }

    /** The same, where the lease has another revision than its head: that one is replaced. */
    public Ledger leasedAt(String revision) {
        extent = extent.leasedAt(revision);
        return this;
    }

    private void add(@Nullable Entry entry) {
        if (entry != null) {
            conversations.putAll(entry.conversations());
            conversations.keySet().removeAll(entry.forgotten());
            if (entry.lostAt() != null) {
                facts = facts.lostAt(entry.lostAt());
            }
        }
    }

    /**
     * The keys that some entries do not have, though their head, one of them, names them.
     *
     * @throws IncompleteCheckpointException when some are missing that are not given up
     */
    private static Set<String> missing(Map<String, Entry> byKey, Set<String> lost) {
        Set<String> missing = missing(byKey.values());
        if (!lost.containsAll(missing)) {
            throw new IncompleteCheckpointException(
                    missing, expected(byKey.get(CheckpointFormat.HEAD)).size());
        }
        return missing;
    }

    /** The keys that some entries do not have, though their head, one of them, names them. */
    public static Set<String> missing(Collection<Entry> entries) {
        Map<String, Entry> byKey = byKey(entries);
        Set<String> missing = expected(byKey.get(CheckpointFormat.HEAD));
        missing.removeAll(byKey.keySet());
        return missing;
    }

    private static Set<String> expected(@Nullable Entry head) {
        if (head == null || !CheckpointFormat.isInChanges(head)) {
            return new TreeSet<>(CheckpointFormat.earlierKeys());
        }
        Set<String> keys = new TreeSet<>(CheckpointFormat.keys(head));
        keys.add(CheckpointFormat.HEAD);
        return keys;
    }

    private static long length(Collection<Entry> entries, boolean ofDeltas) {
        return entries.stream()
                .filter(entry -> !entry.isHead() && CheckpointFormat.isDelta(entry.key()) == ofDeltas)
                .flatMap(entry -> Stream.concat(
                        entry.conversations().entrySet().stream()
                                .map(last -> Slice.length(last.getKey(), Optional.of(last.getValue()))),
                        entry.forgotten().stream().map(id -> Slice.length(id, Optional.empty()))))
                .mapToLong(Integer::longValue)
                .sum();
    }

    /**
     * Whether it is as a head of the broker has it, after what this process has written up to there. It is not where
     * another process has written since, or a write of unknown outcome was not committed before others.
     */
    public synchronized boolean isAt(Entry head) {
        Deque<Write> path = new ArrayDeque<>();
        String revision = head.revision();
        while (!Objects.equals(revision, extent.revision())) {
            Write write = pending.get(String.valueOf(revision));
            if (write == null) {
                return false;
            }
            path.push(write);
            revision = write.replaced();
        }
        path.forEach(this::apply);
        pending.clear();
        facts = Facts.of(head);
        return Objects.equals(head.snapshot(), extent.snapshot())
                && head.parts() == extent.parts()
                && head.deltas() == extent.deltas();
    }

    private void apply(Write write) {
        write.changes()
                .forEach((id, now) ->
                        now.ifPresentOrElse(last -> conversations.put(id, last), () -> conversations.remove(id)));
        extent = write.extent();
        facts = write.facts();
    }

    /** A poll writes this: whether it is committed is seen when the checkpoint is read next. */
    synchronized void wrote(
            @Nullable String replaced, Extent next, Facts now, Map<String, Optional<Announced>> changes) {
        pending.put(String.valueOf(next.revision()), new Write(replaced, next, now, changes));
    }

    /** What was announced as far as this process knows, also what may not have been committed. */
    public synchronized Map<String, Announced> everything() {
        Map<String, Announced> all = new HashMap<>(conversations);
        pending.values()
                .forEach(write -> write.changes()
                        .forEach((id, now) -> now.ifPresent(last ->
                                all.merge(id, last, (one, other) -> other.sequence() > one.sequence() ? other : one))));
        return all;
    }

    /** How many messages it has on the broker. */
    public synchronized long messages() {
        return extent.revision() == null ? 0 : 1L + extent.parts() + extent.deltas();
    }

    /** The name that its parts and deltas have in common; absent when there are none, or an earlier format wrote it. */
    public synchronized Optional<String> snapshot() {
        return Optional.ofNullable(extent.snapshot());
    }

    Map<String, Announced> conversations() {
        return conversations;
    }

    synchronized Extent extent() {
        return extent;
    }

    synchronized Facts facts() {
        return facts;
    }

    Set<String> lost() {
        return lost;
    }
}
