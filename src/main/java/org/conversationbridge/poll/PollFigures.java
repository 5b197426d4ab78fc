// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.poll;

import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;

/**
 * How often each {@link Figure} was counted, at one moment.
 *
 * @param counts those that were counted at all
 */
public record PollFigures(Map<Figure, Long> counts) {
    static final PollFigures ZERO = new PollFigures(Map.of());

    public PollFigures {
        Map<Figure, Long> copy = new EnumMap<>(Figure.class);
        copy.putAll(counts);
        counts = Collections.unmodifiableMap(copy);
    }

    PollFigures plus(Figure figure, long more) {
        Map<Figure, Long> sums = new EnumMap<>(Figure.class);
        sums.putAll(counts);
        sums.merge(figure, more, Long::sum);
        return new PollFigures(sums);
    }

    /** How often it was counted; 0 if it was not. */
    public long of(Figure figure) {
        return counts.getOrDefault(figure, 0L);
    }

    /** See {@link Figure#POLLS}. */
    public long polls() {
        return of(Figure.POLLS);
    }

    /** See {@link Figure#FAILED_POLLS}. */
    public long failedPolls() {
        return of(Figure.FAILED_POLLS);
    }

    /** See {@link Figure#FOUND}. */
    public long found() {
        return of(Figure.FOUND);
    }

    /** See {@link Figure#CHANGED}. */
    public long changed() {
        return of(Figure.CHANGED);
    }

    /** See {@link Figure#DELIVERED}. */
    public long delivered() {
        return of(Figure.DELIVERED);
    }

    /** See {@link Figure#PARKED}. */
    public long parked() {
        return of(Figure.PARKED);
    }

    /** See {@link Figure#INCOMPLETE_POLLS}. */
    public long incompletePolls() {
        return of(Figure.INCOMPLETE_POLLS);
    }

    /** See {@link Figure#GAPS}. */
    public long gaps() {
        return of(Figure.GAPS);
    }

    /** See {@link Figure#NOTIFICATIONS}. */
    public long notifications() {
        return of(Figure.NOTIFICATIONS);
    }

    /** See {@link Figure#UNREADABLE}. */
    public long unreadable() {
        return of(Figure.UNREADABLE);
    }
}
