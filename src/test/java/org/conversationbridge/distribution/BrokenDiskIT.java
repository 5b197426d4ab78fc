// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.distribution;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import jakarta.jms.Connection;
import jakarta.jms.MessageConsumer;
import jakarta.jms.Session;
import jakarta.jms.TextMessage;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.apache.activemq.artemis.jms.client.ActiveMQConnectionFactory;
import org.conversationbridge.broker.BrokerCredentials;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The embedded broker whose disk takes nothing more: the limit of the operating system for the size of a file stands
 * for the disk, because a test may set it for a process of its own.
 */
class BrokenDiskIT {
    private static final String RESULTS = "genesys.conversations.enriched";
    private static final Duration READING = Duration.ofSeconds(10);

    @TempDir
    private Path folder;

    @Test
    @Tag("soak")
    void the_program_says_why_and_ends_and_goes_on_after_a_restart_with_nothing_lost() throws Exception {
        try (Program sandbox = Program.start(
                folder, Map.of(), Distribution.program(), "sandbox", "--port", "0", "--conversations", "30")) {
            String url = sandbox.line("^sandbox").replaceAll(".*(http://[0-9.:]+),.*", "$1");
            try (Program first = run(url)) {
                first.line("poll found=[1-9]");
                allowWrites(first, "0");

                assertThat(first.exitCode()).as(first.output()).isEqualTo(1);
                assertThat(first.line("The embedded broker has stopped"))
                        .contains("cannot be read or written", "check the disk", "work continues with them");
            }
            try (Program second = run(url)) {
                second.line("poll found=[1-9].* delivered=[1-9]");

                Map<String, List<Long>> sequences = sequences(receiveAll());
                assertThat(sequences).hasSizeGreaterThanOrEqualTo(30);
                assertThat(sequences).allSatisfy((id, found) -> {
                    for (int i = 0; i < found.size(); i++) {
                        assertThat(found.get(i)).as(id).isEqualTo(i + 1);
                    }
                });
            }
        }
    }

    private Program run(String url) throws Exception {
        Map<String, String> environment = new HashMap<>(Map.of(
                "BROKER_PORT", "0",
                "MANAGEMENT_PORT", "0",
                "POLL_CRON", "0/2 * * * * ?",
                "DATA_DIR", folder.resolve("data").toString(),
                "GENESYS_API_URL", url,
                "GENESYS_LOGIN_URL", url,
                "GENESYS_CLIENT_ID", "sandbox",
                "GENESYS_CLIENT_SECRET", "sandbox-secret"));
        return Program.start(folder, environment, Distribution.program(), "run");
    }

    /** No file may grow beyond so many bytes. */
    private static void allowWrites(Program program, String bytes) throws Exception {
        assertThat(new ProcessBuilder("prlimit", "--pid", Long.toString(program.pid()), "--fsize=" + bytes)
                        .inheritIO()
                        .start()
                        .waitFor())
                .isZero();
    }

    /** All that waited, and some of what the next polls add: there is always more to come. */
    private List<JsonNode> receiveAll() throws Exception {
        BrokerCredentials credentials = BrokerCredentials.read(folder.resolve("data"));
        List<JsonNode> all = new ArrayList<>();
        try (ActiveMQConnectionFactory factory = new ActiveMQConnectionFactory(
                        credentials.url(),
                        credentials.user(),
                        credentials.password().reveal());
                Connection connection = factory.createConnection()) {
            connection.start();
            Session session = connection.createSession(Session.AUTO_ACKNOWLEDGE);
            MessageConsumer results = session.createConsumer(session.createQueue(RESULTS));
            Instant end = Instant.now().plus(READING);
            while (Instant.now().isBefore(end)) {
                if (results.receive(500) instanceof TextMessage message) {
                    all.add(new ObjectMapper().readTree(message.getText()));
                }
            }
        }
        return all;
    }

    /** In the order of their sequence, so that a hole or a double shows. */
    private static Map<String, List<Long>> sequences(List<JsonNode> messages) {
        return messages.stream()
                .sorted(Comparator.comparingLong(
                        message -> message.path("sequence").asLong()))
                .collect(Collectors.groupingBy(
                        message -> message.path("conversationId").asText(),
                        TreeMap::new,
                        Collectors.mapping(message -> message.path("sequence").asLong(), Collectors.toList())));
    }
}
