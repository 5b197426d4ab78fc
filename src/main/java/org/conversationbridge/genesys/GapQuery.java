// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.genesys;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.conversationbridge.conversation.Conversation;
import org.conversationbridge.failure.MalformedConversationException;
import org.conversationbridge.gap.Gap;
import org.conversationbridge.settings.PollSettings;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks the details query for the conversations that ended in a gap, request by request, page by page. Whoever began before
 * it was announced then; so the days that the gap touches are enough. Used by one thread.
 */
public final class GapQuery {
    private static final Logger LOG = LoggerFactory.getLogger(GapQuery.class);
    private static final String OPERATION = "conversations of a gap";

    private final Gap gap;
    private final List<String> mediaTypes;
    private final PageWalk walk;
    private int requests;
    private @Nullable String failure;

    public GapQuery(Gap gap, PollSettings settings, Duration longestInterval) {
        this.gap = gap;
        this.mediaTypes = settings.mediaTypes();
        this.walk = new PageWalk(
                new Interval(gap.from(), gap.to())
                        .pieces(longestInterval).stream()
                                .map(piece -> new PageWalk.Part(piece, List.of()))
                                .toList(),
                settings.pageSize());
    }

    /** What is asked about. */
    public Gap gap() {
        return gap;
    }

    /** Whether there is something left to ask. */
    public boolean hasNext() {
        return walk.hasNext();
    }

    /** The next request. */
    public GenesysRequest next() {
        requests++;
        return new DetailsQuery(walk.part().interval(), "asc")
                .anySegment("mediaType", mediaTypes)
                .conversationEnd("exists")
                .page(OPERATION, walk.pageSize(), walk.pageNumber());
    }

    /** Takes the answer to the last request: what ended in the gap. What cannot be read is left out; the log names it. */
    public List<Conversation> accept(JsonNode answer) {
        List<JsonNode> entities = ActiveConversationsApi.elements(answer, "conversations");
        walk.advance(entities.size(), answer.path("totalHits").asLong(0));
        return entities.stream().flatMap(entity -> read(entity).stream()).toList();
    }

    /**
     * Asks in another way from now on, where that can help: shorter intervals, smaller pages.
     *
     * @return false where the failure stands
     */
    public boolean askDifferently(Throwable cause) {
        return walk.askDifferently(cause);
    }

    /** Nothing more is asked. */
    public void giveUp(String why) {
        failure = why;
        walk.stop();
    }

    /** Requests so far. */
    public int requests() {
        return requests;
    }

    /** Why not everything was asked; null when it was. */
    public @Nullable String failure() {
        return failure;
    }

    private Optional<Conversation> read(JsonNode entity) {
        try {
            Conversation conversation = AnalyticsConversationReader.read(entity);
            return Optional.of(conversation)
                    .filter(c -> mediaTypes.isEmpty() || mediaTypes.contains(c.mediaType()))
                    .filter(c -> c.endedAt() != null && !c.endedAt().isBefore(gap.from()));
        } catch (MalformedConversationException e) {
            LOG.warn("conversation of a gap left out code={}: {}", e.code(), e.getMessage());
            return Optional.empty();
        }
    }
}
