// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.conversation;

/** What one communication of a participant does now. */
public enum Phase {
    /** Ringing or offered: not answered yet. */
    ALERTING,
    /** Calling out or being called: not answered yet. */
    DIALING,
    /** Answered. */
    CONNECTED,
    /** Answered and on hold. */
    HELD,
    /** The talk is over, the agent still works on it (after-call work). */
    WRAPUP,
    /** Waits for its time. */
    SCHEDULED,
    /** Over. */
    ENDED;

    /** What matters more comes first: in the talk, alerting, in after-call work, for later, over. */
    int rank() {
        return switch (this) {
            case CONNECTED, HELD -> 0;
            case ALERTING, DIALING -> 1;
            case WRAPUP -> 2;
            case SCHEDULED -> 3;
            case ENDED -> 4;
        };
    }

    /** Whether the participant is in the talk. */
    public boolean isConnected() {
        return this == CONNECTED || this == HELD;
    }

    /** Whether it is to be answered. */
    boolean isOffered() {
        return this == ALERTING || this == DIALING;
    }
}
