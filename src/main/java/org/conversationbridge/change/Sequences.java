// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.change;

import java.time.Instant;

/**
 * Which sequences the bridge gives. They count from 1, or from the milliseconds of the time where what was before is
 * forgotten: none comes near the largest number, after which there is no next one.
 */
public final class Sequences {
    private static final long LARGEST = Instant.parse("2200-01-01T00:00:00Z").toEpochMilli();

    private Sequences() {}

    /** Whether the bridge can have given it. */
    public static boolean isOne(long sequence) {
        return sequence >= 1 && sequence <= LARGEST;
    }
}
