// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;

/** The time, until it is halted. */
public final class HaltableClock extends Clock {
    private volatile Instant halted;

    /** From now on it stands still. */
    public Instant halt() {
        halted = Instant.now();
        return halted;
    }

    /** It is the time again. */
    public void goOn() {
        halted = null;
    }

    @Override
    public Instant instant() {
        Instant still = halted;
        return still == null ? Instant.now() : still;
    }

    @Override
    public ZoneId getZone() {
        return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
        return this;
    }
}
