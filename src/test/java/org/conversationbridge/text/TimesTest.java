// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TimesTest {
    private static final Path SOURCE = Path.of("src/main/java/org/conversationbridge");
    /** A form like that of {@link Times}, or a time that is logged cut off, which has no decimals in a whole second. */
    private static final Pattern OWN_FORM =
            Pattern.compile("ISO_INSTANT|appendInstant|HH:mm:ss\\.SSS'Z'|ChronoUnit\\.MILLIS\\),");

    @ParameterizedTest
    @CsvSource({
        "2026-11-28T17:36:55.033218130Z, 2026-11-28T17:36:55.033Z",
        "2026-11-28T17:36:55.999999999Z, 2026-11-28T17:36:55.999Z",
        "2026-11-28T17:36:55.5Z,         2026-11-28T17:36:55.500Z",
        "2026-11-28T17:36:00Z,           2026-11-28T17:36:00.000Z",
        "1970-01-01T00:00:00Z,           1970-01-01T00:00:00.000Z",
        "1969-12-31T23:59:59.9999Z,      1969-12-31T23:59:59.999Z",
        "9999-12-31T23:59:59.999Z,       9999-12-31T23:59:59.999Z",
        "0000-01-01T00:00:00Z,           0000-01-01T00:00:00.000Z",
        "0042-02-03T04:05:06.007Z,       0042-02-03T04:05:06.007Z",
        "-0001-12-31T23:59:59.999Z,      -0001-12-31T23:59:59.999Z",
        "+10000-01-01T00:00:00Z,         +10000-01-01T00:00:00.000Z",
    })
    void a_time_always_has_three_decimals(Instant time, String text) {
        assertThat(Times.text(time)).isEqualTo(text);
    }

    /** The sandbox writes as Genesys Cloud does, and knows no class of the bridge. */
    @Test
    void no_other_class_has_a_form_of_its_own() throws IOException {
        try (Stream<Path> files = Files.walk(SOURCE)) {
            assertThat(files.filter(file -> file.toString().endsWith(".java"))
                            .filter(file -> !file.startsWith(SOURCE.resolve("sandbox"))))
                    .filteredOn(TimesTest::hasOwnForm)
                    .containsExactly(SOURCE.resolve("text/Times.java"));
        }
    }

    private static boolean hasOwnForm(Path file) {
        try {
            return OWN_FORM.matcher(Files.readString(file)).find();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
