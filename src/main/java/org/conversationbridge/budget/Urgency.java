// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.budget;

/**
 * How urgent a request is, the most urgent first. Each leaves a part of every limit to those above it, so that a poll
 * never waits for what saturates the rest.
 */
public enum Urgency {
    /** Who is live and what ended since the last poll, and the channels that notify of it. */
    POLL(100),
    /** What the agents of a page did recently; the page waits for it. */
    HISTORY(90),
    /** Ends and completions that are requested by id. */
    ENDED(80),
    /** Names of queues, users and wrap-up codes; no message waits for them. */
    NAMES(70),
    /** What was missed during a gap. */
    RECONCILIATION(60);

    private static final int WHOLE = 100;

    private final int percent;

    Urgency(int percent) {
        this.percent = percent;
    }

    /** How much of a limit it may use, together with all the others; at least 1. */
    int of(int limit) {
        return Math.max(1, Math.toIntExact((long) limit * percent / WHOLE));
    }
}
