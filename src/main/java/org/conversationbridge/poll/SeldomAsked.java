// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.poll;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/**
 * Conversations that polls do not find and of which a question by id brings nothing new: older than the look-back and
 * still open, never ending, or not known to analytics. Each is left alone for half the time for which its answer has
 * been the same, at most five minutes, and those left alone that long are due together, so that they share requests.
 * Kept in memory: after a restart they are queried as if for the first time. Used by the thread that polls.
 */
public final class SeldomAsked {
    /** The longest time without a question, and so the longest time until an end is noticed. */
    public static final Duration LONGEST = Duration.ofMinutes(5);

    private static final Duration AFTER_REFUSAL = Duration.ofMinutes(1);

    private enum Answer {
        GOES_ON,
        UNKNOWN,
        REFUSED
    }

    private record Standing(Answer answer, Instant since, Instant due) {}

    private final Map<String, Standing> standings = new HashMap<>();

    /** Forgets all others: polls find them again, or they have ended. */
    public void retain(Set<String> ids) {
        standings.keySet().retainAll(ids);
    }

    /** Whether a conversation is not to be requested yet. */
    public boolean isLeftAlone(String id, Instant now) {
        Standing standing = standings.get(id);
        return standing != null && standing.due().isAfter(now);
    }

    /** Whether it went on when it was requested. */
    public boolean isGoingOn(String id) {
        return is(id, Answer.GOES_ON);
    }

    /** Whether a question that names it was refused, so that it is to be requested alone. */
    public boolean isRefused(String id) {
        return is(id, Answer.REFUSED);
    }

    /**
     * It goes on.
     *
     * @param hasChanged whether it was announced as something else
     */
    public void goesOn(String id, boolean hasChanged, Instant now) {
        if (hasChanged) {
            standings.remove(id);
        }
        note(id, Answer.GOES_ON, now);
    }

    /** Analytics does not know it, or refuses requests for it. */
    public void unknown(String id, boolean isRefused, Instant now) {
        note(id, isRefused ? Answer.REFUSED : Answer.UNKNOWN, now);
    }

    private void note(String id, Answer answer, Instant now) {
        Standing last = standings.get(id);
        Instant since = last != null && last.answer() == answer ? last.since() : now;
        Duration pause = Duration.between(since, now).dividedBy(2);
        if (answer == Answer.REFUSED && pause.compareTo(AFTER_REFUSAL) < 0) {
            pause = AFTER_REFUSAL;
        }
        Instant due = pause.compareTo(LONGEST) < 0 ? now.plus(pause) : nextCommon(now);
        standings.put(id, new Standing(answer, since, due));
    }

    private boolean is(String id, Answer answer) {
        Standing standing = standings.get(id);
        return standing != null && standing.answer() == answer;
    }

    private static Instant nextCommon(Instant now) {
        long length = LONGEST.toMillis();
        return Instant.ofEpochMilli((now.toEpochMilli() / length + 1) * length);
    }
}
