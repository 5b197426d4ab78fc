// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.chaos;

import java.time.Duration;

/**
 * Something bad that happens.
 *
 * @param pause before it
 * @param calm whether the blow before has to be got over first
 * @param moment waited for after the pause
 * @param times how often the moment comes before it
 * @param delay from the moment to the blow
 * @param length of a freeze or cut; how long what was killed stays away
 * @param number chooses a connector where the moment does not
 * @param deaf a cut that first loses the broker's answers, so that the outcome of a commit becomes unknown
 */
record Blow(
        Kind kind,
        Duration pause,
        boolean calm,
        Moment moment,
        int times,
        Duration delay,
        Duration length,
        int number,
        boolean deaf) {
    /** What happens. */
    enum Kind {
        KILL_CONNECTOR,
        /** The connector that polls; another one takes over. */
        KILL_POLLER,
        KILL_BROKER,
        FREEZE_CONNECTOR,
        FREEZE_BROKER,
        CUT
    }

    /** When it happens. */
    enum Moment {
        /** At any time. */
        ANY,
        /** When a connector has read a page of active conversations and is to announce what changed. */
        ANNOUNCE,
        /** When a connector has read the histories of a page of changes and is to deliver it. */
        DELIVER
    }
}
