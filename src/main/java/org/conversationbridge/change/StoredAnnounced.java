// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.change;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.conversationbridge.conversation.State;
import org.jspecify.annotations.Nullable;

/**
 * {@link Announced} as it is stored in the checkpoint: the names of the fields and their order are its format, and so
 * is that they are flat. An earlier version wrote some of them only.
 */
record StoredAnnounced(
        long sequence,
        Instant observedAt,
        State state,
        @Nullable String agentUserId,
        @Nullable String queueId,
        String mediaType,
        @Nullable String direction,
        @Nullable Instant startedAt,
        @Nullable Instant endedAt,
        @Nullable Instant missingSince,
        @JsonProperty("stale") boolean isStale,
        @Nullable FollowUp followUp,
        @Nullable Instant changedAt,
        List<String> divisionIds,
        @Nullable Instant heldSince,
        @JsonProperty("notified") boolean isNotified,
        @Nullable Instant previousEnd) {

    /** Characters of its JSON without the values that differ in length. */
    private static final int FRAME =
            ("{'sequence':,'observedAt':,'state':,'agentUserId':,'queueId':,'mediaType':,'direction':,"
                            + "'startedAt':,'endedAt':,'missingSince':,'stale':false,'followUp':,'changedAt':,'divisionIds':[],"
                            + "'heldSince':,'notified':false,'previousEnd':}")
                    .length();

    private static final int NULL = 4;
    private static final int LONGEST_NUMBER = 11;
    /** In milliseconds, of a year of four digits, with quotes. */
    private static final int TIME = 26;

    static StoredAnnounced of(Announced announced) {
        LastKnown conversation = announced.conversation();
        return new StoredAnnounced(
                announced.sequence(),
                announced.observedAt(),
                conversation.state(),
                conversation.agentUserId(),
                conversation.queueId(),
                conversation.mediaType(),
                conversation.direction(),
                conversation.startedAt(),
                conversation.endedAt(),
                announced.missingSince(),
                announced.isStale(),
                announced.followUp(),
                conversation.changedAt(),
                conversation.divisionIds(),
                announced.heldSince(),
                announced.isNotified(),
                announced.previousEnd());
    }

    Announced announced() {
        return new Announced(
                sequence,
                observedAt,
                new LastKnown(
                        state, agentUserId, queueId, mediaType, direction, startedAt, endedAt, changedAt, divisionIds),
                isStale,
                isNotified,
                heldSince,
                previousEnd,
                missingSince,
                followUp);
    }

    /** Characters of its JSON, about, and at least as many as it has. */
    int length() {
        int length = FRAME
                + String.valueOf(sequence).length()
                + length(state.name())
                + length(agentUserId)
                + length(queueId);
        length += length(mediaType) + length(direction);
        length += followUp == null ? NULL : "{'due':,'attempts':}".length() + TIME + LONGEST_NUMBER;
        length += Stream.of(observedAt, startedAt, endedAt, missingSince, changedAt, heldSince, previousEnd)
                .mapToInt(StoredAnnounced::length)
                .sum();
        return length + divisionIds.stream().mapToInt(id -> length(id) + 1).sum();
    }

    private static int length(@Nullable Instant time) {
        return time == null ? NULL : TIME;
    }

    /** With quotes; what JSON escapes is one character more, or six in all. */
    private static int length(@Nullable String text) {
        return text == null
                ? NULL
                : 2
                        + text.chars()
                                .map(c -> c < ' ' ? 6 : c == '"' || c == '\\' ? 2 : 1)
                                .sum();
    }
}
