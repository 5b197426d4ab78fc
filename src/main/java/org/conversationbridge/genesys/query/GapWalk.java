// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.genesys.query;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.conversationbridge.budget.Urgency;
import org.conversationbridge.conversation.Conversation;
import org.conversationbridge.failure.BridgeException;
import org.conversationbridge.failure.FailureText;
import org.conversationbridge.failure.MalformedConversationException;
import org.conversationbridge.gap.Gap;
import org.conversationbridge.genesys.Enquiry;
import org.conversationbridge.genesys.GenesysRequest;
import org.conversationbridge.genesys.Interval;
import org.conversationbridge.genesys.failure.AccessDeniedException;
import org.conversationbridge.genesys.failure.IntervalTooLongException;
import org.conversationbridge.genesys.failure.InvalidRequestException;
import org.conversationbridge.genesys.reading.ConversationDetails;
import org.conversationbridge.history.FinishedConversation;
import org.conversationbridge.settings.PollSettings;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Queries the conversations that ended in a gap from the details query, request by request, page by page: the newest end
 * first, whenever they began, until the gap begins, and a little longer: parts of Genesys Cloud have clocks of their
 * own, and what was announced is left out anyway. Used by one thread.
 */
public final class GapWalk implements Enquiry {
    private static final Logger LOG = LoggerFactory.getLogger(GapWalk.class);
    private static final String OPERATION = "conversations of a gap";

    /** After a longer gap no history is reused any more; so nothing is kept for them. */
    private static final Duration LONGEST_RENEWAL = Duration.ofHours(1);

    private final Gap gap;
    private final Instant from;
    private final Instant since;
    private final List<String> mediaTypes;
    private final Set<String> awaited;
    private final boolean renewsHistories;
    private final Interval asked;
    private final LookBack lookBack;
    private final DescendingEnds ends;
    private final PageWalk walk;
    private final List<ConversationDetails> told = new ArrayList<>();
    private final Map<String, List<FinishedConversation>> parts = new HashMap<>();
    private int requests;
    private int unreadable;
    private @Nullable String failure;

    /**
     * @param oldestHistory as of when it is; its renewal begins there, which is queried as well where that is no
     *     longer than the gap
     * @param awaited conversations whose end or completion is awaited
     * @param lookBack how far back it is queried
     */
    public GapWalk(
            Gap gap, Optional<Instant> oldestHistory, Set<String> awaited, PollSettings settings, LookBack lookBack) {
        this.gap = gap;
        this.from = gap.from().minus(Conversation.CLOCKS_DIFFER);
        this.renewsHistories = settings.mediaTypes().isEmpty()
                && !gap.from().plus(LONGEST_RENEWAL).isBefore(gap.to());
        this.since = oldestHistory
                .filter(asOf -> renewsHistories && asOf.isBefore(gap.from()))
                .map(asOf -> later(asOf, gap.from().minus(Duration.between(gap.from(), gap.to()))))
                .filter(earlier -> earlier.isBefore(from))
                .orElse(from);
        this.awaited = Set.copyOf(awaited);
        this.mediaTypes = settings.mediaTypes();
        this.asked = new Interval(since, gap.to());
        this.lookBack = lookBack;
        this.ends = new DescendingEnds(asked, since, lookBack);
        this.walk = new PageWalk(pieces(), settings.pageSize());
        walk.readAgainWhereShort(true);
    }

    private List<PageWalk.Part> pieces() {
        return lookBack.ended(asked).stream()
                .map(piece -> new PageWalk.Part(piece, List.of()))
                .toList();
    }

    /** From when on everything that ended is queried: the start of the gap, or earlier. */
    public Instant since() {
        return since;
    }

    /** Until when. */
    public Instant until() {
        return gap.to();
    }

    @Override
    public boolean hasNext() {
        return walk.hasNext();
    }

    @Override
    public Urgency urgency() {
        return Urgency.RECONCILIATION;
    }

