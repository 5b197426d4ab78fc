// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.genesys.reading;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * A stretch of time in a conversation, such as a segment.
 *
 * @param to not before {@code from}: an end that comes first, as of a clock that differs, is taken for the start
 */
record Stretch(Instant from, Instant to) {
    Stretch {
        to = to.isBefore(from) ? from : to;
    }

    /** What several cover together, in milliseconds: what they share is counted once. */
    static long together(List<Stretch> stretches) {
        return merged(stretches).stream().mapToLong(Stretch::millis).sum();
    }

    /** Those that overlap made one, in order. */
    static List<Stretch> merged(List<Stretch> stretches) {
        List<Stretch> merged = new ArrayList<>();
        for (Stretch next :
                stretches.stream().sorted(Comparator.comparing(Stretch::from)).toList()) {
            Stretch last = merged.isEmpty() ? null : merged.get(merged.size() - 1);
            if (last == null || !next.from.isBefore(last.to)) {
                merged.add(next);
            } else if (next.to.isAfter(last.to)) {
                merged.set(merged.size() - 1, new Stretch(last.from, next.to));
            }
        }
        return merged;
    }

    long millis() {
        return Duration.between(from, to).toMillis();
    }

    boolean contains(Stretch other) {
        return !other.from.isBefore(from) && !other.to.isAfter(to);
    }

    boolean overlaps(Stretch other) {
        return from.isBefore(other.to) && other.from.isBefore(to);
    }
}
