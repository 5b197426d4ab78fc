// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.ResolverStyle;
import java.util.Optional;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is read is what the strict formatter of the JDK reads; nothing else is. */
class UsualTimeTest {
    private static final DateTimeFormatter STRICT =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSXXX").withResolverStyle(ResolverStyle.STRICT);

    /** With dates and times of day that do not exist, and with a character that is another. */
    @Provide
    Arbitrary<String> times() {
        Arbitrary<String> date = Combinators.combine(number(4, 9999), number(2, 13), number(2, 32))
                .as((year, month, day) -> year + "-" + month + "-" + day);
        Arbitrary<String> time = Combinators.combine(number(2, 25), number(2, 61), number(2, 61), number(3, 999))
                .as((hour, minute, second, milli) -> hour + ":" + minute + ":" + second + "." + milli);
        Arbitrary<String> usual = Combinators.combine(date, time).as((day, hour) -> day + "T" + hour + "Z");
        Arbitrary<String> spoiled = Combinators.combine(
                        usual, Arbitraries.integers().between(0, 23), Arbitraries.of('0', 'x', '-', '.', 'Z', '\u0663'))
                .as((text, at, other) -> text.substring(0, at) + other + text.substring(at + 1));
        return Arbitraries.frequencyOf(Tuple.of(4, usual), Tuple.of(1, spoiled));
    }

    private static Arbitrary<String> number(int digits, int most) {
        return Arbitraries.integers().between(0, most).map(number -> String.format("%0" + digits + "d", number));
    }

    @Property(tries = 5_000, seed = "20261128", edgeCases = EdgeCasesMode.NONE)
    void is_what_the_strict_formatter_reads(@ForAll("times") String text) {
        assertThat(UsualTime.read(text)).isEqualTo(strict(text));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "2026-11-20",
                "2026-11-20T10:00:00Z",
                "2026-11-20T10:00:00.000",
                "2026-11-20T10:00:00.000z",
                "2026-11-20T10:00:00.0000Z",
                "2026-11-20T10:00:00.000+00:00",
                "2026-11-20 10:00:00.000Z",
                "-026-11-20T10:00:00.000Z",
                "0000-11-20T10:00:00.000Z",
                "2026-02-29T10:00:00.000Z",
                "2026-11-20T24:00:00.000Z",
                "2026-11-20T10:00:60.000Z"
            })
    void what_is_written_otherwise_or_is_no_time_is_left_to_the_formatter(String text) {
        assertThat(UsualTime.read(text)).isEmpty();
    }

    /** A year of no era is none. */
    private static Optional<Instant> strict(String text) {
        try {
            OffsetDateTime time = OffsetDateTime.parse(text, STRICT);
            return time.getYear() > 0 && text.endsWith("Z") ? Optional.of(time.toInstant()) : Optional.empty();
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }
}
