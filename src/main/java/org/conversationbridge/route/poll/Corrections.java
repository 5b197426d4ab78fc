// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.route.poll;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import jakarta.jms.JMSException;
import java.time.Clock;
import java.time.Duration;
import org.apache.camel.Variable;
import org.conversationbridge.broker.OldestMessages;
import org.conversationbridge.change.AnnouncedCompletions;
import org.conversationbridge.change.ChangePage;
import org.conversationbridge.change.KeptTimes;
import org.conversationbridge.failure.ForeignMessageException;
import org.conversationbridge.genesys.query.ConfirmationWalk;
import org.conversationbridge.settings.Dialect;
import org.jspecify.annotations.Nullable;

/**
 * The completions that are looked at once more, later ({@code corrections} in the routes). They wait on a queue of
 * their own, in the order in which they were announced: a poll sees only its start, however many there are.
 */
public final class Corrections {
    /** About how many conversations one poll queries. */
    private static final int MOST_AT_ONCE = 1_000;

    private final OldestMessages waiting;
    private final Duration after;
    private final Clock clock;
    private final ObjectMapper json;

    /**
     * @param after from the completion to the look; 0 = none
     * @param dialect the tutorial dialect has no such query
     */
    public Corrections(OldestMessages waiting, Duration after, Dialect dialect, Clock clock, ObjectMapper json) {
        this.waiting = waiting;
        this.after = dialect == Dialect.TUTORIAL ? Duration.ZERO : after;
        this.clock = clock;
        this.json = json;
    }

    /** The completions of a page that are to wait; null if there are none. */
    public @Nullable AnnouncedCompletions toWait(@Variable("page") ChangePage page) {
        return after.isZero() ? null : AnnouncedCompletions.of(page).orElse(null);
    }

    /** Those that have waited long enough, the longest first. */
    public DueCorrections due() throws JMSException {
        DueCorrections due = new DueCorrections();
        if (!after.isZero()) {
            waiting.show((messageId, text) -> {
                AnnouncedCompletions completions = read(text);
                boolean isDue = !completions.announcedAt().plus(after).isAfter(clock.instant());
                if (isDue) {
                    due.add(messageId, completions);
                }
                return isDue && due.conversationIds().size() < MOST_AT_ONCE;
            });
        }
        return due;
    }

    /** They were looked at, and what was to be announced is: they need not wait any more. */
    public void done(
            @Variable("corrections") DueCorrections corrections, @Variable("confirmation") ConfirmationWalk lookup)
            throws JMSException {
        waiting.take(corrections.done(lookup));
    }

    private AnnouncedCompletions read(String text) {
        try {
            AnnouncedCompletions completions = json.readValue(text, AnnouncedCompletions.class);
            if (completions == null || !completions.isWhole()) {
                throw new ForeignMessageException("It contains no completions.");
            }
            if (completions.announcedAt().isAfter(clock.instant().plus(KeptTimes.MOST_WRONG))) {
                throw new ForeignMessageException("Its announcedAt lies ahead of the time at Genesys Cloud.");
            }
            return completions;
        } catch (JsonProcessingException e) {
            throw ForeignMessageException.of(e);
        }
    }
}
