// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.bench;

import java.util.Map;
import java.util.NavigableMap;
import java.util.concurrent.ConcurrentSkipListMap;

/** Processor time over time, from samples. Safe for many threads. */
final class CpuTrack {
    private final NavigableMap<Long, Double> samples = new ConcurrentSkipListMap<>();

    /** @param cpuSeconds taken until now */
    void note(double cpuSeconds) {
        samples.put(System.nanoTime(), cpuSeconds);
    }

    /** What was taken until an instant, as {@link System#nanoTime} counts; between two samples in proportion. */
    double at(long nanos) {
        Map.Entry<Long, Double> before = samples.floorEntry(nanos);
        Map.Entry<Long, Double> after = samples.ceilingEntry(nanos);
        if (before == null || after == null) {
            return before == null ? 0 : before.getValue();
        }
        double span = after.getKey() - before.getKey();
        double part = span == 0 ? 0 : (nanos - before.getKey()) / span;
        return before.getValue() + part * (after.getValue() - before.getValue());
    }

    /** What was taken between two instants. */
    double between(long from, long to) {
        return at(to) - at(from);
    }

    /** What was taken as of the last sample. */
    double last() {
        return samples.isEmpty() ? 0 : samples.lastEntry().getValue();
    }
}
