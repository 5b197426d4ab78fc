// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.documents;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What a user reads is written in standard terms. */
class ForbiddenWordsTest {
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

    static Stream<Path> documents() {
        return List.of("docs/glossary.md").stream().map(Path::of);
    }
}
