// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.budget;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.IntSupplier;
import java.util.function.LongSupplier;

/**
 * Lets at most so many turns happen in any window of a length, and in it the urgent ones at once: those of less urgency
 * leave a part of the limit to them ({@link Urgency}). Whatever happens to the clock of the machine: Camel's throttle
 * uses that, and lets nothing pass for an hour where it goes back an hour. Safe for many threads.
 */
public final class Throttle {
    private final IntSupplier limit;
    private final long window;
    private final LongSupplier nanos;
    /** Of the last window, and those that are waited for; ascending, in nanoseconds. */
    private final List<Long> turns = new ArrayList<>();

    private boolean hasWaited;

    /**
     * @param limit turns in a window, at least 1; it may change
     * @param window its length
     */
    public Throttle(IntSupplier limit, Duration window) {
        this(limit, window, System::nanoTime);
    }

    /** @param nanos nanoseconds since any moment; never goes back */
    Throttle(IntSupplier limit, Duration window, LongSupplier nanos) {
        this.limit = limit;
        this.window = window.toNanos();
        this.nanos = nanos;
    }

    /**
     * Takes the next turn.
     *
     * @return how long to wait for it, in milliseconds, rounded up
     */
    public synchronized long turn(Urgency urgency) {
        long now = nanos.getAsLong();
        forget(now);
        int most = limit.getAsInt();
        long turn = now;
        for (long next = earliest(turn, urgency.of(most), most);
                next > turn;
                next = earliest(turn, urgency.of(most), most)) {
            turn = next;
        }
        turns.add(until(turn), turn);
        hasWaited |= turn > now;
        return (turn - now + TimeUnit.MILLISECONDS.toNanos(1) - 1) / TimeUnit.MILLISECONDS.toNanos(1);
    }

    /** Turns in the last window, and those that are waited for. */
    public synchronized int used() {
        forget(nanos.getAsLong());
        return turns.size();
    }

    /** Whether one had to wait since this was last asked. */
    public synchronized boolean wasShort() {
        boolean was = hasWaited;
        hasWaited = false;
        return was;
    }

    private void forget(long now) {
        turns.subList(0, until(now - window)).clear();
    }

    /** The turn itself if it may happen then; otherwise a later time, before which none may. */
    private long earliest(long turn, int own, int most) {
        int before = until(turn);
        if (before - until(turn - window) >= own) {
            return turns.get(before - own) + window;
        }
        for (int i = before; i < turns.size() && turns.get(i) - turn < window; i++) {
            if (i + 1 - until(turns.get(i) - window) >= most) {
                return turns.get(i);
            }
        }
        return turn;
    }

    /** How many turns are not after a time. */
    private int until(long time) {
        int found = Collections.binarySearch(turns, time);
        if (found < 0) {
            return -found - 1;
        }
        while (found < turns.size() && turns.get(found) == time) {
            found++;
        }
        return found;
    }
}
