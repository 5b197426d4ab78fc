// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.route.delivery;

/** How many conversations one request works on: not so many that polls have to wait for long. Used by one thread. */
public final class ReplayRun {
    /** Conversations of one run. */
    static final int MOST = 100;

    private final long waiting;
    private int taken;
    private boolean ended;

    public ReplayRun(long waiting) {
        this.waiting = waiting;
    }

    /** Whether to take one more. */
    public boolean hasNext() {
        return !ended && taken < Math.min(waiting, MOST);
    }

    /** Whether some are left for the next run. */
    public boolean isMore() {
        return !ended && waiting > MOST;
    }

    void taken() {
        taken++;
    }

    void end() {
        ended = true;
    }
}
