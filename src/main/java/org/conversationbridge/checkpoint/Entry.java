// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.checkpoint;

import com.fasterxml.jackson.annotation.JsonIgnore;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.conversationbridge.change.Announced;
import org.conversationbridge.change.KeptTimes;
import org.jspecify.annotations.Nullable;

/**
 * One message of the checkpoint: the newest of its key is the one that applies.
 *
 * @param format of the entry, see {@link CheckpointFormat}; 0 if the first version wrote it
 * @param key {@code poll}, the head; {@code part-0000} and so on, a part of the snapshot; {@code delta-0000} and so on,
 *     what changed since; in an earlier format {@code conversations-00} and so on, a share of the conversations
 * @param revision another with each write of the checkpoint
 * @param replaces revision of the head that this one replaces; absent in the first, and in all but the head
 * @param lastGoodPoll begin of the last poll that went through; only in the head
 * @param polledBy which process polls, as it names itself; only in the head, absent if an earlier version wrote it
 * @param lostAt when entries before it were found to be lost; absent if none were. What began before may have been
 *     announced
 * @param snapshot a random name, which its head, parts and deltas have in common; absent in an earlier format
 * @param parts how many parts it has; only in the head
 * @param deltas how many deltas follow it; only in the head
 * @param conversations what was announced, by conversation id; empty in the head
 * @param forgotten conversations that are remembered no more; only in a delta
 */
public record Entry(
        int format,
        String key,
        String revision,
        @Nullable String replaces,
        @Nullable Instant lastGoodPoll,
        @Nullable String polledBy,
        @Nullable Instant lostAt,
        @Nullable String snapshot,
        int parts,
        int deltas,
        Map<String, Announced> conversations,
        Set<String> forgotten) {

    /** Nothing is forgotten by an entry of an earlier format. */
    public Entry {
        conversations = Map.copyOf(conversations);
        forgotten = forgotten == null ? Set.of() : Set.copyOf(forgotten);
    }

    /** The head of a checkpoint. */
    static Entry head(String revision, @Nullable String replaces, Facts facts, Extent extent) {
        return new Entry(
                CheckpointFormat.NEWEST,
                CheckpointFormat.HEAD,
                revision,
                replaces,
                facts.lastGoodPoll(),
                facts.polledBy(),
                facts.lostAt(),
                extent.snapshot(),
                extent.parts(),
                extent.deltas(),
                Map.of(),
                Set.of());
    }

    /** A part or a delta. */
    static Entry of(
            String key,
            String revision,
            @Nullable String snapshot,
            Map<String, Announced> conversations,
            Set<String> forgotten) {
        return new Entry(
                CheckpointFormat.NEWEST,
                key,
                revision,
                null,
                null,
                null,
                null,
                snapshot,
                0,
                0,
                conversations,
                forgotten);
    }

    /** Whether it is an entry of a checkpoint, with all that one has, and each value one that it can have. */
    @JsonIgnore
    public boolean isWhole() {
        return CheckpointFormat.isKey(String.valueOf(key))
                && revision != null
                && (snapshot != null || !CheckpointFormat.isInChanges(this))
                && CheckpointFormat.isExtent(parts, deltas)
                && KeptTimes.areOurs(lastGoodPoll, lostAt)
                && conversations.values().stream().allMatch(Announced::isWhole);
    }

    /** Whether it is there for others to follow. */
    @JsonIgnore
    public boolean isHead() {
        return key.equals(CheckpointFormat.HEAD);
    }

    /**
     * Whether it is in the place of one that is not needed any more. It expires: nothing can be taken off the queue.
     */
    @JsonIgnore
    public boolean isBlank() {
        return !isHead() && conversations.isEmpty() && forgotten.isEmpty();
    }

    /**
     * What at most one message may carry: the broker refuses a second successor of the same version, so that a commit
     * of unknown outcome is not done twice. For two at the same moment there is the lease.
     */
    @JsonIgnore
    public Optional<String> duplicateId() {
        return Optional.ofNullable(replaces).map(replaced -> key + "/" + replaced);
    }
}
