// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.budget;

import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * Turns that follow one another evenly, whatever happens to the clock of the machine: Camel's throttle uses that, and
 * lets nothing pass for an hour where it goes back an hour. Safe for many threads.
 */
public final class Pace {
    private final LongSupplier nanos;
    private long next;

    public Pace() {
        this(System::nanoTime);
    }

    /** @param nanos nanoseconds since any moment; never goes back */
    Pace(LongSupplier nanos) {
        this.nanos = nanos;
        this.next = nanos.getAsLong();
    }

    /**
     * Takes the next turn.
     *
     * @param intervalMillis to the turn after it, in milliseconds
     * @return how long to wait for it, in milliseconds, rounded up
     */
    public synchronized long turn(long intervalMillis) {
        long now = nanos.getAsLong();
        long turn = Math.max(now, next);
        next = turn + TimeUnit.MILLISECONDS.toNanos(intervalMillis);
        return (turn - now + TimeUnit.MILLISECONDS.toNanos(1) - 1) / TimeUnit.MILLISECONDS.toNanos(1);
    }
}
