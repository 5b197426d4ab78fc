// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.checkpoint;

import java.time.Duration;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Entries of the checkpoint that somebody has removed, or replaced by something else. A broker that has just started shows
 * a part only, for a moment: entries that are missing for longer than that are lost, and the polls go on without them.
 * Safe for many threads.
 */
public final class LostEntries {
    /** Far longer than a broker takes to show its queues. */
    static final Duration PATIENCE = Duration.ofMinutes(1);

    private static final Logger LOG = LoggerFactory.getLogger(LostEntries.class);

    private final LongSupplier nanos;
    private Set<String> missing = Set.of();
    private long since;
    private boolean isGivenUp;

    public LostEntries() {
        this(System::nanoTime);
    }

    LostEntries(LongSupplier nanos) {
        this.nanos = nanos;
    }

    /** Which ones are missing now. */
    public synchronized void note(Set<String> now) {
        if (now.isEmpty() || !now.equals(missing)) {
            missing = Set.copyOf(now);
            since = nanos.getAsLong();
            isGivenUp = false;
        } else if (!isGivenUp && nanos.getAsLong() - since > PATIENCE.toNanos()) {
            isGivenUp = true;
            LOG.error(
                    "checkpoint: the entries {} are lost: somebody has removed or replaced them. The polls go on without"
                            + " them; the active conversations that they told of are announced anew.",
                    new TreeSet<>(missing));
        }
    }

    /** Those that are given up. */
    public synchronized Set<String> given() {
        return isGivenUp ? missing : Set.of();
    }
}
