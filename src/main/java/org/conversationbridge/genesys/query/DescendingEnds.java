// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.genesys.query;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.conversationbridge.failure.MalformedConversationException;
import org.conversationbridge.genesys.Interval;
import org.conversationbridge.genesys.reading.JsonObject;
import org.jspecify.annotations.Nullable;

/**
 * Walks through conversations that have ended, the newest end first, until the ends lie before a window: what began
 * long ago costs no page more. If the server does not keep that order, all pages are read if they are few, else
 * only those of what began in the window, which is not all that ended in it. Used by one thread.
 */
final class DescendingEnds {
    /** Pages read of an interval whose order is not kept. */
    static final int MOST_PAGES = 5;

    private final Interval window;
    private final Instant until;
    private final LookBack lookBack;
    private final Set<String> seen = new HashSet<>();
    private PageWalk.@Nullable Part part;
    private @Nullable Instant oldest;
    private boolean isDescending = true;
    private boolean isPartial;

    /**
     * @param window what ended in it is looked for
     * @param until no conversation that ended before is of interest
     */
    DescendingEnds(Interval window, Instant until, LookBack lookBack) {
        this.window = window;
        this.until = until;
        this.lookBack = lookBack;
    }

    /** Whether something may have been left out. */
    boolean isPartial() {
        return isPartial;
    }

    /** The oldest end that was read of a part; empty where none was. */
    Optional<Instant> oldest() {
        return Optional.ofNullable(oldest);
    }

    /** A page was read: on to the next one, the next part, or a shorter one. */
    void advance(PageWalk walk, List<JsonNode> conversations, JsonNode answer) {
        begin(walk.part());
        conversations.forEach(this::look);
        Page page = Page.ofQuery(conversations, answer);
        if (isDescending && oldest != null && oldest.isBefore(until)) {
            walk.endPart();
        } else if (isDescending || pages(walk, page.total()) <= MOST_PAGES || isWithin(window, walk.part())) {
            walk.advance(page);
        } else {
            isPartial = true;
            walk.narrow(window);
        }
    }

    private void begin(PageWalk.Part next) {
        if (!next.equals(part)) {
            part = next;
            oldest = null;
            isDescending = true;
            seen.clear();
        }
    }

    /** Pages shift while they are read, so that only what comes for the first time is used. */
    private void look(JsonNode conversation) {
        Optional<Instant> end = end(conversation);
        if (end.isEmpty() || !seen.add(conversation.path("conversationId").asText())) {
            return;
        }
        if (oldest != null && end.get().isAfter(oldest)) {
            isDescending = false;
            lookBack.orderIsNotKept("orderBy=conversationEnd is ignored");
        } else {
            oldest = end.get();
        }
    }

    /** When a conversation ended; empty if that cannot be read, which is said by who reads all of it. */
    static Optional<Instant> end(JsonNode conversation) {
        try {
            return Optional.ofNullable(
                    JsonObject.conversation(conversation, "conversationId").time("conversationEnd"));
        } catch (MalformedConversationException e) {
            return Optional.empty();
        }
    }

    private static long pages(PageWalk walk, long totalHits) {
        long read = (long) walk.pageNumber() * walk.pageSize();
        return (Math.max(totalHits, read) + walk.pageSize() - 1) / walk.pageSize();
    }

    private static boolean isWithin(Interval window, PageWalk.Part part) {
        return !part.interval().from().isBefore(window.from());
    }
}
