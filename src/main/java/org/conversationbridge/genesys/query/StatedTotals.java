// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.genesys.query;

/**
 * Whether the total of a details query is believed where a full page reaches it, so that no empty page is requested
 * after it. {@code totalHits} is approximate (the vendor's word), and an index may stop counting somewhere: so the page
 * after a full one is requested the first time, and once in {@value #CHECKED} times from then on. If it holds more than
 * the total, it is requested each time until a total proves right again. Kept from poll to poll. Safe for many threads.
 */
final class StatedTotals {
    static final int CHECKED = 20;

    private boolean isProven;
    private int believed;

    /** Whether a full page that reaches the total is the last one; else the next page is to be checked. */
    synchronized boolean areBelieved() {
        if (!isProven || believed >= CHECKED - 1) {
            return false;
        }
        believed++;
        return true;
    }

    /**
     * The page after a full one that reached the total has come.
     *
     * @param isRight whether there was no more than the total
     */
    synchronized void checked(boolean isRight) {
        isProven = isRight;
        believed = 0;
    }
}
