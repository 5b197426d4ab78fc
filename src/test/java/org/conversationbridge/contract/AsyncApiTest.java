// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.contract;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion.VersionFlag;
import com.networknt.schema.ValidationMessage;
import io.apicurio.datamodels.Library;
import io.apicurio.datamodels.validation.ValidationProblem;
import jakarta.jms.ConnectionFactory;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import org.conversationbridge.Changes;
import org.conversationbridge.Fixtures;
import org.conversationbridge.ShippedRoutes;
import org.conversationbridge.TestNames;
import org.conversationbridge.bridge.Json;
import org.conversationbridge.change.ConversationChange;
import org.conversationbridge.delivery.ConversationMessage;
import org.conversationbridge.delivery.MessageComposer;
import org.conversationbridge.gap.GapReport;
import org.conversationbridge.history.AgentHistory;
import org.conversationbridge.settings.DeliverySettings;
import org.conversationbridge.settings.SettingsReader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The AsyncAPI document is valid, and says what the routes and the settings do. */
class AsyncApiTest {
    private static final JsonSchema SPECIFICATION = JsonSchemaFactory.getInstance(VersionFlag.V7)
            .getSchema(Fixtures.text("asyncapi/asyncapi-3.0.0.schema.json"));

    private static final Set<String> STANDARD = standard();

    private final ObjectNode document = AsyncApi.document();

    @Test
    void is_valid_by_the_schema_of_asyncapi_and_by_another_reader() {
        assertThat(violations(document)).isEmpty();
        assertThat(problems(document)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "/info, title",
        "/servers/artemis, protocol",
        "/servers/artemis/bindings/jms, jmsConnectionFactory",
        "/operations/poll, action",
        "/components/securitySchemes/user, type"
    })
    void the_schema_refuses_what_is_missing(String place, String field) {
        ((ObjectNode) document.at(place)).remove(field);

        assertThat(violations(document)).isNotEmpty();
    }

