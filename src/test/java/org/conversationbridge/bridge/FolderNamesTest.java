// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.bridge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.conversationbridge.routecheck.RouteFiles;
import org.conversationbridge.settings.Settings;
import org.conversationbridge.settings.SettingsException;
import org.conversationbridge.settings.SettingsReader;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Routes and settings in a folder with all that a URI, a placeholder or a list of files would read as its own. */
class FolderNamesTest {
    private static final String ODD = "a+b %20c,{{x}}${y}#d&é'q!*;";
    private static final String OWN = "90 +%41,{{x}}${y}#?&.camel.yaml";

    @TempDir
    private Path folder;

    private Path routes;
    private Path config;

    @BeforeEach
    void copy() throws IOException {
        routes = Files.createDirectories(folder.resolve(ODD).resolve("routes"));
        config = Files.createDirectories(folder.resolve(ODD).resolve("config"));
        for (Path file : RouteFiles.in(Path.of("routes"))) {
            Files.copy(file, routes.resolve(file.getFileName()));
        }
        Files.copy(Path.of("config/application.properties"), config.resolve("application.properties"));
    }

    @Test
    void routes_are_loaded_from_any_folder_and_file() throws Exception {
        own("log");

        assertThatCode(() -> Bridge.check(settings(), routes)).doesNotThrowAnyException();
    }

    @Test
    void a_mistake_in_such_a_file_is_named_with_file_and_line() throws Exception {
        own("lgo");

        SettingsException refused =
                catchThrowableOfType(SettingsException.class, () -> Bridge.check(settings(), routes));

        assertThat(refused.problems())
                .singleElement()
                .asString()
                .startsWith(routes.resolve(OWN) + " line 6: ")
                .contains("Camel knows no lgo here");
    }

    private void own(String step) throws IOException {
        Files.writeString(
                routes.resolve(OWN),
                "- route:\n    id: own\n    from:\n      uri: \"direct:own\"\n      steps:\n        - " + step
                        + ": \"${body}\"\n");
    }

    private Settings settings() {
        return new SettingsReader(Map.of())
                .read(
                        config,
                        RouteFiles.read(routes).placeholders(),
                        Map.of(
                                "genesys.api-url", "http://127.0.0.1:9",
                                "genesys.client-id", "id",
                                "genesys.client-secret", "secret",
                                "management.port", "0",
                                "data.dir", folder.resolve(ODD).resolve("data").toString()));
    }
}
