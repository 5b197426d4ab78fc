// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.bridge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.conversationbridge.TestBridge.json;

import com.fasterxml.jackson.databind.JsonNode;
import jakarta.jms.DeliveryMode;
import jakarta.jms.Queue;
import jakarta.jms.Session;
import jakarta.jms.TextMessage;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.apache.activemq.artemis.api.core.SimpleString;
import org.apache.activemq.artemis.jms.client.ActiveMQSession;
import org.apache.logging.log4j.Level;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.core.config.Configurator;
import org.awaitility.Awaitility;
import org.conversationbridge.LogCapture;
import org.conversationbridge.MessageSchema;
import org.conversationbridge.TestBridge;
import org.conversationbridge.sandbox.SandboxSettings;
import org.conversationbridge.sandbox.world.Truth;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The whole connector against a sandbox that stands still, its results read by plain JMS. */
class BridgeTest {
    private static final Set<String> PROPERTIES = Set.of(
            "eventType",
            "schemaVersion",
            "messageId",
            "conversationId",
            "mediaType",
            "direction",
            "state",
            "queueId",
            "agentUserId",
            "historyStatus",
            "sequence",
            "contentType");

    private final Clock still = Clock.fixed(Instant.now(), ZoneOffset.UTC);

    @TempDir
    private Path dataDir;

    @Test
    void a_check_of_the_routes_silences_no_log_of_the_bridge_that_runs_after_it() throws Exception {
        String timer = "org.apache.camel.component.timer";
        try (TestBridge test = bridge(SandboxSettings.defaults(), Map.of())) {
            Configurator.setLevel(timer, Level.WARN);

            Bridge.check(test.settings(), Path.of("routes"));

            Awaitility.await("for longer than a stop takes")
                    .during(Duration.ofMillis(1_800))
                    .until(() -> LogManager.getLogger(timer).getLevel() == Level.WARN);
        }
    }

    @Test
    void every_active_conversation_is_delivered_once_with_the_truth_about_its_agent() throws Exception {
        try (TestBridge test = bridge(SandboxSettings.defaults(), Map.of())) {
            test.start();

            List<JsonNode> messages =
                    test.results(12).stream().map(TestBridge::json).toList();

            assertThat(messages)
                    .allSatisfy(message ->
                            assertThat(MessageSchema.violations(message)).isEmpty());
            assertThat(messages)
                    .extracting(message -> message.path("conversationId").asText())
                    .containsExactlyInAnyOrderElementsOf(test.sandbox().world().live(still.instant()).stream()
                            .map(script -> script.conversationId())
                            .toList());
            assertThat(messages).allSatisfy(message -> assertHistoryIsTrue(message, test));
            assertThat(messages)
                    .filteredOn(message -> message.path("agent").isObject())
                    .isNotEmpty();
            assertThat(test.depth(test.settings().queues().enriched())).isZero();
        }
    }

    @Test
    void a_message_carries_the_published_headers_and_properties_and_nothing_else() throws Exception {
        try (TestBridge test = bridge(SandboxSettings.defaults(), Map.of())) {
            test.start();

            for (TextMessage message : test.results(12)) {
                JsonNode content = json(message);
                assertThat(message.getJMSType()).isEqualTo("conversation.started");
                assertThat(message.getJMSCorrelationID())
                        .isEqualTo(content.path("conversationId").asText());
                assertThat(message.getStringProperty("JMSXGroupID"))
                        .isEqualTo(content.path("conversationId").asText());
                assertThat(message.getJMSDeliveryMode()).isEqualTo(DeliveryMode.PERSISTENT);
                assertThat(message.getJMSPriority()).isEqualTo(4);
                assertThat(message.getJMSExpiration()).isZero();
                assertThat(message.getLongProperty("sequence")).isEqualTo(1);
                assertThat(message.getStringProperty("contentType")).isEqualTo("application/json");
                assertThat(message.getStringProperty("messageId"))
                        .isEqualTo(content.path("messageId").asText());
                assertThat(message.getStringProperty("agentUserId"))
                        .isEqualTo(content.path("agent").path("userId").asText(null));
                Set<String> names = new TreeSet<>();
                Collections.list(message.getPropertyNames()).forEach(name -> names.add((String) name));
                names.removeIf(name -> name.startsWith("JMSX") || name.startsWith("__AMQ") || name.startsWith("_AMQ"));
                assertThat(PROPERTIES).containsAll(names);
            }
        }
    }

    @Test
    void properties_that_camel_would_read_in_any_case_of_letters_change_nothing() throws Exception {
        try (TestBridge test = bridge(SandboxSettings.defaults(), Map.of())) {
            test.start();
            test.results(12);
            test.awaitDelivered();
            Session session = test.connection().createSession(Session.AUTO_ACKNOWLEDGE);
            Queue requests = session.createQueue(test.settings().queues().pollRequests());
            TextMessage request = session.createTextMessage("");
            for (String start : List.of("Camel", "CAmel", "camel", "CAMEL")) {
                request.setStringProperty(start + "JmsDestinationName", "elsewhere");
                request.setStringProperty(start + "HttpUri", "http://127.0.0.1:1/");
                request.setStringProperty(start + "HttpPath", "/elsewhere");
                request.setStringProperty(start + "HttpMethod", "DELETE");
                request.setStringProperty(start + "BeanMethodName", "toString");
            }

            session.createProducer(requests).send(request);

            Awaitility.await().until(() -> test.bridge().polls().figures().polls() == 2);
            assertThat(test.bridge().polls().figures().failedPolls()).isZero();
            assertThat(test.depth(test.settings().queues().enriched())).isZero();
            assertThat(test.depth(test.settings().queues().error())).isZero();
            assertThat(((ActiveMQSession) session)
                            .getCoreSession()
                            .addressQuery(SimpleString.of("elsewhere"))
                            .isExists())
                    .isFalse();
        }
    }

    private void assertHistoryIsTrue(JsonNode message, TestBridge test) {
        String agent = message.path("agent").path("userId").asText("");
        if (agent.isEmpty()) {
            assertThat(message.at("/history/status").asText()).isEqualTo("none");
            return;
        }
        Truth truth = new Truth(test.sandbox().world());
        List<Truth.Finished> finished =
                truth.finished(agent, still.instant(), test.settings().history().window());
        assertThat(message.at("/history/conversationCount").asInt()).isEqualTo(finished.size());
        for (int i = 0; i < message.at("/history/recent").size(); i++) {
            JsonNode recent = message.at("/history/recent").get(i);
            assertThat(new Truth.Finished(
                            recent.path("conversationId").asText(),
                            recent.path("wrapUpCode").asText(),
                            recent.path("talkMs").asLong(),
                            recent.path("heldMs").asLong(),
                            recent.path("handleMs").asLong()))
                    .isEqualTo(finished.get(i));
        }
    }

    @Test
    void a_time_zone_whose_summer_time_makes_a_hole_is_warned_of_at_the_start() throws Exception {
        try (LogCapture log = LogCapture.of(Bridge.class);
                TestBridge test = bridge(
                        SandboxSettings.defaults(),
                        Map.of("poll.time-zone", "Europe/Berlin", "poll.cron", "0/15 * * * * ?"))) {
            test.start();

            assertThat(log.text()).containsOnlyOnce("poll.time-zone=Europe/Berlin has daylight saving time");
        }
    }

    private TestBridge bridge(SandboxSettings sandbox, Map<String, String> settings) throws Exception {
        return TestBridge.of(TestBridge.sandbox(sandbox, still), dataDir, settings);
    }
}
