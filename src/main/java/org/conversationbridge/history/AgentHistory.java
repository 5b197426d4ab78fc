// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.history;

import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What one agent did in a window of time.
 *
 * @param asOf when Genesys Cloud was queried
 * @param from start of the window; absent without a window, as {@code to}
 * @param conversations every conversation of the window that has ended, newest first
 */
public record AgentHistory(
        HistoryStatus status,
        Instant asOf,
        @Nullable Instant from,
        @Nullable Instant to,
        List<FinishedConversation> conversations) {

    private static final Comparator<FinishedConversation> NEWEST_FIRST =
            Comparator.comparing(FinishedConversation::endedAt, Comparator.nullsLast(Comparator.reverseOrder()));

    /** Sorts; conversations without an end keep the order of the answer. */
    public AgentHistory {
        conversations = conversations.stream().sorted(NEWEST_FIRST).toList();
    }

    /** No agent, no history. */
    public static AgentHistory none(Instant asOf) {
        return new AgentHistory(HistoryStatus.NONE, asOf, null, null, List.of());
    }

    /** It was unavailable. */
    public static AgentHistory unavailable(Instant asOf) {
        return new AgentHistory(HistoryStatus.UNAVAILABLE, asOf, null, null, List.of());
    }

    /**
     * The same as of a later instant: its window moves on.
     *
     * @param ended what the agent did in each conversation that has ended meanwhile; others replace what was known of
     *     them
     */
    public AgentHistory until(Instant later, Collection<FinishedConversation> ended) {
        Instant begin = from == null ? later : from.plus(Duration.between(asOf, later));
        Map<String, FinishedConversation> all = new LinkedHashMap<>();
        Stream.concat(conversations.stream(), ended.stream())
                .filter(part -> part.endedAt() != null
                        && !part.endedAt().isBefore(begin)
                        && !part.endedAt().isAfter(later))
                .forEach(part -> all.put(part.conversationId(), part.since(begin)));
        return new AgentHistory(status, later, begin, later, List.copyOf(all.values()));
    }

    /** The same without conversations that go on again. */
    AgentHistory without(Predicate<String> goesOn) {
        return conversations.stream().noneMatch(part -> goesOn.test(part.conversationId()))
                ? this
                : new AgentHistory(
                        status,
                        asOf,
                        from,
                        to,
                        conversations.stream()
                                .filter(part -> !goesOn.test(part.conversationId()))
                                .toList());
    }

    /**
     * The summary for a message about a live conversation.
     *
     * @param liveConversationId left out of list, count and averages
     * @param limit conversations listed
     */
    public HistorySummary summary(String liveConversationId, int limit) {
        List<FinishedConversation> others = conversations.stream()
                .filter(conversation -> !conversation.conversationId().equals(liveConversationId))
                .toList();
        return new HistorySummary(
                status,
                asOf,
                from,
                to,
                others.size(),
                others.stream()
                        .limit(limit)
                        .map(FinishedConversation::withoutPieces)
                        .toList(),
                Averages.of(others));
    }
}
