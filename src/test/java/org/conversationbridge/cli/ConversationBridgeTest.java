// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

class ConversationBridgeTest {
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @Test
    void help_teaches_the_first_steps() {
        assertThat(run("--help")).isZero();
        assertThat(out.toString())
                .contains("run", "sandbox", "tail", "run --sandbox --for 30s", "GENESYS_CLIENT_SECRET", "Exit codes");
    }

    @ParameterizedTest
    @ValueSource(strings = {"run", "sandbox", "tail", "replay"})
    void each_command_has_a_help(String command) {
        assertThat(run(command, "--help")).isZero();
        assertThat(out.toString())
                .contains("Usage: conversation-bridge " + command)
                .doesNotContain("${");
    }

    @ParameterizedTest
    @ValueSource(strings = {"--help", "run --help", "sandbox --help", "tail --help", "replay --help"})
    void help_fits_on_a_terminal_of_80_columns_and_keeps_its_columns(String arguments) {
        run(arguments.split(" "));

        assertThat(out.toString().lines()).allSatisfy(line -> assertThat(line).hasSizeLessThanOrEqualTo(80));
        assertThat(out.toString())
                .doesNotContainPattern("\\n(Genesys Cloud org|GENESYS_CLIENT_ID|environment variable)");
    }

    @Test
    void the_version_names_what_runs() {
        assertThat(run("--version")).isZero();
        assertThat(out.toString()).contains("conversation-bridge ", "Camel 4.18.0, Artemis 2.57.0, Java ");
    }

    @Test
    void no_command_is_a_usage_error() {
        assertThat(run()).isEqualTo(2);
        assertThat(err.toString()).contains("Usage: conversation-bridge");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "rum",
                "run --sandbocks",
                "run --for soon",
                "tail -n many",
                "tail -n -1",
                "tail -n 0",
                "replay --selekt x"
            })
    void what_is_misspelt_is_a_usage_error(String arguments) {
        assertThat(run(arguments.split(" "))).isEqualTo(2);
        assertThat(err.toString()).isNotBlank();
    }

    @ParameterizedTest
    @CsvSource({
        "tail -n -1, -n -1: write how many messages to show",
        "tail -n 0, -n 0: write how many messages to show",
        "tail -n 99999999999, is not an int",
        "sandbox --port 70000, --port: 70000 is outside 0 to 65535",
        "sandbox --port -1, --port: -1 is outside",
        "sandbox --conversations 0, --conversations: 0 is outside 1 to",
        "sandbox --agents -3, --agents: -3 is outside 1 to",
        "sandbox --rate-limit -1, --rate-limit: -1 is outside 0 to",
        "sandbox --longest 0s, --longest in seconds: 0 is outside 1 to",
        "run --for -5s, is not a duration",
        "run --for 0, '--for 0: write how long to run, above 0 and at most 3650d'",
        "run --for 0s, --for 0: write how long to run",
        "run --for 3651d, --for 3651d: write how long to run",
        "run --for 99999999999999999999d, is not a duration"
    })
    void a_number_that_is_invalid_is_a_usage_error(String arguments, String said) {
        assertThat(run(arguments.split(" "))).isEqualTo(2);
        assertThat(err.toString()).contains(said).doesNotContain("Exception");
    }

    /** A pipe stands for an empty argument, as of a variable of the shell that is not set. */
    @ParameterizedTest
    @CsvSource({
        "run --conversations 5, --conversations: only with --sandbox",
        "run --still --fault Earthquake, '--still, --fault: only with --sandbox'",
        "run --rate-limit=300, --rate-limit: only with --sandbox",
        "replay --select |, '--select is empty, and would replay every message'",
        "replay --dry-run --select |, --select is empty",
        "run --routes |, --routes is empty",
        "tail --config |, --config is empty",
        "run --routes routes/30-enrich-page.camel.yaml, this is a file. Give the folder that holds it: --routes routes",
        "replay --config config/application.properties, this is a file. Give the folder that holds it: --config config",
        "sandbox --host no.such.host.invalid, --host: there is no host"
    })
    void an_option_that_would_have_no_effect_or_another_one_is_refused(String arguments, String said) {
        String[] words = arguments.split(" ");
        for (int i = 0; i < words.length; i++) {
            words[i] = words[i].replace("|", "");
        }

        assertThat(run(words)).isEqualTo(2);
        assertThat(err.toString()).contains(said).doesNotContain("Exception");
    }

    /** With the options that they go with, only the missing folder is refused. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "run --sandbox --conversations 5 --still --for 1s --routes /no/such/folder",
                "run --for 3650d --routes /no/such/folder",
                "replay --select attempts<3 --routes /no/such/folder"
            })
    void options_that_go_together_are_accepted(String arguments) {
        assertThat(run(arguments.split(" "))).isEqualTo(2);
        assertThat(err.toString()).startsWith("/no/such/folder: no such folder").hasLineCount(1);
    }

    @Test
    void an_unusable_duration_is_refused_with_examples() {
        run("run", "--for", "soon");

        assertThat(err.toString())
                .contains(
                        "'soon' is not a duration; write for example 500ms, 30s",
                        "Help: conversation-bridge run --help")
                .doesNotContain("java.lang")
                .hasLineCount(2);
    }

    @Test
    void help_is_a_command() {
        assertThat(run("help")).isZero();
        assertThat(out.toString()).contains("Usage: conversation-bridge");
    }

    @Test
    void a_missing_folder_is_a_configuration_error() {
        assertThat(run("run", "--routes", "/no/such/folder")).isEqualTo(2);
        assertThat(err.toString()).contains("/no/such/folder: no such folder");
    }

    @Test
    void an_unknown_fault_is_refused_with_the_known_ones() {
        assertThat(run("sandbox", "--port", "0", "--fault", "Earthquake")).isEqualTo(2);
        assertThat(err.toString()).contains("unknown fault Earthquake", "DropsConnectionMidBody");
    }

    @Test
    void the_sandbox_says_how_to_connect_and_subscribe() throws Exception {
        Thread sandbox = new Thread(() -> run("sandbox", "--port", "0"));
        sandbox.start();

        await().untilAsserted(() -> assertThat(out.toString())
                .contains("export GENESYS_API_URL=http://127.0.0.1:")
                .containsPattern(
                        "export POLL_SOURCE=notifications NOTIFICATIONS_QUEUES=([0-9a-f-]{36},){2}[0-9a-f-]{36}\n"));
        sandbox.interrupt();
        sandbox.join();
    }

    private int run(String... arguments) {
        CommandLine command = ConversationBridge.commandLine();
        command.setOut(new PrintWriter(out, true));
        command.setErr(new PrintWriter(err, true));
        return command.execute(arguments);
    }
}
