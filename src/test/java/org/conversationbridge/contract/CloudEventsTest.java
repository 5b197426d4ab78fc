// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.contract;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.cloudevents.CloudEvent;
import io.cloudevents.SpecVersion;
import io.cloudevents.rw.CloudEventRWException;
import jakarta.jms.JMSException;
import jakarta.jms.TextMessage;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.conversationbridge.Fixtures;
import org.conversationbridge.MessageSchema;
import org.conversationbridge.TestBridge;
import org.conversationbridge.sandbox.SandboxSettings;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the CloudEvents SDK reads of the messages on the queues, and that the properties are those published. */
class CloudEventsTest {
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
    private static final Set<String> ATTRIBUTES = Set.of(
            "cloudEvents_specversion",
            "cloudEvents_id",
            "cloudEvents_source",
            "cloudEvents_type",
            "cloudEvents_subject",
            "cloudEvents_time",
            "cloudEvents_datacontenttype",
            "cloudEvents_dataschema");

    @TempDir
    private Path dataDir;

    @Test
    void with_properties_the_body_stays_and_each_attribute_is_a_property() throws Exception {
        for (TextMessage message : messages("properties", "/conversation-bridge")) {
            CloudEvent event = JmsCloudEvent.of(message);

            assertThat(message.getStringProperty("contentType")).isEqualTo("application/json");
            assertThat(event.getData().toBytes()).isEqualTo(message.getText().getBytes(UTF_8));
            assertAttributes(event, TestBridge.json(message), "/conversation-bridge");
            assertThat(names(message))
                    .containsAll(ATTRIBUTES)
                    .isSubsetOf(Stream.concat(PROPERTIES.stream(), ATTRIBUTES.stream())
                            .collect(Collectors.toSet()));
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
            assertThat(PROPERTIES).containsAll(names(message));
        }
    }

    @Test
    void none_is_no_cloud_event() throws Exception {
        List<TextMessage> messages = messages("none", "/conversation-bridge");

        assertThat(messages).allSatisfy(message -> assertThat(PROPERTIES).containsAll(names(message)));
        assertThatThrownBy(() -> JmsCloudEvent.of(messages.get(0))).isInstanceOf(CloudEventRWException.class);
    }

    @Test
    void the_schema_that_an_event_names_is_the_published_one() throws Exception {
        JsonNode schema = Fixtures.parse(Files.readString(Path.of("config/conversation-message.schema.json")));
        CloudEvent event = JmsCloudEvent.of(messages("properties", "/x").get(0));

        assertThat(event.getDataSchema()).hasToString(schema.path("$id").asText());
    }

    private static void assertAttributes(CloudEvent event, JsonNode message, String source) {
        assertThat(MessageSchema.violations(message)).isEmpty();
        assertThat(event.getSpecVersion()).isEqualTo(SpecVersion.V1);
        assertThat(event.getId()).isEqualTo(message.path("messageId").asText());
        assertThat(event.getSource()).isEqualTo(URI.create(source));
        assertThat(event.getType())
                .isEqualTo("org.conversationbridge." + message.path("eventType").asText());
        assertThat(event.getSubject()).isEqualTo(message.path("conversationId").asText());
        assertThat(event.getTime())
                .isEqualTo(OffsetDateTime.parse(message.path("observedAt").asText()));
        assertThat(event.getDataContentType()).isEqualTo("application/json");
        assertThat(event.getExtensionNames()).isEmpty();
    }

    /** The results of a first poll; those on the current queue are the same. */
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
                    .extracting(CloudEventsTest::names)
                    .containsExactlyInAnyOrderElementsOf(
                            results.stream().map(CloudEventsTest::names).toList());
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

    /** The names of its properties, but for those of JMS and of the broker. */
    private static Set<String> names(TextMessage message) {
        try {
            Set<String> names = new TreeSet<>();
            Collections.list(message.getPropertyNames()).forEach(name -> names.add((String) name));
            names.removeIf(name -> name.startsWith("JMSX") || name.startsWith("__AMQ") || name.startsWith("_AMQ"));
            return names;
        } catch (JMSException e) {
            throw new AssertionError(e);
        }
    }
}
