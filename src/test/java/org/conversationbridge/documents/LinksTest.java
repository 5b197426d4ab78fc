// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.documents;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** No document links to what is not there. The same of the distribution: {@code DistributionIT}. */
class LinksTest {
    private static final Pattern PROOF = Pattern.compile("`([A-Z][A-Za-z]*(?:Test|IT))(?:\\.(\\w+))?`");
    private static final int LONGEST_README = 200;
    private static final Path REPOSITORY = Path.of("").toAbsolutePath();

    @TempDir
    private Path folder;

    @ParameterizedTest
    @MethodSource("documents")
    void every_link_of_a_document_leads_somewhere(Path document) throws IOException {
        assertThat(Links.dead(document, REPOSITORY)).isEmpty();
    }

    @Test
    void every_test_that_is_named_as_proof_exists() throws IOException {
        Matcher named = PROOF.matcher(Files.readString(REPOSITORY.resolve("SECURITY.md")));
        Map<String, String> tests = tests();
        List<String> missing = new ArrayList<>();
        while (named.find()) {
            String test = tests.getOrDefault(named.group(1), "");
            if (!test.contains("class " + named.group(1))
                    || !test.contains(named.group(2) == null ? "" : "void " + named.group(2) + "(")) {
                missing.add(named.group());
            }
        }

        assertThat(missing).isEmpty();
    }

    private static Map<String, String> tests() throws IOException {
        Map<String, String> tests = new HashMap<>();
        try (Stream<Path> files = Files.walk(REPOSITORY.resolve("src/test/java"))) {
            for (Path file :
                    files.filter(path -> path.toString().endsWith(".java")).toList()) {
                tests.put(file.getFileName().toString().replace(".java", ""), Files.readString(file));
            }
        }
        return tests;
    }

    @Test
    void every_page_is_reached_from_the_readme() throws IOException {
        String readme = Files.readString(REPOSITORY.resolve("README.md"));
        try (Stream<Path> pages = Files.list(REPOSITORY.resolve("docs"))) {
            assertThat(pages.map(page -> "](docs/" + page.getFileName()))
                    .allSatisfy(link -> assertThat(readme).contains(link));
        }
    }

    @Test
    void the_readme_has_at_most_200_lines() throws IOException {
        assertThat(Files.readAllLines(REPOSITORY.resolve("README.md")).size()).isLessThanOrEqualTo(LONGEST_README);
    }

    @Test
    void a_missing_file_a_missing_heading_and_a_file_outside_are_found() throws IOException {
        Path inside = Files.createDirectory(folder.resolve("inside"));
        Files.writeString(folder.resolve("outside.md"), "# Outside\n");
        Path page = Files.writeString(
                inside.resolve("page.md"),
                "# Page & more\n[a](other.md) [b](#nothing) [c](../outside.md) [d](#page--more) [e](https://x.example)\n");

        assertThat(Links.dead(page, inside))
                .isEqualTo(List.of(page + " -> other.md", page + " -> #nothing", page + " -> ../outside.md"));
    }

    static List<Path> documents() throws IOException {
        return Links.files(REPOSITORY);
    }
}
