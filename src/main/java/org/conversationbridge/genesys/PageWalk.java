// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.genesys;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/**
 * Walks page by page through the parts of a query: the next part begins when the last page of one is read. A part with
 * too many results is replaced by its halves; an answer that is too large is asked for again in smaller pages. Whoever
 * walks must expect a conversation more than once.
 */
final class PageWalk {
    /** Pages may not reach beyond this many results: the Platform API refuses them. */
    static final int MOST_RESULTS = 100_000;

    private static final Duration SHORTEST = Duration.ofSeconds(1);
    private static final int MOST_STEPS = 10_000;

    /**
     * @param interval conversations of this time
     * @param userIds of these agents; empty = of any
     */
    record Part(Interval interval, List<String> userIds) {}

    private final Deque<Part> parts;
    private int pageSize;
    private int pageNumber = 1;
    private int steps;

    PageWalk(List<Part> parts, int pageSize) {
        this.parts = new ArrayDeque<>(parts);
        this.pageSize = pageSize;
    }

    boolean hasNext() {
        return !parts.isEmpty();
    }

    Part part() {
        return parts.element();
    }

    int pageNumber() {
        return pageNumber;
    }

    int pageSize() {
        return pageSize;
    }

    /** A page was read: on to the next one, or the next part where it was the last. */
    void advance(boolean last) {
        step();
        if (last) {
            parts.remove();
            pageNumber = 1;
        } else {
            pageNumber++;
        }
    }

    /**
     * A details query's page was read.
     *
     * @param results conversations on the page
     * @param totalHits as told: approximate, so that a full page is never taken for the last
     */
    void advance(int results, long totalHits) {
        boolean more = results > 0 && (results >= pageSize || (long) pageNumber * pageSize < totalHits);
        if (more && (pageNumber + 1L) * pageSize > MOST_RESULTS) {
            halve();
        } else {
            advance(!more);
        }
    }

    /**
     * Goes on in another way after a failure: a part with too many results is replaced by its halves, one whose answer
     * would be too large is read again in pages of half the size.
     *
     * @return false where neither is the case or possible
     */
    boolean askDifferently(Throwable failure) {
        if (failure instanceof TooManyResultsException) {
            return halve();
        }
        return failure instanceof AnswerTooLargeException && shrinkPages();
    }

    /** Replaces the part by its halves; false where it is too short for that. */
    boolean halve() {
        step();
        Part part = parts.element();
        if (part.interval().length().compareTo(SHORTEST.multipliedBy(2)) < 0) {
            return false;
        }
        parts.remove();
        List<Interval> halves = part.interval().halves();
        parts.addFirst(new Part(halves.get(1), part.userIds()));
        parts.addFirst(new Part(halves.get(0), part.userIds()));
        pageNumber = 1;
        return true;
    }

    private boolean shrinkPages() {
        if (pageSize == 1) {
            return false;
        }
        pageSize = pageSize / 2;
        pageNumber = 1;
        return true;
    }

    /** Whatever the server tells of further pages, a walk ends. */
    private void step() {
        steps++;
        if (steps > MOST_STEPS) {
            throw new UnreadableAnswerException("it tells of more than " + MOST_STEPS + " pages");
        }
    }

    /** Nothing more is read. */
    void stop() {
        parts.clear();
    }
}
