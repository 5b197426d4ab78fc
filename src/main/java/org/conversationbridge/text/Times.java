// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.text;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;

/**
 * Times as users see them, in messages, properties, log lines and queries: ISO 8601 in UTC with milliseconds and
 * Z, always three decimals, as Genesys Cloud writes them.
 */
public final class Times {
    private static final DateTimeFormatter MILLIS =
            new DateTimeFormatterBuilder().appendInstant(3).toFormatter();

    private static final long FIRST = Instant.parse("0000-01-01T00:00:00Z").getEpochSecond();
    private static final long LAST = Instant.parse("9999-12-31T23:59:59Z").getEpochSecond();
    private static final int NANOS_PER_MILLI = 1_000_000;

    private Times() {}

    /** What is finer than a millisecond is cut off. */
    public static String text(Instant time) {
        long second = time.getEpochSecond();
        return second < FIRST || second > LAST ? MILLIS.format(time) : usual(time);
    }

    /** Digit by digit, for a year of four digits: each message has about ten, and a formatter takes its time. */
    private static String usual(Instant time) {
        LocalDateTime at = LocalDateTime.ofEpochSecond(time.getEpochSecond(), time.getNano(), ZoneOffset.UTC);
        char[] text = "0000-00-00T00:00:00.000Z".toCharArray();
        write(at.getYear(), text, 4);
        write(at.getMonthValue(), text, 7);
        write(at.getDayOfMonth(), text, 10);
        write(at.getHour(), text, 13);
        write(at.getMinute(), text, 16);
        write(at.getSecond(), text, 19);
        write(at.getNano() / NANOS_PER_MILLI, text, 23);
        return new String(text);
    }

    /** The digits of a number, the last one before a place; zeros are there already. */
    private static void write(int number, char[] text, int end) {
        int place = end;
        for (int left = number; left > 0; left /= 10) {
            place--;
            text[place] = (char) ('0' + left % 10);
        }
    }
}
