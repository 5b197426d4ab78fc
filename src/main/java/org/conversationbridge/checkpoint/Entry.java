// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.checkpoint;

import com.fasterxml.jackson.annotation.JsonIgnore;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.conversationbridge.change.Announced;
import org.jspecify.annotations.Nullable;

/**
 * One message of the checkpoint: the newest of its key is the one that applies.
 *
 * @param format of the entry, see {@link CheckpointFormat}; 0 if the first version wrote it
 * @param key {@code poll}, or {@code conversations-00} and so on: a share of the conversations
 * @param revision another with each version of the entry
 * @param replaces revision of the version that this one replaces; absent in the first
 * @param lastGoodPoll begin of the last poll that went through; only in {@code poll}
 * @param polledBy which process polls, as it names itself; only in {@code poll}, absent if an earlier version wrote
 *     it
 * @param lostAt when the version before it was found to be lost; absent if none was. What began before may have been
 *     announced
 * @param conversations what was announced, by conversation id; empty in {@code poll}
 */
public record Entry(
        int format,
        String key,
        String revision,
        @Nullable String replaces,
        @Nullable Instant lastGoodPoll,
        @Nullable String polledBy,
        @Nullable Instant lostAt,
        Map<String, Announced> conversations) {

    public Entry {
        conversations = Map.copyOf(conversations);
    }

    /**
     * What at most one message may carry: the broker refuses a second successor of the same version, so that a process
     * that was away without knowing it cannot write over what another has announced since.
     */
    @JsonIgnore
    public Optional<String> duplicateId() {
        return Optional.ofNullable(replaces).map(replaced -> key + "/" + replaced);
    }
}