    @Override
    public GenesysRequest next() {
        requests++;
        return DetailsQuery.newestFirst(walk.part().interval(), lookBack.endOrder())
                .anySegment("mediaType", mediaTypes)
                .conversationEnd("exists")
                .page(OPERATION, walk.pageSize(), walk.pageNumber());
    }

    /**
     * Takes the answer to the last request: what ended in the gap. What cannot be read is left out; the log names it.
     */
    @Override
    public List<ConversationDetails> accept(JsonNode answer) {
        List<JsonNode> entities = ActiveConversationsApi.elements(answer, "conversations");
        lookBack.accepted();
        ends.advance(walk, entities, answer);
        List<ConversationDetails> ended = entities.stream()
                .filter(entity -> !DescendingEnds.end(entity)
                        .filter(end -> end.isBefore(since))
                        .isPresent())
                .flatMap(entity -> read(entity).stream())
                .toList();
        ended.forEach(this::keep);
        return ended.stream().filter(read -> hasEndedSince(read, from)).toList();
    }

    private void keep(ConversationDetails ended) {
        if (awaited.contains(ended.conversationId())) {
            told.add(ended);
        }
        if (renewsHistories) {
            ended.parts()
                    .forEach((userId, part) -> parts.computeIfAbsent(userId, id -> new ArrayList<>())
                            .add(part));
        }
    }

    /** What the answers reported about the awaited conversations: these need not be requested by id. */
    public List<ConversationDetails> told() {
        return List.copyOf(told);
    }

    /**
     * What every agent did in what ended in this time, by user id; empty if it is not known of every conversation,
     * or is of no use.
     */
    public Optional<Map<String, List<FinishedConversation>>> parts() {
        return renewsHistories && failure() == null && unreadable == 0 && !walk.hasNext() && !ends.isPartial()
                ? Optional.of(Map.copyOf(parts))
                : Optional.empty();
    }

    /**
     * Queries in another way from now on, if that can help: shorter intervals, smaller pages.
     *
     * @return false if the failure stands
     */
    public boolean askDifferently(Throwable cause) {
        if (lookBack.isShortenedAfter(cause, walk) || lookBack.isReorderedAfter(cause)) {
            walk.replace(pieces());
            return true;
        }
        return walk.askDifferently(cause);
    }

    /**
     * If querying in another way does not help, a refusal is given up, for the report to say so; anything else ends
     * the poll, and the next one finds the same gap.
     */
    @Override
    public void failed(Exception cause) throws Exception {
        if (askDifferently(cause)) {
            return;
        }
        if (cause instanceof AccessDeniedException
                || cause instanceof InvalidRequestException
                || cause instanceof IntervalTooLongException) {
            giveUp(((BridgeException) cause).code() + ": " + FailureText.of(cause));
            return;
        }
        throw cause;
    }

    /** Nothing more is requested. */
    public void giveUp(String why) {
        failure = why;
        walk.stop();
    }

    /** Requests so far. */
    public int requests() {
        return requests;
    }

    /** Why not everything was queried, or answered; null when it was. */
    public @Nullable String failure() {
        return failure == null ? walk.shortfall().orElse(null) : failure;
    }

    private Optional<ConversationDetails> read(JsonNode entity) {
        try {
            return Optional.of(ConversationDetails.read(entity))
                    .filter(read -> hasEndedSince(read, since))
                    .filter(read -> mediaTypes.isEmpty()
                            || mediaTypes.contains(read.conversation().mediaType()));
        } catch (MalformedConversationException e) {
            unreadable++;
            LOG.warn("conversation of a gap left out code={}: {}", e.code(), e.getMessage());
            return Optional.empty();
        }
    }

    private static Instant later(Instant one, Instant other) {
        return one.isAfter(other) ? one : other;
    }

    private static boolean hasEndedSince(ConversationDetails read, Instant instant) {
        Instant endedAt = read.conversation().endedAt();
        return endedAt != null && !endedAt.isBefore(instant);
    }
}
