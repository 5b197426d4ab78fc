// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.checkpoint;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.IntStream;
import org.conversationbridge.change.Announced;
import org.jspecify.annotations.Nullable;

/**
 * How a checkpoint lies on its queue, and so which entries to write next: deltas, or a snapshot when they have become
 * longer than the one before.
 *
 * @param revision of its head; absent when there is none
 * @param snapshot name of the snapshot; absent when there is none
 * @param parts of the snapshot
 * @param deltas since
 * @param partLength characters of the parts, about
 * @param deltaLength characters of the deltas, about
 * @param isOfShares whether an earlier format wrote it
 */
record Extent(
        @Nullable String revision,
        @Nullable String snapshot,
        int parts,
        int deltas,
        long partLength,
        long deltaLength,
        boolean isOfShares) {
    /** Deltas that are shorter altogether are not worth a snapshot. */
    static final long SHORT = 100_000;

    /** Deltas without end, because no poll comes to its end, would make each start slower. */
    static final int MOST_DELTAS = 10_000;

    /** Entries, the head last, and how the checkpoint lies then. */
    record Next(List<Entry> entries, Extent extent) {}

    /** There is nothing, and nothing to replace but, where there is a lease, its revision. */
    static Extent none(@Nullable String revision) {
        return new Extent(revision, null, 0, 0, 0, 0, false);
    }

    /** The same, to replace another revision. */
    Extent leasedAt(String leased) {
        return new Extent(leased, snapshot, parts, deltas, partLength, deltaLength, isOfShares);
    }

    /** Whether the deltas have become longer than the snapshot. */
    boolean isSnapshotDue() {
        return deltaLength > Math.max(SHORT, partLength);
    }

    /** Whether there are so many deltas that one more may not be written. */
    boolean isFull() {
        return deltas >= MOST_DELTAS;
    }

    /** What changed since the last write; a conversation without a value is forgotten. */
    Next changes(Facts facts, Map<String, Optional<Announced>> changes) {
        String next = UUID.randomUUID().toString();
        String name = snapshot == null ? UUID.randomUUID().toString() : snapshot;
        List<Slice> slices = Slice.cut(changes);
        List<Entry> entries = new ArrayList<>();
        long length = deltaLength;
        for (int i = 0; i < slices.size(); i++) {
            length += slices.get(i).length();
            entries.add(slices.get(i).entry(CheckpointFormat.delta(deltas + i), next, name));
        }
        Extent extent = new Extent(next, name, parts, deltas + slices.size(), partLength, length, false);
        entries.add(Entry.head(next, revision, facts, extent));
        return new Next(entries, extent);
    }

    /**
     * All of it anew.
     *
     * @param surplus keys that are not needed, besides those of the snapshot before
     */
    Next whole(Facts facts, Map<String, Optional<Announced>> all, Set<String> surplus) {
        String next = UUID.randomUUID().toString();
        String name = UUID.randomUUID().toString();
        List<Slice> slices = Slice.cut(all);
        List<Entry> entries = new ArrayList<>();
        long length = 0;
        for (int i = 0; i < slices.size(); i++) {
            length += slices.get(i).length();
            entries.add(slices.get(i).entry(CheckpointFormat.part(i), next, name));
        }
        Set<String> old = new TreeSet<>(surplus);
        IntStream.range(0, deltas).mapToObj(CheckpointFormat::delta).forEach(old::add);
        IntStream.range(0, parts).mapToObj(CheckpointFormat::part).forEach(old::add);
        if (isOfShares) {
            old.addAll(CheckpointFormat.earlierKeys());
        }
        old.remove(CheckpointFormat.HEAD);
        IntStream.range(0, slices.size()).mapToObj(CheckpointFormat::part).forEach(old::remove);
        old.forEach(key -> entries.add(Entry.of(key, next, name, Map.of(), Set.of())));
        Extent extent = new Extent(next, name, slices.size(), 0, length, 0, false);
        entries.add(Entry.head(next, revision, facts, extent));
        return new Next(entries, extent);
    }
}
