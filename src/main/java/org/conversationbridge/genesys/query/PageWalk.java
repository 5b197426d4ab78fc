// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.genesys.query;

import java.time.Clock;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import org.conversationbridge.genesys.Interval;
import org.conversationbridge.genesys.failure.AnswerTooLargeException;
import org.conversationbridge.genesys.failure.TooManyResultsException;
import org.conversationbridge.genesys.failure.UnreadableAnswerException;
import org.jspecify.annotations.Nullable;

/**
 * Walks page by page through the parts of a query, in one page size: the next part begins when the last page of one is
 * read. A part with too many results is replaced by its halves; an answer that is too large is requested again in
 * smaller pages, from the first one on, because page numbers count pages of one size. A walk must expect a row
 * more than once.
 *
 * <p>A part is incomplete where fewer rows were read than the answers stated, or a page brought nothing new although
 * more was promised ({@link PartRead} has the rules). The walk goes on with its other parts then and says so at its
 * end.
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
    private final LargestPage largest;
    private final StatedTotals totals;
    private int pageSize;
    private int pageNumber = 1;
    private int steps;
    private PartRead read;
    private boolean readsAgain;
    private @Nullable String shortfall;

    /** One that forgets what it finds out about the server. */
    PageWalk(List<Part> parts, int pageSize) {
        this(parts, new LargestPage(pageSize, Clock.systemUTC()), new StatedTotals());
    }

    /**
     * One that keeps what it finds out for those after it.
     *
     * @param largest page that the server takes
     * @param totals whether those that it states are right
     */
    PageWalk(List<Part> parts, LargestPage largest, StatedTotals totals) {
        this.parts = new ArrayDeque<>(parts);
        this.largest = largest;
        this.totals = totals;
        this.pageSize = largest.size();
        this.read = new PartRead(totals);
    }

    /**
     * If fewer rows were read than stated, the pages of the part are read once more: a page may come too short or
     * empty once, if a part of the server lags behind another.
     */
    void readAgainWhereShort(boolean again) {
        readsAgain = again;
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

    /** Rows per page to request; 0 = as many as the server likes. */
    int pageSize() {
        return pageSize;
    }

    /** A page was read: on to the next one, to the first one once more, or to the next part. */
    void advance(Page page) {
        step();
        switch (read.take(page, pageNumber, pageSize)) {
            case NEXT_PAGE -> nextPage();
            case ALL_READ -> endPart();
            case SHORT -> {
                if (readsAgain && read.again()) {
                    pageNumber = 1;
                } else {
                    endShort(read.shortfall());
                }
            }
            case CUT_OFF -> endShort(read.shortfall());
        }
    }

    /** Enough of the part is read, whatever its other pages hold. */
    void endPart() {
        parts.remove();
        pageNumber = 1;
        read = new PartRead(totals);
    }

    /** The part cannot be read to its end. */
    void endShort(String why) {
        shortfall = shortfall == null ? why : shortfall;
        endPart();
    }

    /** Why it is not complete, as far as it went; the first reason where there are many. Empty where all was read. */
    Optional<String> shortfall() {
        return Optional.ofNullable(shortfall);
    }

    /**
     * Goes on in another way after a failure: a part with too many results is replaced by its halves, one whose answer
     * would be too large is read again in pages of half the size.
     *
     * @return false if neither is the case or possible
     */
    boolean askDifferently(Throwable failure) {
        if (failure instanceof TooManyResultsException) {
            return halve();
        }
        if (failure instanceof AnswerTooLargeException && pageSize > 1) {
            largest.reduced(pageSize / 2);
            return resize(pageSize / 2);
        }
        return false;
    }

    /**
     * Requests no page size any more: some servers refuse a parameter that the description of a listing does not have.
     *
     * @return false if none is requested
     */
    boolean askWithoutSize() {
        return pageSize > 0 && resize(0);
    }

    /** Replaces the part by its halves; false if it is too short for that. */
    boolean halve() {
        step();
        Part part = parts.element();
        if (part.interval().length().compareTo(SHORTEST.multipliedBy(2)) < 0) {
            return false;
        }
        endPart();
        List<Interval> halves = part.interval().halves();
        parts.addFirst(new Part(halves.get(1), part.userIds()));
        parts.addFirst(new Part(halves.get(0), part.userIds()));
        return true;
    }

    /** The parts that are left, the one it stands at first. */
    List<Part> left() {
        return List.copyOf(parts);
    }

    /** Goes on with other parts than those that are left, each from its first page. */
    void replace(List<Part> others) {
        step();
        parts.clear();
        parts.addAll(others);
        pageNumber = 1;
        read = new PartRead(totals);
    }

    /**
     * Only what the part shares with an interval is of interest: that is read from its first page, or nothing of it.
     */
    void narrow(Interval interval) {
        step();
        Part wide = parts.element();
        endPart();
        wide.interval().shared(interval).ifPresent(shared -> parts.addFirst(new Part(shared, wide.userIds())));
    }

    private void nextPage() {
        if ((pageNumber + 1L) * Math.max(1, pageSize) <= MOST_RESULTS) {
            pageNumber++;
        } else if (!halve()) {
            endShort("pages end at " + MOST_RESULTS + " results");
        }
    }

    private boolean resize(int newSize) {
        pageSize = newSize;
        pageNumber = 1;
        read.restart();
        return true;
    }

    /** Whatever the server says of further pages, a walk ends. */
    private void step() {
        steps++;
        if (steps > MOST_STEPS) {
            throw new UnreadableAnswerException("it states more than " + MOST_STEPS + " pages");
        }
    }

    /** Nothing more is read. */
    void stop() {
        parts.clear();
    }
}
