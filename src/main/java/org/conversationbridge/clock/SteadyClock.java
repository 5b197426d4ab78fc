// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.clock;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.function.LongSupplier;

/**
 * A clock that goes on evenly whatever happens to the clock of the machine: it is read once, and from then on the time
 * that has passed is counted ({@link System#nanoTime}). The difference of two of its instants is a duration; it does
 * not say what time it is elsewhere, see {@link GenesysClock}. Safe for many threads.
 */
public final class SteadyClock extends Clock {
    private final Instant start;
    private final long startNanos;
    private final LongSupplier nanos;

    private SteadyClock(Instant start, LongSupplier nanos) {
        this.start = start;
        this.nanos = nanos;
        this.startNanos = nanos.getAsLong();
    }

    /** One that begins with the time of this machine. */
    public static SteadyClock start() {
        return start(Clock.systemUTC(), System::nanoTime);
    }

    /**
     * One that begins with the time of a clock.
     *
     * @param nanos nanoseconds since any moment; never goes back
     */
    public static SteadyClock start(Clock machine, LongSupplier nanos) {
        return new SteadyClock(machine.instant(), nanos);
    }

    @Override
    public Instant instant() {
        return start.plus(Duration.ofNanos(nanos.getAsLong() - startNanos));
    }

    @Override
    public ZoneId getZone() {
        return ZoneOffset.UTC;
    }

    /** The same: it has no zone but UTC. */
    @Override
    public Clock withZone(ZoneId zone) {
        return this;
    }
}