    @Test
    void the_schema_refuses_a_binding_that_jms_does_not_have() {
        ((ObjectNode) document.at("/channels/events/bindings/jms")).put("destinationType", "topic");

        assertThat(violations(document)).isNotEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "/operations/poll/channel, #/channels/none, AAO-007",
        "/channels/events/messages/gapReport, #/components/messages/none, AAO-008"
    })
    void the_other_reader_refuses_what_leads_nowhere(String place, String reference, String code) {
        ((ObjectNode) document.at(place)).put("$ref", reference);

        assertThat(problems(document)).extracting(problem -> problem.errorCode).contains(code);
    }

    @Test
    void every_reference_leads_somewhere() {
        List<JsonNode> references = document.findParents("$ref");

        assertThat(references)
                .hasSizeGreaterThan(20)
                .allSatisfy(reference -> assertThat(AsyncApi.resolved(reference).isObject())
                        .as(reference.toString())
                        .isTrue());
    }

    @Test
    void addresses_are_the_defaults_of_the_settings() throws IOException {
        Properties defaults = new Properties();
        try (Reader file = Files.newBufferedReader(Path.of("config/application.properties"))) {
            defaults.load(file);
        }

        assertThat(document.path("channels"))
                .hasSize(5)
                .allSatisfy(channel -> assertThat(channel.path("address").asText())
                        .isEqualTo(
                                defaults.getProperty(channel.path("x-setting").asText())));
    }

    @ParameterizedTest
    @CsvSource({
        "conversation, 35-deliver-conversation 36-wrap-in-cloud-event 38-replace-current",
        "conversationEvent, 35-deliver-conversation 36-wrap-in-cloud-event 38-replace-current",
        "gapReport, 26-conclude-poll",
        "parkedConversation, 60-park-conversation"
    })
    void headers_and_properties_are_those_that_the_routes_set(String message, String routes) throws IOException {
        Set<String> documented = new TreeSet<>(AsyncApi.headers(message));
        // Camel sends persistent messages; no route says so.
        assertThat(documented.remove("JMSDeliveryMode")).isTrue();
        documented.addAll(AsyncApi.properties(message));

        Set<String> set = new TreeSet<>();
        for (String route : routes.split(" ")) {
            Path file = Path.of("routes", route + ".camel.yaml");
            set.addAll(setBy(file));
            if (Files.readString(file).contains("id: set-standard-properties")) {
                set.addAll(STANDARD);
            }
        }
        assertThat(documented).isEqualTo(set);
    }

    @Test
    void examples_are_valid() {
        List<String> shown = new ArrayList<>();
        document.at("/components/messages")
                .properties()
                .forEach(message -> message.getValue().path("examples").forEach(example -> {
                    shown.add(message.getKey());
                    assertValid(message.getKey(), "payload", example.path("payload"));
                    if (example.has("headers")) {
                        assertValid(message.getKey(), "headers", example.path("headers"));
                    }
                }));

        assertThat(shown).containsExactlyInAnyOrder("conversation", "gapReport", "parkedConversation", "pollRequest");
    }

    @Test
    void the_schemas_of_payload_and_headers_can_refuse() {
        ObjectNode message = Fixtures.json("golden/queued.json");

        assertThat(AsyncApi.schema("conversation", "payload").validate(message)).isEmpty();
        assertThat(AsyncApi.schema("conversation", "payload").validate(message.put("sequence", "1")))
                .isNotEmpty();
        assertThat(AsyncApi.schema("conversation", "headers").validate(Fixtures.quoted("{'sequence':'1'}")))
                .isNotEmpty();
    }

    @Test
    void a_gap_report_is_as_published() {
        Instant from = Instant.parse("2026-11-20T10:25:00Z");
        GapReport report = new GapReport(GapReport.TYPE, from, from.plusSeconds(600), 74, 93, 2, false, "refused");
        ObjectNode written = Json.mapper().valueToTree(report);

        assertValid("gapReport", "payload", written);
        Set<String> schema = new HashSet<>();
        AsyncApi.yaml(Path.of("config/gap-report.schema.json"))
                .path("properties")
                .fieldNames()
                .forEachRemaining(schema::add);
        assertThat(written.fieldNames()).toIterable().containsExactlyInAnyOrderElementsOf(schema);
    }

    @Test
    void the_version_is_that_of_the_messages() {
        assertThat(document.at("/info/version").asText()).isEqualTo(ConversationMessage.SCHEMA_VERSION);
    }

    @Test
    void the_connection_factory_is_one() throws ClassNotFoundException {
        String name = document.at("/servers/artemis/bindings/jms/jmsConnectionFactory")
                .asText();

        assertThat(Class.forName(name)).isAssignableTo(ConnectionFactory.class);
    }

    private static void assertValid(String message, String part, JsonNode content) {
        assertThat(AsyncApi.schema(message, part).validate(content)).as(message).isEmpty();
    }

    private static Set<ValidationMessage> violations(ObjectNode document) {
        return SPECIFICATION.validate(document);
    }

    private static List<ValidationProblem> problems(ObjectNode document) {
        return Library.validate(Library.readDocument(document.deepCopy()), null);
    }

    /** The names of all headers that a route sets. */
    /** What the step sets that is named so. */
    private static Set<String> standard() {
        Clock clock = Clock.systemUTC();
        DeliverySettings settings = new SettingsReader(Map.of())
                .read(Path.of("config"), ShippedRoutes.placeholders(), Map.of())
                .delivery();
        MessageComposer composer = new MessageComposer(settings, 5, TestNames.off(clock), clock);
        ConversationChange change = Changes.queued("1", clock.instant());
        return composer.properties(composer.compose(change, AgentHistory.none(clock.instant())))
                .keySet();
    }

    private static Set<String> setBy(Path route) {
        Set<String> names = new TreeSet<>();
        JsonNode yaml = AsyncApi.yaml(route);
        yaml.findValues("setHeader").forEach(step -> names.add(step.path("name").asText()));
        yaml.findValues("setHeaders")
                .forEach(step -> step.path("headers")
                        .forEach(header -> names.add(header.path("name").asText())));
        return names;
    }
}
