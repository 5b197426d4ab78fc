// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.failure;

import java.time.DateTimeException;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * How often a conversation was tried.
 *
 * @param count the present attempt is one of them; those before a replay count too
 * @param firstFailedAt when an attempt before the present one failed first; absent if none did
 */
public record Attempts(int count, @Nullable Instant firstFailedAt) {
    /** Nothing has failed yet. */
    public static final Attempts FIRST = new Attempts(1, null);

    private static final Instant EARLIEST = Instant.EPOCH;
    private static final Instant LATEST = Instant.parse("9999-12-31T23:59:59.999Z");
    /** More than any number of attempts. */
    private static final int MOST = 1_000_000;

    /**
     * As the properties of a message report them, which any client can have written: what is damaged is treated as
     * absent, so does a time that no message can have.
     */
    public static Attempts told(@Nullable Object count, @Nullable Object firstFailedAt) {
        int told = count instanceof Number number ? number.intValue() : 0;
        return new Attempts(Math.min(Math.max(told, 0), MOST), time(firstFailedAt));
    }

    /** So many more. */
    public Attempts plus(int more) {
        return new Attempts(count + more, firstFailedAt);
    }

    private static @Nullable Instant time(@Nullable Object told) {
        try {
            Instant time = told instanceof String text ? Instant.parse(text) : null;
            return time == null || time.isBefore(EARLIEST) || time.isAfter(LATEST) ? null : time;
        } catch (DateTimeException e) {
            return null;
        }
    }
}
