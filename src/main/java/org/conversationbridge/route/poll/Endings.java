// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.route.poll;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.camel.Body;
import org.apache.camel.Variable;
import org.conversationbridge.budget.Pace;
import org.conversationbridge.change.ConversationChange;
import org.conversationbridge.checkpoint.Checkpoint;
import org.conversationbridge.conversation.State;
import org.conversationbridge.failure.MalformedConversationException;
import org.conversationbridge.failure.UnreadableConversations;
import org.conversationbridge.genesys.query.ConfirmationWalk;
import org.conversationbridge.genesys.query.GapWalk;
import org.conversationbridge.genesys.query.RecentEndsWalk;
import org.conversationbridge.genesys.reading.ConversationDetails;
import org.conversationbridge.poll.SeldomAsked;
import org.conversationbridge.privacy.Privacy;
import org.conversationbridge.settings.Dialect;
import org.conversationbridge.settings.EndingSettings;
import org.conversationbridge.text.ForeignText;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The steps of confirm-ended ({@code endings} in the routes). */
public final class Endings {
    private static final Logger LOG = LoggerFactory.getLogger(Endings.class);

    private final EndingSettings settings;
    private final Dialect dialect;
    private final Privacy privacy;
    private final Clock clock;
    private final Clock steady;
    private final Pace pace = new Pace();
    private final UnreadableConversations unreadable;
    private final SeldomAsked seldom = new SeldomAsked();
    /** Those whose refusal was reported. */
    private final Cache<String, Boolean> refused =
            Caffeine.newBuilder().maximumSize(10_000).build();

    /**
     * @param clock of Genesys Cloud
     * @param steady one that is never set, for how long something is left alone
     */
    public Endings(EndingSettings settings, Dialect dialect, Privacy privacy, Clock clock, Clock steady) {
        this.settings = settings;
        this.dialect = dialect;
        this.privacy = privacy;
        this.clock = clock;
        this.steady = steady;
        this.unreadable = new UnreadableConversations(steady);
    }

    /** How long to wait for a turn, in milliseconds, at one turn per interval. */
    public long turn(long intervalMillis) {
        return pace.turn(intervalMillis);
    }

    /**
     * Starts the queries for what the poll did not find, and for completions that are due or to be looked at once more; not
     * for what the answers about a gap or about recent ends reported, nor each time for that of which the last answers
     * brought nothing new.
     */
    public ConfirmationWalk begin(
            @Variable("checkpoint") Checkpoint checkpoint,
            @Variable("gapQuery") @Nullable GapWalk gapQuery,
            @Variable("recentEnds") @Nullable RecentEndsWalk recentEnds,
            @Variable("corrections") DueCorrections corrections) {
        Instant now = clock.instant();
        if (dialect == Dialect.TUTORIAL) {
            return ConfirmationWalk.ofUnknown(checkpoint.wanted(now));
        }
        List<ConversationDetails> told = Stream.concat(
                        gapQuery == null ? Stream.empty() : gapQuery.told().stream(),
                        recentEnds == null ? Stream.empty() : recentEnds.told().stream())
                .toList();
        Set<String> leftAlone = leftAlone(checkpoint, told, steady.instant());
        checkpoint.goOn(leftAlone.stream().filter(seldom::isGoingOn).toList());
        List<String> wanted = Stream.concat(checkpoint.wanted(now).stream(), corrections.conversationIds().stream())
                .filter(id -> !leftAlone.contains(id))
                .distinct()
                .toList();
        ConfirmationWalk lookup = ConfirmationWalk.of(wanted, told, seldom::isRefused, settings.idsPerRequest());
        lookup.stillUnknown(
                leftAlone.stream().filter(id -> !seldom.isGoingOn(id)).toList());
        return lookup;
    }

    private Set<String> leftAlone(Checkpoint checkpoint, List<ConversationDetails> told, Instant now) {
        Set<String> missing = checkpoint.missing();
        seldom.retain(missing);
        told.forEach(each -> missing.remove(each.conversationId()));
        missing.removeIf(id -> !seldom.isLeftAlone(id, now));
        return missing;
    }

    /** The log names what cannot be read of an answer, once. */
    public void noteUnreadable(@Body List<MalformedConversationException> unreadableOnes) {
        for (MalformedConversationException failure : unreadableOnes) {
            if (!unreadable.isTold(failure)) {
                unreadable.told(failure);
                LOG.warn("end of a conversation not confirmed code={}: {}", failure.code(), failure.getMessage());
            }
        }
    }

    /** The changes to announce. */
    public List<ConversationChange> changes(
            @Variable("checkpoint") Checkpoint checkpoint,
            @Variable("confirmation") ConfirmationWalk lookup,
            @Variable("corrections") DueCorrections corrections) {
        Instant now = clock.instant();
        Set<String> wanted = Set.copyOf(checkpoint.wanted(now));
        Set<String> awaited = checkpoint.awaited(now);
        Set<String> missing = checkpoint.missing();
        List<ConversationDetails> found = lookup.found().stream()
                .map(each ->
                        each.with(privacy.apply(each.conversation()).asOf(now)).settled(now, settings.settleAfter()))
                .toList();
        List<ConversationChange> changes = new ArrayList<>(corrections.changes(checkpoint, found, now));
        found.stream().filter(each -> awaited.contains(each.conversationId())).forEach(each -> {
            Optional<ConversationChange> change = checkpoint.confirm(each.conversation(), each.completion(), now);
            change.ifPresent(changes::add);
            if (missing.contains(each.conversationId()) && each.conversation().state() != State.ENDED) {
                seldom.goesOn(each.conversationId(), change.isPresent(), steady.instant());
            }
        });
        lookup.unknown().stream()
                .filter(wanted::contains)
                .forEach(id -> checkpoint.confirmUnknown(id, now).ifPresent(changes::add));
        lookup.malformed().stream()
                .sorted()
                .filter(this::isFirstRefused)
                .forEach(id -> LOG.warn(
                        "Genesys Cloud rejects requests for conversation {}. It is requested separately and less often from now"
                                + " on; the others of that request were requested without it.",
                        ForeignText.printable(id, ForeignText.LONGEST_IDENTIFIER)));
        missing.stream()
                .filter(id -> lookup.isAnswered(id) && lookup.unknown().contains(id))
                .forEach(id -> seldom.unknown(id, lookup.isRefused(id), steady.instant()));
        return changes;
    }

    private boolean isFirstRefused(String id) {
        return refused.asMap().putIfAbsent(id, true) == null;
    }
}
