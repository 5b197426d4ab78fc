// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.distribution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.conversationbridge.documents.Links;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The distribution as an administrator uses it, each time in a process of its own. */
class DistributionIT {
    private static final Pattern VERDICT =
            Pattern.compile("(\\d+) messages delivered; agent and recent wrap-ups equal the sandbox's truth in (\\d+)");

    @TempDir
    private Path folder;

    @Test
    void run_in_the_sandbox_shows_messages_that_are_true() throws Exception {
        try (Program run = run(Map.of(), "run", "--sandbox", "--for", "20s")) {
            assertThat(run.exitCode()).as(run.output()).isZero();

            Matcher verdict = VERDICT.matcher(run.line("messages delivered"));
            assertThat(verdict.find()).isTrue();
            assertThat(Integer.parseInt(verdict.group(1))).isPositive();
            assertThat(verdict.group(2)).isEqualTo(verdict.group(1));
            assertThat(run.lines())
                    .filteredOn(line -> line.contains(" conversation."))
                    .hasSize(Integer.parseInt(verdict.group(1)))
                    .anySatisfy(line ->
                            assertThat(line).contains("history=complete:").contains("wrap-ups="));
            assertThat(run.line("poll found=(\\d+) changed=\\1 delivered=\\1 parked=0"))
                    .contains("requests=", "budget-left=");
            assertThat(run.output())
                    .containsPattern("routes +/.*routes, [1-9]\\d* files, [1-9]\\d* routes\\n")
                    .contains("sandbox     http://127.0.0.1:")
                    .contains("broker      tcp://127.0.0.1:")
                    .contains("management  http://127.0.0.1:")
                    .doesNotContain("ERROR");
        }
    }

    /** Neither with another port nor with the same one may it touch the journal of the first. */
    @Test
    void a_second_sandbox_in_the_same_folder_is_refused_and_the_first_goes_on() throws Exception {
        try (Program first = run(Map.of("POLL_CRON", "0/2 * * * * ?"), "run", "--sandbox")) {
            first.line("poll found");
            Path journal = folder.resolve("data/sandbox/journal");
            Set<Path> files = files(journal);
            Map<String, String> ofFirst =
                    Map.of("BROKER_PORT", first.line("broker .*:\\d+").replaceAll(".*:", ""));
            for (Map<String, String> environment : List.of(Map.<String, String>of(), ofFirst)) {
                try (Program second = run(environment, "run", "--sandbox")) {
                    assertThat(second.exitCode()).as(second.output()).isEqualTo(1);
                    assertThat(second.output())
                            .contains("is in use by another process. Stop it, or give this one a folder of its own")
                            .doesNotContain("Exception");
                }
            }
            assertThat(files(journal)).containsAll(files).isNotEmpty();

            try (Program tail = tailThat("head -1")) {
                assertThat(tail.line("rc=")).as(tail.output()).isEqualTo("rc=0");
                assertThat(tail.output()).contains(" conversation.").doesNotContain("Exception");
            }
            long polls = polls(first);
            await().atMost(Duration.ofSeconds(60)).until(() -> polls(first) > polls);

            first.interrupt();
            assertThat(first.output()).contains("messages delivered;").doesNotContain("ERROR", "Exception", "AMQ22");
        }
    }

    @Test
    void no_link_of_a_shipped_document_is_dead() throws Exception {
        Path shipped = Path.of(System.getProperty("distribution")).toAbsolutePath();

        assertThat(Links.files(shipped))
                .contains(shipped.resolve("README.md"), shipped.resolve("docs/settings.md"))
                .allSatisfy(
                        document -> assertThat(Links.dead(document, shipped)).isEmpty());
    }

    @Test
    void ctrl_c_stops_it_within_five_seconds() throws Exception {
        try (Program run = run(Map.of(), "run", "--sandbox")) {
            run.line("poll found");

            assertThat(run.interrupt()).isLessThan(Duration.ofSeconds(5));
            assertThat(run.output()).contains("messages delivered;").doesNotContain("ERROR");
        }
    }

    @Test
    void ctrl_c_stops_it_within_five_seconds_while_it_waits_for_the_rate_limit() throws Exception {
        try (Program run = run(Map.of(), "run", "--sandbox", "--rate-limit", "2")) {
            run.line("genesys budget is spent");

            assertThat(run.interrupt()).isLessThan(Duration.ofSeconds(5));
        }
    }

