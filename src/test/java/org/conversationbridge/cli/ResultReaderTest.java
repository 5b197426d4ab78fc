// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.stream.Stream;
import org.conversationbridge.Fixtures;
import org.conversationbridge.TestBridge;
import org.conversationbridge.broker.BrokerConnections;
import org.conversationbridge.broker.BrokerCredentials;
import org.conversationbridge.sandbox.SandboxSettings;
import org.conversationbridge.sandbox.world.Truth;
import org.conversationbridge.settings.SettingsReader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Messages in an envelope are read like those without one. */
class ResultReaderTest {
    private final Clock still = Clock.fixed(Instant.now(), ZoneOffset.UTC);

    @TempDir
    private Path folder;

    @Test
    void a_structured_cloud_event_is_shown_and_compared_like_a_message() throws Exception {
        Path dataDir = folder.resolve("data");
        try (TestBridge test = TestBridge.of(
                        TestBridge.sandbox(SandboxSettings.defaults(), still),
                        dataDir,
                        Map.of("deliver.cloud-events", "structured"))
                .start()) {
            test.awaitDelivered();
            assertThat(tail(dataDir, "-n", "12").lines())
                    .hasSize(12)
                    .allSatisfy(line -> assertThat(line)
                            .contains(" conversation.started   #1 ")
                            .contains(" history="));
            assertThat(tail(dataDir, "-n", "12", "--json").lines())
                    .hasSize(12)
                    .allSatisfy(line -> assertThat(
                                    Fixtures.parse(line).path("specversion").asText())
                            .isEqualTo("1.0"));

            TruthCheck check = new TruthCheck(
                    new Truth(test.sandbox().world()),
                    still::instant,
                    test.settings().history().window(),
                    test.settings().history().limit());
            try (ResultReader reader = ResultReader.start(
                    BrokerConnections.to(BrokerCredentials.read(dataDir)),
                    test.settings().queues().enriched(),
                    check::check)) {
                await().until(() -> check.checked() == 12);
            }
            assertThat(check.differences()).isEmpty();
        }
    }

    private String tail(Path dataDir, String... options) throws Exception {
        Path config = Files.createDirectories(folder.resolve("config"));
        Files.writeString(config.resolve(SettingsReader.FILE), "data.dir=" + dataDir);
        StringWriter out = new StringWriter();
        int exitCode = ConversationBridge.commandLine()
                .setOut(new PrintWriter(out, true))
                .execute(Stream.concat(Stream.of("tail", "--config", config.toString()), Stream.of(options))
                        .toArray(String[]::new));
        assertThat(exitCode).isZero();
        return out.toString();
    }
}
