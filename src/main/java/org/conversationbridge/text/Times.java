// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.text;

import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;

/**
 * Times as users see them, in messages, properties, log lines and queries: ISO 8601 in UTC with milliseconds and
 * Z, always three decimals, as Genesys Cloud writes them.
 */
public final class Times {
    private static final DateTimeFormatter MILLIS =
            new DateTimeFormatterBuilder().appendInstant(3).toFormatter();

    private Times() {}

    /** What is finer than a millisecond is cut off. */
    public static String text(Instant time) {
        return MILLIS.format(time);
    }
}
