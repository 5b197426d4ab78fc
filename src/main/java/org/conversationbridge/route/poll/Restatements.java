// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.route.poll;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import org.conversationbridge.checkpoint.Checkpoint;

/**
 * Which conversations were put on the current queue again and were not seen there since. Each pause until the next
 * attempt is twice as long as the one before, {@link #LONGEST} at most. Used by one thread.
 */
final class Restatements {
    private static final Duration FIRST = Duration.ofMinutes(1);
    private static final Duration LONGEST = Duration.ofHours(1);
    private static final int MOST_DOUBLINGS = 6;

    private record Restated(long sequence, int times, long at) {}

    private final Map<String, Restated> restated = new HashMap<>();

    /** @param at now, in nanoseconds of a clock that is never set */
    void restated(String conversationId, long sequence, long at) {
        restated.merge(
                conversationId,
                new Restated(sequence, 1, at),
                (before, first) ->
                        before.sequence() == sequence ? new Restated(sequence, before.times() + 1, at) : first);
    }

    /** How often what was announced last of a conversation was put there. */
    int times(String conversationId, Checkpoint checkpoint) {
        return of(conversationId, checkpoint).map(Restated::times).orElse(0);
    }

    /** Whether the pause before the next attempt is not over. */
    boolean isWaiting(String conversationId, Checkpoint checkpoint, long now) {
        return of(conversationId, checkpoint)
                .filter(last -> now - last.at() < pause(last.times()).toNanos())
                .isPresent();
    }

    private Optional<Restated> of(String conversationId, Checkpoint checkpoint) {
        return Optional.ofNullable(restated.get(conversationId))
                .filter(last -> checkpoint.isNewest(conversationId, last.sequence()));
    }

    private static Duration pause(int times) {
        Duration doubled = FIRST.multipliedBy(1L << Math.min(times - 1, MOST_DOUBLINGS));
        return doubled.compareTo(LONGEST) < 0 ? doubled : LONGEST;
    }

    void retain(Predicate<String> conversationIds) {
        restated.keySet().removeIf(conversationIds.negate());
    }

    void clear() {
        restated.clear();
    }
}
