// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.settings;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.conversationbridge.documents.GeneratedPage;
import org.conversationbridge.routecheck.RouteFiles;
import org.junit.jupiter.api.Test;

/** The documented settings are those there are. */
class SettingsDocumentationTest {
    private static final Path FILE = Path.of("config", SettingsReader.FILE);
    private static final Path PAGE = Path.of("docs/settings.md");
    /** Not a setting of its own: see Settings. */
    private static final List<String> DERIVED = List.of(
            "reconcile.request-interval",
            "names.request-interval",
            "history.retry-after-seconds",
            "notifications.enabled");

    @Test
    void each_key_has_a_sentence_before_it() throws IOException {
        List<String> lines = Files.readAllLines(FILE);

        for (int i = 1; i < lines.size(); i++) {
            if (!lines.get(i).isBlank() && !lines.get(i).startsWith("#")) {
                assertThat(lines.get(i - 1)).as(lines.get(i)).isNotBlank();
            }
        }
    }

    @Test
    void every_key_is_used_by_the_program_or_a_route() throws IOException {
        String program;
        try (Stream<Path> files = Files.walk(Path.of("src/main/java"))) {
            program = files.filter(file -> file.toString().endsWith(".java"))
                    .map(SettingsDocumentationTest::text)
                    .collect(Collectors.joining());
        }
        Set<String> routes = RouteFiles.read(Path.of("routes")).placeholders();

        assertThat(keys())
                .allSatisfy(key -> assertThat(routes.contains(key)
                                || program.contains("\"" + key + "\"")
                                || program.contains("\"" + key.substring(0, key.lastIndexOf('.') + 1) + "\""))
                        .as(key)
                        .isTrue());
    }

    @Test
    void every_placeholder_of_a_route_is_documented() {
        Set<String> documented = new HashSet<>(keys());
        documented.addAll(DERIVED);

        assertThat(documented).containsAll(RouteFiles.read(Path.of("routes")).placeholders());
    }

    @Test
    void the_page_is_what_the_file_says() throws IOException {
        GeneratedPage.check(PAGE, SettingsPage.of(FILE));
    }

    @Test
    void the_page_lists_every_key_with_its_variable_and_default() throws IOException {
        List<String> page = Files.readAllLines(PAGE);
        Map<String, Value> defaults = SettingsFile.read(FILE);

        assertThat(defaults)
                .allSatisfy((key, value) -> assertThat(page)
                        .anySatisfy(line -> assertThat(line)
                                .startsWith("| `" + SettingsReader.environmentName(key) + "` | `" + key + "` |")
                                .contains(value.text().isEmpty() ? "| |" : "`" + value.text() + "`")));
    }

    private static Set<String> keys() {
        return SettingsFile.read(FILE).keySet();
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
