// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.settings;

import java.time.Duration;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Durations as administrators write them: {@code 500ms}, {@code 30s}, {@code 15m}, {@code 2h}, {@code 1d}, combined as
 * {@code 1h30m}, {@code 0} for none, or ISO-8601 ({@code PT2H}).
 */
public final class Durations {
    private static final Pattern PART = Pattern.compile("(\\d+)(ms|s|m|h|d)");

    private Durations() {}

    /**
     * Reads a duration.
     *
     * @throws IllegalArgumentException with the accepted forms, when the text is none of them
     */
    public static Duration parse(String text) {
        String wanted = text.strip().toLowerCase(Locale.ROOT);
        if (wanted.equals("0")) {
            return Duration.ZERO;
        }
        try {
            return wanted.startsWith("p") ? Duration.parse(wanted) : sum(wanted);
        } catch (RuntimeException e) {
            throw new IllegalArgumentException(
                    "'" + text + "' is not a duration; write for example 500ms, 30s, 15m, 2h, 1d or 1h30m", e);
        }
    }

    /** A duration of whole milliseconds as administrators write it, for example {@code 1h30m}. */
    public static String text(Duration duration) {
        String text = part(duration.toDays(), "d")
                + part(duration.toHoursPart(), "h")
                + part(duration.toMinutesPart(), "m")
                + part(duration.toSecondsPart(), "s")
                + part(duration.toMillisPart(), "ms");
        return text.isEmpty() ? "0" : text;
    }

    private static String part(long amount, String unit) {
        return amount == 0 ? "" : amount + unit;
    }

    private static Duration sum(String text) {
        Matcher part = PART.matcher(text);
        Duration total = Duration.ZERO;
        int end = 0;
        while (part.find() && part.start() == end) {
            total = total.plus(one(Long.parseLong(part.group(1)), part.group(2)));
            end = part.end();
        }
        if (end == 0 || end != text.length()) {
            throw new IllegalArgumentException(text);
        }
        return total;
    }

    private static Duration one(long amount, String unit) {
        return switch (unit) {
            case "ms" -> Duration.ofMillis(amount);
            case "s" -> Duration.ofSeconds(amount);
            case "m" -> Duration.ofMinutes(amount);
            case "h" -> Duration.ofHours(amount);
            default -> Duration.ofDays(amount);
        };
    }
}
