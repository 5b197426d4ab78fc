// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.documents;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What a user reads is written in standard terms. */
class ForbiddenWordsTest {
    private static final Path DECISIONS = Path.of("docs/decisions");
    private static final Path MEASUREMENTS = Path.of("docs/measurements");

    @ParameterizedTest
    @MethodSource("documents")
    void a_document_has_none(Path document) throws IOException {
        assertThat(ForbiddenWords.in(ForbiddenWords.prose(Files.readString(document))))
                .isEmpty();
    }

    @Test
    void a_forbidden_word_is_found_with_its_surroundings_across_a_line_break() {
        assertThat(ForbiddenWords.in("What the notification\nhas told the bridge"))
                .singleElement()
                .asString()
                .contains("notification has told the bridge", "reports");
    }

    @Test
    void code_in_a_document_is_not_prose() {
        assertThat(ForbiddenWords.prose("`told` him\n```sh\ntold\n```")).doesNotContain("told");
    }

    @ParameterizedTest
    @MethodSource("records")
    void a_title_of_a_decision_or_measurement_has_none(Path document) throws IOException {
        assertThat(ForbiddenWords.in(Files.readAllLines(document).get(0))).isEmpty();
    }

    /** All that a user reads. A page that is generated is corrected in the file that it is made of. */
    static Stream<Path> documents() throws IOException {
        return Links.files(Path.of("")).stream()
                .filter(file -> !file.startsWith(DECISIONS) && !file.startsWith(MEASUREMENTS));
    }

    /** They say what was decided or measured on a day, and stay as they were written. */
    static Stream<Path> records() throws IOException {
        return Stream.of(DECISIONS, MEASUREMENTS).flatMap(ForbiddenWordsTest::in);
    }

    private static Stream<Path> in(Path folder) {
        try {
            return Links.files(folder).stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
