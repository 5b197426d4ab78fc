// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.push;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What was measured.
 *
 * @param calls of the Platform API by what they are for
 * @param delays from the change to the arrival of its message, ascending
 */
record Figures(Duration length, int polls, Map<String, Long> calls, List<Duration> delays) {
    /** Calls per minute. */
    double callsPerMinute() {
        return count() * 60_000.0 / length.toMillis();
    }

    private long count() {
        return calls.values().stream().mapToLong(Long::longValue).sum();
    }

    /** A share of the messages arrived that soon, or sooner. */
    long delayMillis(double share) {
        return delays.get((int) ((delays.size() - 1) * share)).toMillis();
    }

    String summary(String source) {
        return "push source=%s length=%s polls=%d messages=%d calls=%d %s calls-per-minute=%.1f delay-ms p50=%d p90=%d p99=%d max=%d"
                .formatted(
                        source,
                        Duration.ofSeconds(length.toSeconds()),
                        polls,
                        delays.size(),
                        count(),
                        new TreeMap<>(calls),
                        callsPerMinute(),
                        delayMillis(0.5),
                        delayMillis(0.9),
                        delayMillis(0.99),
                        delayMillis(1));
    }
}
