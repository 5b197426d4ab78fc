// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import jakarta.jms.BytesMessage;
import jakarta.jms.JMSException;
import jakarta.jms.MapMessage;
import jakarta.jms.Message;
import jakarta.jms.Session;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.conversationbridge.Fixtures;
import org.conversationbridge.IncompleteTexts;
import org.conversationbridge.LogCapture;
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

    @Test
    void tail_names_what_it_cannot_show_and_shows_the_rest() throws Exception {
        Path dataDir = folder.resolve("data");
        try (TestBridge test = TestBridge.of(TestBridge.sandbox(SandboxSettings.defaults(), still), dataDir, Map.of());
                Session session = test.connection().createSession(Session.AUTO_ACKNOWLEDGE);
                LogCapture log = LogCapture.of(TailCommand.class)) {
            List<Message> bad = bad(session);
            var producer = session.createProducer(
                    session.createQueue(test.settings().queues().enriched()));
            IncompleteTexts.send(test.connection(), test.settings().queues().enriched(), 2);
            for (int i = 0; i < bad.size(); i++) {
                producer.send(bad.get(i));
                producer.send(session.createTextMessage("{\"conversationId\": \"good-%02d\"}".formatted(i)));
            }
            Message odd = session.createTextMessage("{\"conversationId\": [1], \"history\": 3, \"agent\": \"a\"}");
            odd.setIntProperty("contentType", 7);
            odd.setBooleanProperty("sequence", true);
            producer.send(odd);
            String count = Integer.toString(2 * bad.size() + 3);

            assertThat(run(ConversationBridge.FAILED, dataDir, "-n", count).lines())
                    .hasSize(bad.size() + 1)
                    .filteredOn(line -> line.contains("good-"))
                    .hasSize(bad.size());
            assertThat(run(ConversationBridge.FAILED, dataDir, "-n", count, "--json")
                            .lines())
                    .hasSize(bad.size() + 1);
            assertThat(log.messages())
                    .hasSize(2 * bad.size() + 2)
                    .allMatch(line -> line.matches("tail: messages? .* (is|are) not shown\\..*"))
                    .noneMatch(line -> line.contains("Exception"));
        }
    }

    private static List<Message> bad(Session session) throws JMSException {
        MapMessage map = session.createMapMessage();
        map.setString("conversationId", "c");
        BytesMessage bytes = session.createBytesMessage();
        bytes.writeBytes(new byte[] {1, 2, 3});
        Message noData = session.createTextMessage("{\"specversion\": \"1.0\"}");
        noData.setStringProperty("contentType", "application/cloudevents+json");
        Message listAsData = session.createTextMessage("{\"data\": [1]}");
        listAsData.setStringProperty("contentType", "application/cloudevents+json; charset=utf-8");
        return List.of(
                session.createTextMessage(),
                session.createTextMessage(""),
                session.createTextMessage("  "),
                session.createTextMessage("no JSON"),
                session.createTextMessage("{\"conversationId\": "),
                session.createTextMessage("null"),
                session.createTextMessage("[1, 2]"),
                session.createTextMessage("\"text\""),
                session.createTextMessage("7"),
                session.createTextMessage("[".repeat(5_000)),
                session.createTextMessage("x".repeat(17_000_000)),
                session.createMessage(),
                session.createStreamMessage(),
                session.createObjectMessage("an object"),
                bytes,
                map,
                noData,
                listAsData);
    }

    private String tail(Path dataDir, String... options) throws Exception {
        return run(0, dataDir, options);
    }

    private String run(int expected, Path dataDir, String... options) throws Exception {
        Path config = Files.createDirectories(folder.resolve("config"));
        Files.writeString(config.resolve(SettingsReader.FILE), "data.dir=" + dataDir);
        StringWriter out = new StringWriter();
        int exitCode = ConversationBridge.commandLine()
                .setOut(new PrintWriter(out, true))
                .execute(Stream.concat(Stream.of("tail", "--config", config.toString()), Stream.of(options))
                        .toArray(String[]::new));
        assertThat(exitCode).isEqualTo(expected);
        return out.toString();
    }
}
