// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.documents;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The page of the routes is what their files say. The first test compares it with the text that the others check. */
class RoutesDocumentationTest {
    private static final Path ROUTES = Path.of("routes");
    private static final Path PAGE = Path.of("docs/routes.md");

    @Test
    void the_page_is_what_the_files_say() throws IOException {
        GeneratedPage.check(PAGE, RoutesPage.of(ROUTES));
    }

    @Test
    void every_file_is_on_the_page_or_is_the_error_policy() throws IOException {
        String page = RoutesPage.of(ROUTES);
        try (Stream<Path> files = Files.list(ROUTES)) {
            assertThat(files.map(file -> file.getFileName().toString()))
                    .filteredOn(file -> !page.contains("routes/" + file))
                    .isEmpty();
        }
    }

    @Test
    void the_page_says_who_polls_and_who_is_the_door() throws IOException {
        assertThat(RoutesPage.of(ROUTES))
                .contains("poll-request-queue[(\"poll.request-queue\")] --> receive-request")
                .contains("send-poll-request -.-> poll-request-queue[(\"poll.request-queue\")]")
                .contains("call-genesys --> send-request");
    }
}
