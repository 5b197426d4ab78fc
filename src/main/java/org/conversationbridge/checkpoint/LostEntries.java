// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.checkpoint;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Entries of the checkpoint that were removed, or replaced by something else. A broker that has just started shows
 * a part only, for a moment: entries that are missing for longer than that are lost, and the polls go on without them.
 * Those that something else was seen in place of are lost at once. Safe for many threads.
 */
public final class LostEntries {
    /** Far longer than a broker takes to show its queues. */
    static final Duration PATIENCE = Duration.ofMinutes(1);

    private static final Logger LOG = LoggerFactory.getLogger(LostEntries.class);

    private final LongSupplier nanos;
    /** Since when each is missing, of the clock above. */
    private final Map<String, Long> missing = new HashMap<>();

    private final Set<String> given = new TreeSet<>();

    public LostEntries() {
        this(System::nanoTime);
    }

    LostEntries(LongSupplier nanos) {
        this.nanos = nanos;
    }

    /**
     * Which ones are missing now.
     *
     * @param replaced those that something else is in place of
     */
    public synchronized void note(Set<String> now, Set<String> replaced) {
        missing.keySet().retainAll(now);
        given.retainAll(now);
        Set<String> lost = new TreeSet<>();
        for (String key : now) {
            long since = missing.computeIfAbsent(key, unknown -> nanos.getAsLong());
            if ((replaced.contains(key) || nanos.getAsLong() - since > PATIENCE.toNanos()) && given.add(key)) {
                lost.add(key);
            }
        }
        if (!lost.isEmpty()) {
            LOG.error(
                    "checkpoint: the entries {} are lost: they were removed or replaced. Polls continue with what this"
                            + " process and the current queue know of their conversations; what neither knows is"
                            + " announced again, as updated. Check who may consume the checkpoint queue.",
                    lost);
        }
    }

    /** Those that are given up. */
    public synchronized Set<String> given() {
        return Set.copyOf(given);
    }
}
