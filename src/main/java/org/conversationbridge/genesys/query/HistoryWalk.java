// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.genesys.query;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.conversationbridge.failure.MalformedConversationException;
import org.conversationbridge.genesys.GenesysRequest;
import org.conversationbridge.genesys.Interval;
import org.conversationbridge.genesys.failure.InvalidRequestException;
import org.conversationbridge.history.AgentHistory;
import org.conversationbridge.history.FinishedConversation;
import org.conversationbridge.history.HistoryStatus;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/**
 * One look-up of the histories of many agents: request by request, page by page, each conversation once. Used by one
 * thread.
 */
public final class HistoryWalk {
    private static final Logger LOG = LoggerFactory.getLogger(HistoryWalk.class);

    private final HistoryApi api;
    private final Interval window;
    private final int maxPages;
    private final Map<String, Map<String, FinishedConversation>> byUser = new LinkedHashMap<>();
    private final PageWalk walk;
    private int pagesRead;
    private int unreadable;
    private boolean partial;
    private boolean repeated;
    private @Nullable Throwable refusal;

    HistoryWalk(HistoryApi api, Interval window, List<String> userIds, int maxPages) {
        this.api = api;
        this.window = window;
        this.maxPages = maxPages;
        this.walk = api.walk(userIds);
        userIds.forEach(userId -> byUser.put(userId, new LinkedHashMap<>()));
    }

    /** The agents queried. */
    public Set<String> userIds() {
        return byUser.keySet();
    }

    /** Whether there is a request left. */
    public boolean hasNext() {
        return walk.hasNext();
    }

    /** The next request. */
    public GenesysRequest next() {
        return api.request(walk);
    }

    /**
     * Takes the answer to the last request. A conversation that cannot be read is left out and makes it partial; the
     * log names the first one.
     */
    public void accept(JsonNode answer) {
        api.accept(walk, answer).forEach(this::add);
        pagesRead++;
        partial |= walk.shortfall().isPresent();
        if (pagesRead >= maxPages && walk.hasNext()) {
            LOG.warn(
                    "history agents={} pages={}: history.max-pages reached, the histories are partial;"
                            + " raise it or shorten history.window",
                    byUser.size(),
                    pagesRead);
            partial = true;
            walk.stop();
        }
    }

    /**
     * Queries in another way from now on, if that can help: shorter intervals, smaller pages.
     *
     * @return false if the failure stands
     */
    public boolean askDifferently(Throwable failure) {
        int refused = api.refused().size();
        boolean helps = api.askDifferently(walk, failure);
        if (refusal == null && api.refused().size() > refused) {
            refusal = failure;
        }
        return helps;
    }

    /**
     * Whether the last request is to be repeated at once, which happens once per look-up: a redirect is hardly
     * ever Genesys Cloud's, but that of a proxy on the way.
     */
    public boolean repeat(Throwable failure) {
        boolean isRedirect = failure instanceof InvalidRequestException refused && refused.httpStatus() / 100 == 3;
        boolean again = isRedirect && !repeated;
        repeated |= isRedirect;
        return again;
    }

    /** Agents for whom a query was refused that was for them alone, while others were answered. */
    public Set<String> refused() {
        return api.refused();
    }

    /** Agents who were left out as too many queries were refused: a later look-up continues with them. */
    public Set<String> leftOut() {
        return api.leftOut();
    }

    /** The first refusal of a query for one agent. */
    public Optional<Throwable> refusal() {
        return Optional.ofNullable(refusal);
    }

    /** The histories found, by user id; an agent without a conversation has an empty one, one refused has none. */
    public Map<String, AgentHistory> histories() {
        HistoryStatus status = partial || api.isPartial() ? HistoryStatus.PARTIAL : HistoryStatus.COMPLETE;
        Set<String> without = new HashSet<>(api.refused());
        without.addAll(api.leftOut());
        return byUser.entrySet().stream()
                .filter(found -> !without.contains(found.getKey()))
                .collect(Collectors.toMap(
                        Map.Entry::getKey,
                        found -> new AgentHistory(
                                status,
                                window.to(),
                                window.from(),
                                window.to(),
                                List.copyOf(found.getValue().values()))));
    }

    private void add(JsonNode conversation) {
        try {
            api.read(conversation, userIds())
                    .forEach((userId, part) ->
                            Objects.requireNonNull(byUser.get(userId)).put(part.conversationId(), part));
        } catch (MalformedConversationException e) {
            LOG.atLevel(unreadable == 0 ? Level.WARN : Level.DEBUG)
                    .log("history code={}: left out of the histories: {}", e.code(), e.getMessage());
            unreadable++;
            partial = true;
        }
    }
}
