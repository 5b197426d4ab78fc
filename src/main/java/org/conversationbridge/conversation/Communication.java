// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.conversation;

import java.time.Instant;
import java.util.Comparator;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * One medium of one participant: a call, chat, message, e-mail, callback (a {@code session} in analytics).
 *
 * @param mediaType {@code voice}, {@code chat}, {@code message}, ... as analytics names them
 * @param direction {@code inbound} or {@code outbound}, from the org's point of view
 * @param since when it began: alerting, or connected where that is not known
 * @param connectedAt when it was answered
 * @param leftAt when the talk was over; absent while it goes on
 * @param heldSince when the hold that goes on began; absent if it is not on hold, or the API does not say
 * @param isDialled whether this participant called out with it
 * @param isConference whether the API says that the talk that goes on is a conference
 * @param remoteAddress the address of this participant as the medium knows it (phone number, visitor id, mail address)
 */
public record Communication(
        String mediaType,
        @Nullable String direction,
        Phase phase,
        @Nullable Instant since,
        @Nullable Instant connectedAt,
        @Nullable Instant leftAt,
        @Nullable Instant heldSince,
        boolean isDialled,
        boolean isConference,
        @Nullable String remoteAddress) {

    /** The medium where the API names none. */
    public static final String UNKNOWN_MEDIA = "unknown";

    /** In place of a medium, for a participant of whom no medium is reported. */
    public static final String NO_MEDIUM = "none";

    boolean isPresent() {
        return phase != Phase.ENDED;
    }

    boolean isAuxiliary() {
        return Media.isAuxiliary(mediaType);
    }

    /** When it was answered, else when it began; the epoch if neither is known. */
    Instant start() {
        Instant start = connectedAt != null ? connectedAt : since;
        return start == null ? Instant.EPOCH : start;
    }

    /** The first time that is known of it. */
    @Nullable
    Instant begin() {
        return Stream.of(since, connectedAt)
                .filter(Objects::nonNull)
                .min(Comparator.naturalOrder())
                .orElse(null);
    }

    /**
     * Whether it was answered; after-call work of which no time at all is reported is taken for the work after a talk.
     */
    boolean isAnswered() {
        return connectedAt != null || phase == Phase.WRAPUP && since == null && leftAt == null;
    }
}
