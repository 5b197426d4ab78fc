// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.distribution;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the distribution refuses to start with, and what it says then; each time in a process of its own. */
class RefusedStartIT {
    @TempDir
    private Path folder;

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "config/application.properties | poll.cron= | pol.cron= | unknown setting pol.cron; did you mean poll.cron?",
                "config/application.properties | history.limit=5 | history.limit=five | history.limit: 'five' is not a whole number",
                "routes/10-request-poll.camel.yaml | {{poll.cron}} | {{poll.corn}} | no setting for the placeholder poll.corn",
                "routes/30-enrich-page.camel.yaml | - split: | - splitt: | Camel knows no splitt here; did you mean split?",
                "routes/30-enrich-page.camel.yaml | stopOnException | stopOnExeption | Camel knows no key stopOnExeption here; did you mean stopOnException?",
                "routes/10-request-poll.camel.yaml | stateful | statefull | 10-request-poll.camel.yaml line 16: the component quartz has no option statefull; did you mean stateful?",
                "routes/30-enrich-page.camel.yaml | name: agent-history | name: agent-histry | no route listens to direct:agent-histry"
            })
    void what_is_misspelt_refuses_to_start_with_its_place(String file, String right, String wrong, String message)
            throws Exception {
        Distribution edited =
                Distribution.copy(folder.resolve("edited")).edit(file, text -> text.replace(right, wrong));
        try (Program run = edited.run(folder, Map.of(), "run", "--sandbox", "--for", "5s")) {
            assertThat(run.exitCode()).as(run.output()).isEqualTo(2);
            assertThat(run.output())
                    .contains(message)
                    .contains(Path.of(file).getFileName().toString());
            assertThat(run.output()).contains(" line ");
        }
    }

    @Test
    void refused_credentials_end_it_with_what_to_check() throws Exception {
        try (Program sandbox = sandbox()) {
            String url = url(sandbox);
            try (Program run = Distribution.built()
                    .run(
                            folder,
                            Map.of(
                                    "GENESYS_API_URL",
                                    url,
                                    "GENESYS_LOGIN_URL",
                                    url,
                                    "GENESYS_CLIENT_ID",
                                    "sandbox",
                                    "GENESYS_CLIENT_SECRET",
                                    "canary-secret"),
                            "run")) {
                assertThat(run.exitCode()).isEqualTo(1);
                assertThat(run.output())
                        .contains("refused the OAuth client: 400 invalid_client")
                        .contains("Check GENESYS_CLIENT_ID and GENESYS_CLIENT_SECRET")
                        .doesNotContain("canary-secret");
            }
        }
    }

    @Test
    void without_credentials_it_says_which_variables_to_set() throws Exception {
        try (Program run = Distribution.built().run(folder, Map.of(), "run")) {
            assertThat(run.exitCode()).isEqualTo(2);
            assertThat(run.output()).contains("GENESYS_CLIENT_ID is not set").contains("run --sandbox");
        }
    }

    /** The JVM refuses to start what it would have to stop; that is no failure of the program. */
    @Test
    void sigterm_during_the_start_ends_it_quietly() throws Exception {
        try (Program run = Distribution.built().run(folder, Map.of(), "run", "--sandbox")) {
            run.line("^credentials");

            assertThat(run.terminate()).isEqualTo(143);
            assertThat(run.output()).doesNotContain("Failed", "Exception", "Shutdown", "ERROR", "unfinished");
        }
    }

    /** What a URI, a placeholder, and a list of files read as their own. */
    @Test
    void it_starts_from_any_folder() throws Exception {
        Distribution odd = Distribution.copy(folder.resolve("a+b %20c,{{x}}${y}#d&'q"));
        try (Program run = odd.run(folder, Map.of(), "run", "--sandbox", "--for", "1s")) {
            assertThat(run.exitCode()).as(run.output()).isZero();
        }
    }

    private Program sandbox() throws Exception {
        return Distribution.built().run(folder, Map.of(), "sandbox", "--port", "0");
    }

    private static String url(Program sandbox) {
        return sandbox.line("^sandbox").replaceAll(".*(http://[0-9.:]+),.*", "$1");
    }
}