    @Test
    void an_edited_cron_takes_effect_at_the_next_start() throws Exception {
        Distribution edited = Distribution.copy(folder.resolve("by-setting"))
                .edit(
                        "config/application.properties",
                        text -> text.replace("poll.cron=0/15 * * * * ?", "poll.cron=0/1 * * * * ?"));
        try (Program run = run(edited, Map.of(), "run", "--sandbox")) {
            awaitPollsOfASecond(run);
        }
        Distribution byRoute = Distribution.copy(folder.resolve("by-route"))
                .edit("routes/10-request-poll.camel.yaml", text -> text.replace("{{poll.cron}}", "0/1 * * * * ?"));
        try (Program run = run(byRoute, Map.of(), "run", "--sandbox")) {
            awaitPollsOfASecond(run);
        }
    }

    /** As many as every fifteen seconds would take longer, wherever in a minute they begin. */
    private static void awaitPollsOfASecond(Program run) {
        await().atMost(Duration.ofSeconds(90))
                .untilAsserted(() -> assertThat(run.lines())
                        .filteredOn(line -> line.contains("poll found"))
                        .hasSizeGreaterThan(8));
    }

    @Test
    void a_filter_a_header_and_an_own_setting_need_no_compiler() throws Exception {
        Distribution edited = Distribution.copy(folder.resolve("edited"))
                .edit("config/application.properties", text -> text + "\nesb.system=core\n")
                .edit(
                        "routes/35-deliver-conversation.camel.yaml",
                        text -> text.replace("              - name: contentType\n", """
                                              - name: esbSystem
                                                expression: { constant: { expression: "{{esb.system}}" } }
                                              - name: contentType
                                """)
                                .replace(
                                        "\"${variable.page?.isRestated} != true\"",
                                        "\"${variable.page?.isRestated} != true && ${header.state} == 'queued'\""));
        try (Program run = run(edited, Map.of(), "run", "--sandbox")) {
            run.line("poll found");
            run.line(" conversation\\.");
            run.interrupt();
            assertThat(run.lines())
                    .filteredOn(line -> line.contains(" conversation."))
                    .isNotEmpty()
                    .allSatisfy(line -> assertThat(line).contains(" queued "));
        }
    }

    @Test
    void the_script_works_through_a_link_and_says_when_there_is_no_java() throws Exception {
        Path link = Files.createSymbolicLink(folder.resolve("bridge"), Path.of(Distribution.program()));
        try (Program version =
                Program.start(folder, Map.of("JAVA_OPTS", "-Dunused=1 -Xmx64m"), link.toString(), "--version")) {
            assertThat(version.exitCode()).as(version.output()).isZero();
            assertThat(version.output()).startsWith("conversation-bridge ");
        }
        try (Program none = Program.start(folder, Map.of("JAVA_HOME", "/no/java"), link.toString(), "--version")) {
            assertThat(none.exitCode()).isEqualTo(1);
            assertThat(none.output()).contains("no Java found (/no/java/bin/java)");
        }
        Files.delete(link);
    }

    @Test
    void what_no_code_here_uses_is_not_shipped() throws Exception {
        assertThat(Distribution.libraries())
                .hasSizeGreaterThan(100)
                .noneMatch(jar ->
                        jar.matches("(?i)(c3p0|mchange|kotlin|annotations-13|jgroups|commons-dbcp|commons-logging"
                                + "|artemis-jakarta-server).*"))
                .anyMatch(jar -> jar.startsWith("jakarta.servlet-api-"));
    }

    @Test
    void the_list_of_parts_names_each_library_that_is_shipped_with_its_version() throws Exception {
        JsonNode parts = new ObjectMapper()
                .readTree(Distribution.file("sbom.cdx.json").toFile())
                .path("components");

        assertThat(parts.findValuesAsText("purl")).allMatch(purl -> purl.startsWith("pkg:maven/"));
        Set<String> listed = new TreeSet<>();
        parts.forEach(part -> listed.add(
                part.path("name").asText() + "-" + part.path("version").asText()));
        assertThat(Distribution.libraries())
                .filteredOn(jar -> !jar.startsWith("conversation-bridge-"))
                .allMatch(jar -> listed.stream().anyMatch(jar::startsWith));
    }

    /** {@code tail} of the sandbox whose reader ends. */
    private Program tailThat(String reader) throws Exception {
        return Program.start(
                folder,
                Map.of("DATA_DIR", folder.resolve("data").toString()),
                "sh",
                "-c",
                "{ " + Distribution.program() + " tail --sandbox; echo rc=$? >&2; } | " + reader);
    }

    private static long polls(Program program) {
        return program.lines().stream()
                .filter(line -> line.contains("poll found="))
                .count();
    }

    private static Set<Path> files(Path folder) throws Exception {
        try (Stream<Path> files = Files.list(folder)) {
            return files.collect(Collectors.toSet());
        }
    }

    private Program run(Map<String, String> environment, String... arguments) throws Exception {
        return run(Distribution.built(), environment, arguments);
    }

    private Program run(Distribution distribution, Map<String, String> environment, String... arguments)
            throws Exception {
        return distribution.run(folder, environment, arguments);
    }
}
