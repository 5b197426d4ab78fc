// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.genesys.reading;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.conversationbridge.Fixtures;
import org.conversationbridge.MessageSchema;
import org.conversationbridge.TestNames;
import org.conversationbridge.bridge.Json;
import org.conversationbridge.change.ConversationChange;
import org.conversationbridge.change.Observed;
import org.conversationbridge.delivery.MessageComposer;
import org.conversationbridge.genesys.query.HistoryWalk;
import org.conversationbridge.genesys.query.HistoryWalks;
import org.conversationbridge.genesys.query.LookBack;
import org.conversationbridge.history.AgentHistory;
import org.conversationbridge.names.WantedNames;
import org.conversationbridge.settings.DeliverySettings;
import org.conversationbridge.settings.Dialect;
import org.conversationbridge.settings.HistorySettings;
import org.conversationbridge.settings.PollSettings;
import org.conversationbridge.settings.PollSource;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Conversations rebuilt from public reports and captures, each with what an experienced administrator says of it:
 * {@code src/test/resources/cases}. A pointer of {@code expected.json} names a field of the message.
 */
class PublicCasesTest {
    private static final Clock TEN = Clock.fixed(Instant.parse("2026-11-20T10:00:00Z"), ZoneOffset.UTC);
    private static final ObjectMapper JSON = Json.mapper();

    private final MessageComposer composer = new MessageComposer(
            new DeliverySettings(Map.of(), Fixtures.CLOUD_EVENTS, Duration.ofSeconds(30)),
            5,
            TestNames.unknown(new WantedNames(TEN), TEN),
            TEN);

    static Stream<Arguments> cases() {
        return Fixtures.json("cases/expected.json").properties().stream()
                .flatMap(found -> found.getValue().properties().stream()
                        .map(as -> Arguments.of(found.getKey(), as.getKey(), as.getValue())));
    }

    @ParameterizedTest(name = "{0} as {1}")
    @MethodSource("cases")
    void is_reported_as_it_is(String name, String as, JsonNode expected) throws JsonProcessingException {
        JsonNode message = message(as, Fixtures.json("cases/" + name + ".json"));

        expected.properties()
                .forEach(field -> assertThat(orNull(message.at(field.getKey())))
                        .as(field.getKey())
                        .isEqualTo(field.getValue()));
        assertThat(MessageSchema.violations(message)).isEmpty();
    }

    private JsonNode message(String as, JsonNode told) throws JsonProcessingException {
        AgentHistory none = AgentHistory.none(TEN.instant());
        return switch (as) {
            case "live" -> written(live(ConversationDetails.read(told).conversation()), none);
            case "listing" -> written(live(ConversationReader.read(told)), none);
            case "history" -> written(live(later()), history(told));
            default -> written(completed(told), none);
        };
    }

    private static ConversationChange live(org.conversationbridge.conversation.Conversation conversation) {
        return ConversationChange.started(conversation, TEN.instant(), Observed.LIVE);
    }

    private static ConversationChange completed(JsonNode told) {
        ConversationDetails details = ConversationDetails.read(told);
        return new ConversationChange(
                "conversation.completed",
                3,
                TEN.instant(),
                Observed.LIVE,
                details.conversation(),
                false,
                details.completion());
    }

    private static org.conversationbridge.conversation.Conversation later() {
        return ConversationReader.read(Fixtures.json("genesys/conversation-voice.json"));
    }

    private static AgentHistory history(JsonNode told) {
        String agent = told.findValue("userId").textValue();
        HistoryWalk lookup = new HistoryWalks(
                        new HistorySettings(
                                Duration.ofHours(2),
                                5,
                                50,
                                Duration.ofMinutes(1),
                                Duration.ofDays(1),
                                100,
                                100,
                                Duration.ofSeconds(30),
                                HistorySettings.OnUnavailable.DELIVER,
                                true),
                        new PollSettings(
                                PollSource.AUTO, List.of(), Duration.ofDays(1), 100, 100, 1, Duration.ofHours(1)),
                        Dialect.PLATFORM,
                        new LookBack(Duration.ofDays(31)),
                        TEN)
                .begin(List.of(agent));
        lookup.next();
        lookup.accept(JSON.createObjectNode()
                .put("totalHits", 1)
                .set("conversations", JSON.createArrayNode().add(told)));
        return Objects.requireNonNull(lookup.histories().get(agent));
    }

    private JsonNode written(ConversationChange change, AgentHistory history) throws JsonProcessingException {
        return JSON.readTree(JSON.writeValueAsString(composer.compose(change, history)));
    }

    private static JsonNode orNull(JsonNode value) {
        return value.isMissingNode() ? JSON.nullNode() : value;
    }
}
