// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.contract;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.conversationbridge.Fixtures;
import org.conversationbridge.MessageSchema;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The schema breaks no consumer of its major version. A new major version gets a file of its own in contract/. */
class CompatibilityTest {
    private static final Path PUBLISHED = Path.of("config/conversation-message.schema.json");
    private static final String EARLIER = "contract/conversation-message-1.schema.json";

    @Test
    void the_schema_breaks_no_consumer_of_its_major_version() throws IOException {
        assertThat(Compatibility.breaks(Fixtures.json(EARLIER), Fixtures.parse(Files.readString(PUBLISHED))))
                .isEmpty();
    }

    static Stream<Arguments> changes() {
        return Stream.of(
                change("/stale is gone", schema -> properties(schema).remove("stale")),
                change("/stale may be missing", schema -> noLongerRequired(schema, "stale")),
                change(
                        "/sequence may be [integer, string] instead of [integer]",
                        schema -> ((ObjectNode) schema.at("/properties/sequence"))
                                .putArray("type")
                                .add("string")
                                .add("integer")),
                change(
                        "/state may be [integer, string] instead of [string]",
                        schema -> ((ObjectNode) schema.at("/properties/state"))
                                .putArray("type")
                                .add("string")
                                .add("integer")),
                change(
                        "/agents[]/userId may be [null, string] instead of [string]",
                        schema -> ((ObjectNode) schema.at("/$defs/agent/properties/userId"))
                                .putArray("type")
                                .add("string")
                                .add("null")),
                change(
                        "/history/recent[]/talkMs is gone",
                        schema -> ((ObjectNode) schema.at("/$defs/finishedConversation/properties")).remove("talkMs")));
    }

    @ParameterizedTest
    @MethodSource("changes")
    void what_breaks_a_consumer_is_found(String found, Consumer<ObjectNode> change) {
        ObjectNode later = Fixtures.json(EARLIER);
        change.accept(later);

        assertThat(Compatibility.breaks(Fixtures.json(EARLIER), later))
                .anySatisfy(broken -> assertThat(broken).startsWith(found));
    }

    @Test
    void a_consumer_accepts_fields_and_values_that_are_new_to_them() {
        ObjectNode message = Fixtures.json("golden/completed.json");
        message.put("surprise", 1).put("state", "sleeping").put("eventType", "conversation.summarized");
        ((ObjectNode) message.path("completion")).put("outcome", "escalated").put("surprise", true);
        ((ObjectNode) message.path("history")).put("status", "estimated").put("surprise", "yes");

        assertThat(MessageSchema.violationsForConsumers(message)).isEmpty();
        assertThat(MessageSchema.violations(message)).hasSizeGreaterThanOrEqualTo(7);
    }

    @Test
    void a_new_field_a_narrower_type_or_a_new_major_version_breaks_no_consumer() {
        ObjectNode later = Fixtures.json(EARLIER);
        properties(later).putObject("surprise").put("type", "string");
        ((ObjectNode) later.at("/properties/direction")).put("type", "string");
        assertThat(Compatibility.breaks(Fixtures.json(EARLIER), later)).isEmpty();

        properties(later).remove("stale");
        later.put("$id", "urn:conversation-bridge:conversation-message:2.0");
        assertThat(Compatibility.breaks(Fixtures.json(EARLIER), later)).isEmpty();
    }

    private static Arguments change(String found, Consumer<ObjectNode> change) {
        return Arguments.of(found, change);
    }

    private static ObjectNode properties(ObjectNode schema) {
        return (ObjectNode) schema.path("properties");
    }

    private static void noLongerRequired(ObjectNode schema, String field) {
        List<String> left = new ArrayList<>();
        schema.path("required").forEach(name -> left.add(name.asText()));
        left.remove(field);
        left.forEach(schema.putArray("required")::add);
    }
}
