// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.genesys.query;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.conversationbridge.failure.MalformedConversationException;
import org.conversationbridge.genesys.Enquiry;
import org.conversationbridge.genesys.GenesysRequest;
import org.conversationbridge.genesys.Interval;
import org.conversationbridge.genesys.reading.ConversationDetails;
import org.conversationbridge.history.FinishedConversation;
import org.jspecify.annotations.Nullable;

/**
 * Queries what has ended since the last poll, whichever agent handled it, from the details query: the newest end first, until
 * the ends lie before that poll. In a normal contact centre that is one page, which reaches further back than that. Used
 * by one thread.
 */
public final class RecentEndsWalk implements Enquiry {
    /** Pages of one poll at most. */
    static final int MOST_PAGES = 50;

    private static final String OPERATION = "recent ends";

    private final Instant since;
    private final Instant until;
    private final Instant to;
    private final Set<String> wanted;
    private final LookBack lookBack;
    private final DescendingEnds ends;
    private final PageWalk walk;
    private final Set<String> ids = new HashSet<>();
    private final Map<String, ConversationDetails> told = new HashMap<>();
    private final Map<String, List<FinishedConversation>> parts = new HashMap<>();
    private int pages;
    private int unreadable;
    private boolean isCut;
    private @Nullable Exception failure;

    /**
     * @param since what has ended later is to be read
     * @param until the pages are read until the ends lie before: {@code since}, or earlier for late data
     * @param to now, by the clock of Genesys Cloud
     * @param wanted conversations whose end, or what became known after it, is looked for
     */
    RecentEndsWalk(
            Instant since, Instant until, Instant to, Set<String> wanted, LookBack lookBack, LargestPage largest) {
        this.since = since;
        this.until = until;
        this.to = to;
        this.wanted = wanted;
        this.lookBack = lookBack;
        this.ends = new DescendingEnds(new Interval(until, to), until, lookBack);
        this.walk = new PageWalk(pieces(), largest, new StatedTotals());
    }

    private List<PageWalk.Part> pieces() {
        return List.of(new PageWalk.Part(lookBack.recent(to), List.of()));
    }

    @Override
    public boolean hasNext() {
        return walk.hasNext();
    }

    @Override
    public GenesysRequest next() {
        return DetailsQuery.newestFirst(walk.part().interval(), lookBack.endOrder())
                .conversationEnd("exists")
                .page(OPERATION, walk.pageSize(), walk.pageNumber());
    }

    /** Takes the answer to the last request. If the newest ends do not come first, nothing more is requested. */
    @Override
    public List<?> accept(JsonNode answer) {
        List<JsonNode> conversations = ActiveConversationsApi.elements(answer, "conversations");
        lookBack.accepted();
        ends.advance(walk, conversations, answer);
        conversations.forEach(this::take);
        pages++;
        if (!lookBack.keepsOrder() || (pages >= MOST_PAGES && walk.hasNext())) {
            isCut = true;
            walk.stop();
        }
        return List.of();
    }

    private void take(JsonNode conversation) {
        try {
            ConversationDetails read = ConversationDetails.read(conversation);
            ids.add(read.conversationId());
            if (wanted.contains(read.conversationId())) {
                told.put(read.conversationId(), read);
            }
            read.parts()
                    .forEach((userId, part) -> parts.computeIfAbsent(userId, id -> new ArrayList<>())
                            .add(part));
        } catch (MalformedConversationException e) {
            // The query by its id names it, if its end is wanted.
            boolean isOlder = DescendingEnds.end(conversation)
                    .filter(end -> end.isBefore(since))
                    .isPresent();
            unreadable += isOlder ? 0 : 1;
        }
    }

    /** Queries in another way from now on, if that can help; else nothing more, and the poll goes on without it. */
    @Override
    public void failed(Exception cause) {
        if (lookBack.isShortenedAfter(cause, walk)) {
            walk.replace(pieces());
        } else if (lookBack.isReorderedAfter(cause)) {
            isCut = true;
            walk.stop();
        } else if (!walk.askDifferently(cause)) {
            failure = cause;
            walk.stop();
        }
    }

    /** Why not all of it was read. */
    public Optional<Exception> failure() {
        return Optional.ofNullable(failure);
    }

    /** Whether the answers report that a conversation has ended; one that is opened again may still be among them. */
    public boolean hasEnded(String conversationId) {
        return ids.contains(conversationId);
    }

    /** What the answers report about the wanted conversations: these need not be requested by id. */
    public List<ConversationDetails> told() {
        return List.copyOf(told.values());
    }

    /**
     * What agents did in what has ended since {@link #from}, by user id; empty if that is not all of it. It includes what
     * has become known since of what ended before, as far as the pages reach.
     */
    public Optional<Map<String, List<FinishedConversation>>> parts() {
        boolean isAll = failure == null && unreadable == 0 && walk.shortfall().isEmpty() && !walk.hasNext();
        return isAll && (!isCut || hasReached(since)) && lookBack.keepsOrder()
                ? Optional.of(Map.copyOf(parts))
                : Optional.empty();
    }

    /** From when on everything that ended was read. */
    public Instant from() {
        return ends.oldest().filter(oldest -> oldest.isBefore(since)).orElse(since);
    }

    /** Until when. */
    public Instant until() {
        return to;
    }

    /** Whether everything that ended after an instant was read: the pages reach back to it, or there are no more. */
    boolean hasReached(Instant instant) {
        boolean isCutOff = isCut || failure != null || walk.hasNext() || isRead(until);
        return isRead(instant) || !isCutOff;
    }

    private boolean isRead(Instant instant) {
        return ends.oldest().filter(oldest -> oldest.isBefore(instant)).isPresent();
    }
}
