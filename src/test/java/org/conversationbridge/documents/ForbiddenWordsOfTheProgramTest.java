// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.documents;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What the program shows a user, and what a developer reads of it first, is written in standard terms. */
class ForbiddenWordsOfTheProgramTest {
    /** Names in Javadoc are what they are. */
    private static final Pattern NAMES = Pattern.compile("\\{@(?:code|link)[^}]*}|@param \\w+");

    private static final SourceTexts SOURCE = SourceTexts.of(Path.of("src/main/java"));

    @Test
    void no_log_line_exception_or_help_has_one() {
        assertThat(SOURCE.sentences()).hasSizeGreaterThan(500);
        assertThat(findings(SOURCE.sentences())).isEmpty();
    }

    @Test
    void no_javadoc_has_one() {
        assertThat(SOURCE.comments()).hasSizeGreaterThan(500);
        assertThat(findings(SOURCE.comments())).isEmpty();
    }

    @Test
    void no_name_of_a_test_has_one_and_none_is_longer_than_80_letters() {
        List<SourceTexts.Text> names = SourceTexts.of(Path.of("src/test/java")).names();

        assertThat(names)
                .hasSizeGreaterThan(500)
                .allSatisfy(name -> assertThat(name.text()).hasSizeLessThanOrEqualTo(80));
        assertThat(findings(names)).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("files")
    void no_configuration_file_schema_or_message_contract_has_one(Path file) throws IOException {
        assertThat(ForbiddenWords.in(Files.readString(file).replaceAll("(?m)^\\s*#", "")))
                .isEmpty();
    }

    static Stream<Path> files() throws IOException {
        try (Stream<Path> config = Files.walk(Path.of("config"))) {
            List<Path> files = config.filter(Files::isRegularFile).sorted().toList();
            return Stream.concat(files.stream(), Stream.of(Path.of("docker-compose.yml"), Path.of("Dockerfile")));
        }
    }

    private static Map<String, List<String>> findings(List<SourceTexts.Text> texts) {
        Map<String, List<String>> findings = new TreeMap<>();
        texts.forEach(text -> {
            List<String> found = ForbiddenWords.in(NAMES.matcher(text.text()).replaceAll(" "));
            if (!found.isEmpty()) {
                findings.merge(
                        text.file(),
                        found,
                        (one, other) ->
                                Stream.concat(one.stream(), other.stream()).toList());
            }
        });
        return findings;
    }
}
