// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.text;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.Optional;

/**
 * A time as the API and the bridge write it, {@code 2026-11-20T10:00:00.000Z}, digit by digit. A conversation has dozens
 * of them, and a formatter takes a fifth of the processor time of reading it; what looks otherwise is left to one.
 */
public final class UsualTime {
    private static final String SHAPE = "0000-00-00T00:00:00.000Z";
    private static final int NANOS_PER_MILLI = 1_000_000;

    private UsualTime() {}

    /** Empty for any other shape, and for a date or a time of day that does not exist. */
    public static Optional<Instant> read(String text) {
        if (!hasShape(text)) {
            return Optional.empty();
        }
        int year = number(text, 0, 4);
        int month = number(text, 5, 7);
        int day = number(text, 8, 10);
        int hour = number(text, 11, 13);
        int minute = number(text, 14, 16);
        int second = number(text, 17, 19);
        boolean isDate = year > 0
                && month > 0
                && month <= 12
                && day > 0
                && day <= YearMonth.of(year, month).lengthOfMonth();
        boolean isTime = hour < 24 && minute < 60 && second < 60;
        return isDate && isTime
                ? Optional.of(
                        LocalDateTime.of(year, month, day, hour, minute, second, number(text, 20, 23) * NANOS_PER_MILLI)
                                .toInstant(ZoneOffset.UTC))
                : Optional.empty();
    }

    private static boolean hasShape(String text) {
        if (text.length() != SHAPE.length()) {
            return false;
        }
        for (int i = 0; i < SHAPE.length(); i++) {
            char wanted = SHAPE.charAt(i);
            char found = text.charAt(i);
            if (wanted == '0' ? found < '0' || found > '9' : found != wanted) {
                return false;
            }
        }
        return true;
    }

    /** Of digits only, which {@link #hasShape} has seen. */
    private static int number(String text, int from, int to) {
        int number = 0;
        for (int i = from; i < to; i++) {
            number = number * 10 + text.charAt(i) - '0';
        }
        return number;
    }
}
