// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.bridge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.conversationbridge.CopiedRoutes;
import org.conversationbridge.LogCapture;
import org.conversationbridge.TestBridge;
import org.conversationbridge.poll.PollLog;
import org.conversationbridge.route.poll.CurrentQueue;
import org.conversationbridge.sandbox.SandboxSettings;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Conversations are left out by a filter, in each form in which one comes to write it. */
class ChangedRoutesTest {
    private static final Path PAGE = Path.of("docs/change.md");
    private static final Pattern LINE =
            Pattern.compile("poll found=(\\d+) changed=(\\d+) delivered=(\\d+)(?: left-out=(\\d+))?.*");

    @TempDir
    private Path folder;

    private Path routes;

    @BeforeEach
    void copy() throws Exception {
        routes = CopiedRoutes.into(folder.resolve("routes"));
    }

    static Stream<Arguments> filters() throws Exception {
        String begin = "        - enrich:\n            id: enrich-with-agent-history\n";
        String send = "        - filter:\n            id: unless-restated\n";
        String restated = "simple: \"${variable.page?.isRestated} != true\"";
        String all = Files.readString(Path.of("routes/35-deliver-conversation.camel.yaml"));
        String steps = all.substring(all.indexOf(begin));
        return Stream.of(
                arguments("the recipe of the page", begin, recipe() + begin),
                arguments(
                        "a stop before the message is made",
                        begin,
                        CopiedRoutes.leaveOut("${body.conversation.mediaType} != 'voice'") + begin),
                arguments(
                        "a filter around all steps",
                        steps,
                        CopiedRoutes.leaveOut("${body.conversation.mediaType} == 'voice'")
                                        .replace("              - stop: {}\n", "")
                                + steps.indent(6)),
                arguments(
                        "a stop behind the enrich",
                        "        - removeHeaders:\n            pattern: \"*\"\n        - bean:\n            id: set-standard-properties",
                        CopiedRoutes.leaveOut("${body.mediaType} != 'voice'")
                                + "        - removeHeaders:\n            pattern: \"*\"\n        - bean:\n            id: set-standard-properties"),
                arguments(
                        "a stop before it is sent",
                        send,
                        CopiedRoutes.leaveOut("${header.mediaType} != 'voice'") + send),
                arguments(
                        "the condition of the filter that is there, for results alone",
                        restated,
                        "simple: \"${variable.page?.isRestated} != true && ${header.mediaType} == 'voice'\""));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("filters")
    void what_a_filter_leaves_out_is_not_delivered_and_not_counted(String form, String from, String to)
            throws Exception {
        Path file = routes.resolve("35-deliver-conversation.camel.yaml");
        String text = Files.readString(file);
        assertThat(text).contains(from);
        Files.writeString(file, text.replace(from, to));
        try (LogCapture log = LogCapture.of(PollLog.class);
                LogCapture restated = LogCapture.of(CurrentQueue.class);
                TestBridge test = test()) {
            test.start();

            await().until(() ->
                    log.messages().stream().anyMatch(line -> LINE.matcher(line).matches()));

            Matcher line = LINE.matcher(log.messages().stream()
                    .filter(said -> LINE.matcher(said).matches())
                    .findFirst()
                    .orElseThrow());
            assertThat(line.matches()).isTrue();
            int changed = Integer.parseInt(line.group(2));
            int delivered = Integer.parseInt(line.group(3));
            assertThat(delivered).isBetween(1, changed - 1);
            assertThat(line.group(4)).isEqualTo(String.valueOf(changed - delivered));
            assertThat(test.bridge().polls().figures().delivered()).isEqualTo(delivered);
            test.awaitDelivered();
            assertThat(test.depth(test.settings().queues().enriched())).isEqualTo(delivered);
            assertThat(test.results(delivered))
                    .allSatisfy(message -> assertThat(
                                    TestBridge.json(message).path("mediaType").asText())
                            .isEqualTo("voice"));
            test.poll();
            await().until(() -> test.bridge().polls().figures().polls() == 2);
            test.awaitDelivered();
            boolean isOnCurrent = form.endsWith("for results alone");
            assertThat(restated.text().contains("left out by the routes")).isNotEqualTo(isOnCurrent);
            assertThat(restated.text()).doesNotContain("out of date");
            assertThat(test.depth(test.settings().queues().error())).isZero();
        }
    }

    @Test
    void what_only_a_message_shows_is_parked_with_file_line_and_name() throws Exception {
        Path file = routes.resolve("35-deliver-conversation.camel.yaml");
        String begin = "        - enrich:\n            id: enrich-with-agent-history\n";
        String step = "        - setVariable: { name: x, simple: \"${body.conversation.mediaType.nme}\" }";
        Files.writeString(file, Files.readString(file).replace(begin, step + "\n" + begin));
        int line = Files.readAllLines(file).indexOf(step) + 1;
        try (TestBridge test = test()) {
            test.start();
            await().until(() -> test.depth(test.settings().queues().error()) == 12);

            assertThat(test.receive(test.settings().queues().error(), 12))
                    .allSatisfy(message -> assertThat(message.getStringProperty("errorMessage"))
                            .isEqualTo(file + " line " + line
                                    + ": an expression of the route names 'nme', which its object"
                                    + " does not have."));
        }
    }

    @Test
    void a_route_of_ones_own_that_fails_loses_nothing_and_logs_little() throws Exception {
        Path blocked = Files.writeString(folder.resolve("blocked"), "a file in the place of a folder");
        Files.writeString(routes.resolve("70-write-files.camel.yaml"), """
                - route:
                    id: write-files
                    routeConfigurationId: wait-and-roll-back
                    from:
                      uri: jms
                      parameters:
                        destinationType: queue
                        destinationName: "{{deliver.queue}}"
                        transacted: true
                      steps:
                        - log: "writes ${header.conversationId}"
                        - to:
                            uri: file
                            parameters:
                              directoryName: "%s/out"
                              fileName: "${header.messageId}.json"
                """.formatted(blocked));
        try (LogCapture failures = LogCapture.of("org.apache.camel.processor.errorhandler");
                LogCapture said = LogCapture.of("routes");
                TestBridge test = test()) {
            test.start();
            await().until(() -> failures.messages().size() >= 1);
            long begin = System.nanoTime();
            await().until(() -> failures.messages().size() >= 2);

            Files.delete(blocked);

            Path out = blocked.resolve("out");
            await().until(() -> Files.isDirectory(out) && written(out) == 12);
            long seconds = Duration.ofNanos(System.nanoTime() - begin).toSeconds();
            assertThat(failures.messages())
                    .as("one a second until the folder can be made, and none after that")
                    .hasSizeLessThan((int) (8 + seconds));
            assertThat(said.messages())
                    .filteredOn(line -> line.startsWith("writes "))
                    .hasSize(12);
        }
    }

    /** The broker refuses a message whose properties are too large, as AMQ219022. */
    @Test
    void a_property_of_ones_own_is_cut_to_what_every_broker_takes() throws Exception {
        Path file = routes.resolve("35-deliver-conversation.camel.yaml");
        String send = "        - filter:\n            id: unless-restated\n";
        Files.writeString(
                file,
                Files.readString(file)
                        .replace(
                                send,
                                "        - setHeader:\n            id: note\n            name: note\n"
                                        + "            constant: \"" + "x".repeat(200_000) + "\"\n" + send));
        try (TestBridge test = test()) {
            test.start();

            assertThat(test.results(12))
                    .allSatisfy(message -> assertThat(message.getStringProperty("note"))
                            .endsWith("...")
                            .hasSizeLessThan(2_000));
            test.awaitDelivered();
            assertThat(test.depth(test.settings().queues().error())).isZero();
        }
    }

    private static long written(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.count();
        }
    }

    private TestBridge test() throws Exception {
        return TestBridge.of(
                TestBridge.sandbox(SandboxSettings.defaults(), Clock.systemUTC()),
                folder.resolve("data"),
                Map.of("poll.source", "analytics", "page.size", "5"),
                routes,
                Clock.systemUTC());
    }

    /** The YAML below the sentence that begins the recipe. */
    private static String recipe() throws Exception {
        String page = Files.readString(PAGE);
        Matcher block = Pattern.compile("\\*\\*Leave conversations out.*?```yaml\\n(.*?) *```", Pattern.DOTALL)
                .matcher(page);
        assertThat(block.find()).isTrue();
        return block.group(1).replaceAll("(?m)^  ", "");
    }
}
