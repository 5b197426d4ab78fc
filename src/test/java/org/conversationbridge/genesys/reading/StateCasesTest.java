// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.genesys.reading;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.mypurecloud.sdk.v2.model.AnalyticsConversationWithoutAttributes;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.conversationbridge.Fixtures;
import org.conversationbridge.bridge.Json;
import org.conversationbridge.conversation.Conversation;
import org.conversationbridge.conversation.StateRow;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * Each row of {@code docs/states.md} in conversations of its situation, {@code src/test/resources/states.json}, as the
 * details query, the listing and a notification report them.
 */
class StateCasesTest {
    private static final ObjectMapper VENDOR = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .build();

    /**
     * What is to be read beside the state of the row; what is null is left open.
     *
     * @param agent user id of who has it; empty for nobody
     * @param queue empty for none
     * @param agents how many are named
     * @param heldSince second at which the hold began
     */
    private record Expected(
            @Nullable String agent,
            @Nullable String queue,
            @Nullable Integer agents,
            @Nullable String mediaType,
            @Nullable List<String> auxiliary,
            @Nullable Integer heldSince) {}

    private record StateCase(String situation, RoleCase told, Expected expect) {
        private static StateCase of(JsonNode json) {
            ObjectNode story = json.deepCopy();
            String situation = story.remove("situation").asText();
            Expected expect = Json.mapper().convertValue(story.remove("expect"), Expected.class);
            return new StateCase(situation, Json.mapper().convertValue(story, RoleCase.class), expect);
        }
    }

    @TestFactory
    Stream<DynamicNode> every_situation_has_the_state_of_the_table() throws IOException {
        Map<String, List<StateCase>> cases = cases();
        return StateRow.all().stream()
                .map(row -> DynamicContainer.dynamicContainer(
                        row.situation() + " is " + row.state(),
                        Objects.requireNonNull(cases.get(row.situation()), row.situation()).stream()
                                .flatMap(one -> tests(row.state(), one))));
    }

    @Test
    void every_case_belongs_to_a_row() throws IOException {
        assertThat(cases().keySet())
                .containsExactlyInAnyOrderElementsOf(
                        StateRow.all().stream().map(StateRow::situation).toList());
    }

    private static Stream<DynamicTest> tests(String state, StateCase one) {
        return Stream.of(
                DynamicTest.dynamicTest(
                        one.told().name() + ", details query",
                        () -> check(
                                state,
                                one,
                                RoleCaseInAnalytics.json(one.told()),
                                AnalyticsConversationReader::read,
                                AnalyticsConversationWithoutAttributes.class)),
                DynamicTest.dynamicTest(
                        one.told().name() + ", listing",
                        () -> check(
                                state,
                                one,
                                RoleCaseInListing.json(one.told()),
                                ConversationReader::read,
                                com.mypurecloud.sdk.v2.model.Conversation.class)),
                DynamicTest.dynamicTest(
                        one.told().name() + ", notification",
                        () -> check(
                                state,
                                one,
                                RoleCaseInListing.event(one.told()),
                                ConversationReader::readEvent,
                                com.mypurecloud.sdk.v2.model.Conversation.class)));
    }

    private static void check(
            String state, StateCase one, ObjectNode json, Function<JsonNode, Conversation> reader, Class<?> model)
            throws IOException {
        Conversation read = reader.apply(json);
        Expected expect = one.expect();

        // The SDK is older than screen monitoring, which the API description has.
        if (one.told().participants().stream().allMatch(part -> part.watches() == null)) {
            assertThat(VENDOR.treeToValue(json, model)).isNotNull();
        }
        // A notification reports the end by the ends of all.
        if (read.endedAt() == null) {
            assertThat(read.state().label()).isEqualTo(state);
        }
        expect(expect.agent(), read.agentUserId().orElse(""));
        expect(expect.queue(), read.queue() == null ? "" : read.queue().id());
        expect(expect.agents(), read.agents().size());
        if (read.endedAt() == null) {
            assertThat(read.auxiliaryMedia()).isEqualTo(Objects.requireNonNullElse(expect.auxiliary(), List.of()));
        }
        assertThat(read.mediaType()).isEqualTo(Objects.requireNonNullElse(expect.mediaType(), "voice"));
        assertThat(read.heldSince())
                .isEqualTo(expect.heldSince() == null ? null : Instant.parse(Timeline.time(expect.heldSince())));
        assertThat(read.agents().stream()
                        .filter(agent -> agent.role().equals("primary"))
                        .count())
                .isLessThanOrEqualTo(1);
    }

    private static void expect(@Nullable Object expected, Object read) {
        if (expected != null) {
            assertThat(read).isEqualTo(expected);
        }
    }

    private static Map<String, List<StateCase>> cases() {
        return StreamSupport.stream(Fixtures.parse(Fixtures.text("states.json")).spliterator(), false)
                .map(StateCase::of)
                .collect(Collectors.groupingBy(StateCase::situation));
    }
}
