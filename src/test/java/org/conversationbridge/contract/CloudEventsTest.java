// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.contract;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.cloudevents.CloudEvent;
import io.cloudevents.SpecVersion;
import jakarta.jms.JMSException;
import jakarta.jms.TextMessage;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.conversationbridge.Fixtures;
import org.conversationbridge.TestBridge;
import org.conversationbridge.bridge.Json;
import org.conversationbridge.sandbox.SandboxSettings;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the CloudEvents SDK reads of the messages on the queues, and that the properties are those published. */
class CloudEventsTest {
    private static final URI SCHEMA = URI.create(AsyncApi.yaml(Path.of("config/conversation-message.schema.json"))
            .path("$id")
            .asText());
    private static final String ATTRIBUTE = "cloudEvents_";
    private static final Set<String> PUBLISHED = AsyncApi.properties("conversation");

    @TempDir
    private Path dataDir;

    @Test
    void with_properties_the_body_stays_and_each_attribute_is_a_property() throws Exception {
        for (TextMessage message : messages("properties", "/conversation-bridge")) {
            CloudEvent event = JmsCloudEvent.of(message);

            assertThat(message.getStringProperty("contentType")).isEqualTo("application/json");
            assertThat(event.getData().toBytes()).isEqualTo(message.getText().getBytes(UTF_8));
            assertAttributes(event, TestBridge.json(message), "/conversation-bridge");
            assertAsPublished(message, "conversation");
            assertThat(PUBLISHED.stream().filter(name -> name.startsWith(ATTRIBUTE)))
                    .hasSize(8)
                    .isSubsetOf(properties(message).keySet());
        }
    }

    @Test
    void structured_the_message_is_the_data_of_an_envelope() throws Exception {
        for (TextMessage message : messages("Structured", "https://example.com/bridge")) {
            CloudEvent event = JmsCloudEvent.of(message);

            JsonNode data = Fixtures.parse(new String(event.getData().toBytes(), UTF_8));
            assertThat(message.getStringProperty("contentType")).isEqualTo("application/cloudevents+json");
            assertThat(data).isEqualTo(TestBridge.json(message).path("data"));
            assertAttributes(event, data, "https://example.com/bridge");
            assertAsPublished(message, "conversationEvent");
            assertThat(properties(message))
                    .allSatisfy((name, value) -> assertThat(name).doesNotStartWith(ATTRIBUTE));
        }
    }

    /** Body and properties are valid, and there is no property that is not published. */
    private static void assertAsPublished(TextMessage message, String name) {
        Map<String, Object> properties = properties(message);
        assertThat(PUBLISHED).containsAll(properties.keySet());
        assertThat(AsyncApi.schema(name, "headers").validate(Json.mapper().valueToTree(properties)))
                .isEmpty();
        assertThat(AsyncApi.schema(name, "payload").validate(TestBridge.json(message)))
                .isEmpty();
    }

    private static void assertAttributes(CloudEvent event, JsonNode message, String source) {
        assertThat(event.getSpecVersion()).isEqualTo(SpecVersion.V1);
        assertThat(event.getId()).isEqualTo(message.path("messageId").asText());
        assertThat(event.getSource()).isEqualTo(URI.create(source));
        assertThat(event.getType())
                .isEqualTo("org.conversationbridge." + message.path("eventType").asText());
        assertThat(event.getSubject()).isEqualTo(message.path("conversationId").asText());
        assertThat(event.getTime())
                .isEqualTo(OffsetDateTime.parse(message.path("observedAt").asText()));
        assertThat(event.getDataContentType()).isEqualTo("application/json");
        assertThat(event.getDataSchema()).isEqualTo(SCHEMA);
        assertThat(event.getExtensionNames()).isEmpty();
    }

    /** The results of a first poll; those on the current queue are the same, without a message group. */
    private List<TextMessage> messages(String form, String source) throws Exception {
        Clock still = Clock.fixed(Instant.now(), ZoneOffset.UTC);
        try (TestBridge test = TestBridge.of(
                        TestBridge.sandbox(SandboxSettings.defaults(), still),
                        dataDir,
                        Map.of("deliver.cloud-events", form, "deliver.cloud-events-source", source))
                .start()) {
            List<TextMessage> results = test.results(12);
            List<TextMessage> current = test.receive(test.settings().queues().current(), 12);
            assertThat(current)
                    .extracting(TextMessage::getText)
                    .containsExactlyInAnyOrderElementsOf(
                            results.stream().map(CloudEventsTest::text).toList());
            assertThat(current)
                    .extracting(message -> properties(message).keySet())
                    .allSatisfy(
                            names -> assertThat(names).contains("_AMQ_LVQ_NAME").doesNotContain("JMSXGroupID"));
            assertThat(current)
                    .extracting(CloudEventsTest::properties)
                    .extracting(properties -> properties.keySet().stream()
                            .filter(name -> !name.startsWith("_AMQ"))
                            .toList())
                    .containsExactlyInAnyOrderElementsOf(results.stream()
                            .map(message -> properties(message).keySet().stream()
                                    .filter(name -> !name.equals("JMSXGroupID"))
                                    .toList())
                            .toList());
            return results;
        }
    }

    private static String text(TextMessage message) {
        try {
            return message.getText();
        } catch (JMSException e) {
            throw new AssertionError(e);
        }
    }

    /** Its properties, but for those that JMS and the broker add when it is delivered. */
    private static Map<String, Object> properties(TextMessage message) {
        try {
            Map<String, Object> properties = new TreeMap<>();
            for (Object name : Collections.list(message.getPropertyNames())) {
                properties.put((String) name, message.getObjectProperty((String) name));
            }
            properties.keySet().remove("JMSXDeliveryCount");
            return properties;
        } catch (JMSException e) {
            throw new AssertionError(e);
        }
    }
}
