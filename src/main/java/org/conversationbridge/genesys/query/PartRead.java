// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.genesys.query;

import java.util.HashSet;
import java.util.Set;

/**
 * What was read of one part of a query, and whether that is all of it. The rules:
 *
 * <ul>
 *   <li>Different rows are counted, over every time that the pages are read: rows move between pages meanwhile.
 *   <li>The smallest total that a page with rows stated is what must be found. A row that ends while the pages are read
 *       lowers the total and lets one slip from a page not yet read to one read before, and one that begins raises it:
 *       so neither makes a walk short, and what slipped away is found by the next one. The total of an empty page
 *       applies only if it is the first.
 *   <li>{@code totalHits} of the details query is approximate (the vendor's word): two in a hundred need not be found.
 *       The total of a listing is exact.
 *   <li>A page with rows of which none is new, although more are promised, is a repetition: the server ignores the page
 *       number. Nothing more is requested.
 *   <li>Where a full page reaches the total of a details query, {@link StatedTotals} knows whether it is the last one.
 *   <li>An empty page is the last one, unless the answer states more pages; two empty pages in a row are the end.
 * </ul>
 */
final class PartRead {
    /** How to go on after a page. */
    enum Next {
        NEXT_PAGE,
        ALL_READ,
        /** The last page is read, and fewer rows than stated, or one before it is empty. */
        SHORT,
        /** More is promised than the pages bring; to read them again is of no use. */
        CUT_OFF
    }

    private static final long UNKNOWN = Long.MAX_VALUE;

    private final StatedTotals totals;
    private final Set<String> rows = new HashSet<>();
    private final Set<String> rowsThisTime = new HashSet<>();
    private long total = UNKNOWN;
    private boolean isApproximate;
    private boolean isAgain;
    private boolean isEmptyBefore;
    private boolean hasHole;
    private boolean checksTotal;
    private String cutOff = "";

    PartRead(StatedTotals totals) {
        this.totals = totals;
    }

    /**
     * Takes a page.
     *
     * @param number of the page
     * @param askedSize rows per page that were requested; 0 = none
     */
    Next take(Page page, int number, int askedSize) {
        boolean isNew = rowsThisTime.addAll(page.ids());
        rows.addAll(page.ids());
        isApproximate = page.isApproximate();
        if (page.total() > 0 && (!page.isEmpty() || number == 1)) {
            total = Math.min(total, page.total());
        }
        if (checksTotal) {
            totals.checked(page.isEmpty() || rowsThisTime.size() <= page.total());
        }
        boolean isAtTotal = page.isFullAtTotal(askedSize, rowsThisTime.size());
        checksTotal = isAtTotal && !totals.areBelieved();
        boolean more = isAtTotal ? checksTotal : page.promisesMore(number, askedSize, rowsThisTime.size());
        if (page.isEmpty()) {
            return afterEmpty(number < page.pages(), number);
        }
        isEmptyBefore = false;
        if (more && isNew) {
            return Next.NEXT_PAGE;
        }
        if (more && !(isTotalKnown() && missing() <= 0)) {
            cutOff = "page " + number + " repeats what was read (does the server ignore pageNumber?)";
            return Next.CUT_OFF;
        }
        return end();
    }

    private Next afterEmpty(boolean isCounted, int number) {
        hasHole |= isCounted;
        if (isCounted && !isEmptyBefore) {
            isEmptyBefore = true;
            return Next.NEXT_PAGE;
        }
        if (hasHole && !isTotalKnown()) {
            cutOff = "page " + number + " is empty although pageCount states more";
            return Next.SHORT;
        }
        return end();
    }

    private Next end() {
        if (hasHole && !isTotalKnown()) {
            cutOff = "a page before the last one is empty";
            return Next.SHORT;
        }
        boolean isShort = isTotalKnown() && missing() > Page.tolerated(total, isApproximate);
        return isShort ? Next.SHORT : Next.ALL_READ;
    }

    /** The pages are read from the first one on; false if they were already read twice. */
    boolean again() {
        if (isAgain) {
            return false;
        }
        isAgain = true;
        restart();
        return true;
    }

    /** The pages are read from the first one on, in another size. */
    void restart() {
        rowsThisTime.clear();
        cutOff = "";
        isEmptyBefore = false;
        hasHole = false;
        checksTotal = false;
    }

    /** What is missing, for the log. */
    String shortfall() {
        String found = isTotalKnown() ? rows.size() + " of " + total + " read" : rows.size() + " read";
        return cutOff.isEmpty() ? found : found + "; " + cutOff;
    }

    private boolean isTotalKnown() {
        return total != UNKNOWN;
    }

    private long missing() {
        return total - rows.size();
    }
}
