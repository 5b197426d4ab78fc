// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.change;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.Instant;
import java.util.List;
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
}
