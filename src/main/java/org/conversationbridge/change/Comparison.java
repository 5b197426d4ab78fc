// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.change;

import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.Objects;
import java.util.stream.Stream;
import org.conversationbridge.conversation.Conversation;
import org.conversationbridge.conversation.State;
import org.jspecify.annotations.Nullable;

/**
 * Whether what is reported of a conversation is a change of what was announced of it, or the same, or older.
 *
 * <p>Holds are reported by their start only, and a resume by no time at all. So of three rules: a hold that began no
 * later than the last one announced, and is not announced any more, is over. A resume is taken where nothing else of
 * it is older; but what was received before a hold began that a poll reported is no resume of it. A poll that
 * contradicts a hold or resume which a notification reported, and reports no later time itself, lags behind it; after
 * {@link Announced#LAG} it is believed, so that what a late notification reported wrongly is put right.
 */
record Comparison(Announced last, Conversation reported) {
    /** Between what two APIs, or two answers, report the same moment. */
    static final Duration SAME_MOMENT = Duration.ofSeconds(2);

    /** Whether a poll reports a change; analytics lags behind notifications. */
    boolean isChangeOfPoll(Instant now) {
        return !isSame() && !isOlder(SAME_MOMENT) && !isBehindNotification(now);
    }

    /** Whether a notification reports that it has ended, which was not announced. */
    boolean isEndOfNotification() {
        return !last.hasEnded() && !isOlder(Duration.ZERO);
    }

    /**
     * Whether a notification reports a change of one that goes on: they come late, and out of order, but from one
     * clock.
     *
     * @param receivedAt by the clock of Genesys Cloud; it may have waited since
     */
    boolean isChangeOfNotification(Instant receivedAt) {
        boolean isOld = isEarlierHold() || isBeforePolledHold(receivedAt) || !isResume() && isOlder(Duration.ZERO);
        return !isSame() && !isOld;
    }

    /** Whether it is as it was announced. */
    boolean isSame() {
        return !last.isStale() && last.conversation().isAs(reported);
    }

    /** Whether it was so before what was announced; what has ended begins again only after its end. */
    private boolean isOlder(Duration tolerance) {
        Instant at = reported.changedAt();
        Instant changedAt = last.conversation().changedAt();
        if (at == null || changedAt == null) {
            return false;
        }
        return last.hasEnded() ? !at.isAfter(changedAt) : at.plus(tolerance).isBefore(changedAt);
    }

    /**
     * A resume reports no time. If the latest one announced is that of the hold, there is nothing to compare it
     * with.
     */
    private boolean isResume() {
        Instant heldSince = last.heldSince();
        Instant changedAt = last.conversation().changedAt();
        return wasHeld()
                && reported.state() == State.CONNECTED
                && last.conversation().hasSameAgent(reported)
                && heldSince != null
                && changedAt != null
                && !changedAt.isBefore(heldSince);
    }

    /** A hold after which the conversation was resumed already. */
    private boolean isEarlierHold() {
        Instant since = reported.heldSince();
        Instant heldSince = last.heldSince();
        return isHeld() && !wasHeld() && since != null && heldSince != null && !since.isAfter(heldSince);
    }

    /** Whether a poll reported a hold that began only after something was received. */
    private boolean isBeforePolledHold(Instant receivedAt) {
        Instant heldSince = last.heldSince();
        return wasHeld() && !last.isNotified() && heldSince != null && receivedAt.isBefore(heldSince);
    }

    private boolean isBehindNotification(Instant now) {
        Instant announced = latest(last.conversation().changedAt(), last.heldSince());
        Instant found = latest(reported.changedAt(), reported.heldSince());
        boolean isOnlyHold = wasHeld() != isHeld() && last.conversation().hasSameAgent(reported);
        return last.isNotified()
                && isOnlyHold
                && now.isBefore(last.observedAt().plus(Announced.LAG))
                && announced != null
                && (found == null || !found.isAfter(announced.plus(SAME_MOMENT)));
    }

    private boolean wasHeld() {
        return last.conversation().state() == State.HELD;
    }

    private boolean isHeld() {
        return reported.state() == State.HELD;
    }

    /** The later of two times, either of which may be absent. */
    static @Nullable Instant latest(@Nullable Instant one, @Nullable Instant other) {
        return Stream.of(one, other)
                .filter(Objects::nonNull)
                .max(Comparator.naturalOrder())
                .orElse(null);
    }
}
