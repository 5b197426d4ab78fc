// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.distribution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import jakarta.jms.Connection;
import jakarta.jms.MessageConsumer;
import jakarta.jms.Session;
import jakarta.jms.TextMessage;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;
import org.conversationbridge.Fixtures;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * An Artemis that blocks its producers: which is said as what it is, and after room is made each message arrives once.
 */
@Tag("soak")
class BlockingBrokerIT {
    /** A page that was rolled back is tried again after up to half a minute, and may be broken off again then. */
    private static final Duration PATIENCE = Duration.ofMinutes(3);

    private static final String RESULTS = "genesys.conversations.enriched";
    private static final int CONVERSATIONS = 80;

    @TempDir
    private Path folder;

    @Test
    void a_limit_below_a_page_is_said_and_the_page_arrives_when_it_is_raised() throws Exception {
        try (ArtemisServer artemis = artemis()) {
            Path brokerXml = folder.resolve("artemis/etc/broker.xml");
            String right = Files.readString(brokerXml);
            Files.writeString(brokerXml, withLimit(right, 60_000));
            artemis.start(folder.resolve("artemis.log"));
            try (Program sandbox = sandbox();
                    Program run = run(sandbox, artemis)) {
                assertThat(run.line("limit of 60000 bytes")).contains("less than a page");
                assertThat(run.line("broker blocks producers of " + RESULTS)).contains("less than a page");
                assertThat(ready(run)).contains("\"DOWN\"", "less than a page");
                assertThat(run.line("page rolled back")).contains("BROKER_BLOCKED", RESULTS);

                Files.writeString(brokerXml, right);

                assertEachArrivesOnce(artemis, run);
            }
        }
    }

    @Test
    void a_disk_that_is_full_is_said_and_everything_arrives_when_there_is_room() throws Exception {
        try (ArtemisServer artemis = artemis()) {
            Path brokerXml = folder.resolve("artemis/etc/broker.xml");
            String right = Files.readString(brokerXml);
            Files.writeString(
                    brokerXml,
                    right.replaceAll("<max-disk-usage>[0-9.]+</max-disk-usage>", "<max-disk-usage>1</max-disk-usage>"));
            artemis.start(folder.resolve("artemis.log"));
            try (Program sandbox = sandbox();
                    Program run = run(sandbox, artemis)) {
                run.line("broker blocks all producers: its disk is full");
                assertThat(ready(run)).contains("\"DOWN\"", "max-disk-usage").doesNotContain("is it running");
                run.line("poll (skipped|failed)|poll request skipped");

                artemis.close();
                Files.writeString(brokerXml, right);
                artemis.start(folder.resolve("artemis-again.log"));

                assertEachArrivesOnce(artemis, run);
            }
        }
    }

    private static String withLimit(String brokerXml, int bytes) {
        String setting = "<address-setting match=\"" + RESULTS + "\">";
        return brokerXml.replace(
                setting,
                setting + "<max-size-bytes>" + bytes
                        + "</max-size-bytes><address-full-policy>BLOCK</address-full-policy>");
    }

    private void assertEachArrivesOnce(ArtemisServer artemis, Program run) throws Exception {
        Map<String, Long> last = new TreeMap<>();
        try (Connection connection = artemis.factory().createConnection()) {
            connection.start();
            Session session = connection.createSession(Session.AUTO_ACKNOWLEDGE);
            MessageConsumer results = session.createConsumer(session.createQueue(RESULTS));
            Instant end = Instant.now().plus(PATIENCE);
            boolean isDone = false;
            while (!isDone && Instant.now().isBefore(end)) {
                if (!(results.receive(1_000) instanceof TextMessage message)) {
                    continue;
                }
                var content = Fixtures.parse(message.getText());
                String id = content.path("conversationId").asText();
                long sequence = content.path("sequence").asLong();
                assertThat(sequence).as(id).isEqualTo(last.getOrDefault(id, 0L) + 1);
                last.put(id, sequence);
                isDone = last.size() >= CONVERSATIONS && ready(run).startsWith("200");
            }
        }
        assertThat(last).as(run.output()).hasSizeGreaterThanOrEqualTo(CONVERSATIONS);
        await().atMost(Duration.ofSeconds(90)).until(() -> ready(run).startsWith("200"));
    }

    private static String ready(Program run) throws Exception {
        String url = run.line("^management").replaceAll(".*(http://[0-9.:]+/observe/health/ready).*", "$1");
        HttpResponse<String> answer = HttpClient.newHttpClient()
                .send(HttpRequest.newBuilder(URI.create(url)).build(), HttpResponse.BodyHandlers.ofString());
        return answer.statusCode() + " " + answer.body();
    }

    private ArtemisServer artemis() throws Exception {
        return ArtemisServer.create(folder.resolve("artemis")).withBridgeConfiguration();
    }

    private Program sandbox() throws Exception {
        return Program.start(
                folder,
                Map.of(),
                Distribution.program(),
                "sandbox",
                "--port",
                "0",
                "--conversations",
                Integer.toString(CONVERSATIONS));
    }

    private Program run(Program sandbox, ArtemisServer artemis) throws Exception {
        Map<String, String> environment = artemis.environment(sandbox);
        environment.put("POLL_CRON", "0/5 * * * * ?");
        return Program.start(folder, environment, Distribution.program(), "run");
    }
}
