// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.conversationbridge.Fixtures.AGENT_BLUE;
import static org.conversationbridge.Fixtures.AGENT_GREEN;
import static org.conversationbridge.Fixtures.QUEUE_CLAIMS;
import static org.conversationbridge.Fixtures.id;
import static org.conversationbridge.Fixtures.json;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.conversationbridge.Changes;
import org.conversationbridge.Fixtures;
import org.conversationbridge.MessageSchema;
import org.conversationbridge.MovableClock;
import org.conversationbridge.TestNames;
import org.conversationbridge.bridge.Json;
import org.conversationbridge.change.ConversationChange;
import org.conversationbridge.change.Observed;
import org.conversationbridge.completion.AgentWork;
import org.conversationbridge.completion.Completion;
import org.conversationbridge.conversation.Conversation;
import org.conversationbridge.conversation.State;
import org.conversationbridge.history.AgentHistory;
import org.conversationbridge.history.FinishedConversation;
import org.conversationbridge.history.HistoryStatus;
import org.conversationbridge.names.NameBatch;
import org.conversationbridge.names.NameKind;
import org.conversationbridge.names.Names;
import org.conversationbridge.names.WantedNames;
import org.conversationbridge.settings.DeliverySettings;
import org.conversationbridge.settings.DeliverySettings.Qos;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class MessageComposerTest {
    private static final ObjectMapper JSON = Json.mapper();

    private final MovableClock clock = new MovableClock();
    private final Instant now = clock.instant();
    private final WantedNames wanted = new WantedNames(clock);
    private final Names names = TestNames.unknown(wanted, clock);
    private final MessageComposer composer = new MessageComposer(
            new DeliverySettings(
                    Map.of("started", new Qos(6, Duration.ofMinutes(5)), "updated", new Qos(4, Duration.ZERO)),
                    Fixtures.CLOUD_EVENTS,
                    Duration.ofSeconds(30)),
            5,
            names,
            clock);

    @BeforeEach
    void know_the_queue() {
        names.answered(new NameBatch(NameKind.QUEUE, List.of(QUEUE_CLAIMS)), Map.of(QUEUE_CLAIMS, "Claims"));
    }

    @Test
    void a_connected_call_is_written_as_published() throws Exception {
        AgentHistory history = new AgentHistory(
                HistoryStatus.COMPLETE,
                now.minusSeconds(3),
                now.minusSeconds(7_203),
                now.minusSeconds(3),
                List.of(
                        sold(),
                        new FinishedConversation(
                                id(0x52),
                                now.minusSeconds(300),
                                "chat",
                                "inbound",
                                QUEUE_CLAIMS,
                                null,
                                60_000L,
                                0L,
                                10_000L,
                                70_000L,
                                1_000L)));

        JsonNode message = written(composer.compose(Changes.connected(id(1), AGENT_BLUE, now), history));

        assertThat(message).isEqualTo(json("golden/connected.json"));
    }

    @Test
    void a_queued_call_has_no_history() throws Exception {
        JsonNode message = written(composer.compose(Changes.queued(id(2), now), AgentHistory.none(now)));

        assertThat(message).isEqualTo(json("golden/queued.json"));
    }

    @Test
    void a_call_whose_history_is_unavailable_says_so() throws Exception {
        JsonNode message =
                written(composer.compose(Changes.connected(id(3), AGENT_BLUE, now), AgentHistory.unavailable(now)));

        assertThat(message).isEqualTo(json("golden/history-unavailable.json"));
    }

    @Test
    void a_completed_call_says_how_it_went() throws Exception {
        Conversation begun = Changes.queued(id(1), now).conversation();
        Conversation over = new Conversation(
                begun.conversationId(),
                begun.mediaType(),
                begun.direction(),
                State.ENDED,
                begun.startedAt(),
                now,
                begun.queue(),
                null,
                List.of(),
                begun.customer(),
                begun.divisionIds(),
                now);
        Completion completion = new Completion(
                true,
                null,
                "handled",
                300_000L,
                List.of(
                        new AgentWork(AGENT_BLUE, QUEUE_CLAIMS, id(0xc1), 180_000, 0, 30_000, 210_000, 5_000L),
                        new AgentWork(AGENT_GREEN, null, null, 20_000, 0, 0, 20_000, 0L)));
        names.answered(new NameBatch(NameKind.WRAP_UP_CODE, List.of(id(0xc1))), Map.of(id(0xc1), "Sold"));
        names.answered(new NameBatch(NameKind.USER, List.of(AGENT_BLUE)), Map.of(AGENT_BLUE, "Blue"));
        ConversationChange change =
                new ConversationChange("conversation.completed", 4, now, Observed.LIVE, over, false, completion);

        JsonNode message = written(composer.compose(change, AgentHistory.none(now)));

        assertThat(message).isEqualTo(json("golden/completed.json"));
    }

    @Test
    void a_name_that_comes_later_makes_no_other_message_of_it() {
        ConversationChange change = Changes.connected(id(1), AGENT_BLUE, now);
        AgentHistory history = new AgentHistory(HistoryStatus.COMPLETE, now, now, now, List.of(sold()));
        ConversationMessage before = composer.compose(change, history);
        names.answered(new NameBatch(NameKind.WRAP_UP_CODE, List.of(id(0xc1))), Map.of(id(0xc1), "Sold"));

        ConversationMessage after = composer.compose(change, history);

        assertThat(before.unresolved()).containsExactly("wrapUpCode:" + id(0xc1));
        assertThat(before.history().recent().get(0).wrapUpCodeName()).isNull();
        assertThat(after.unresolved()).isEmpty();
        assertThat(after.history().recent().get(0).wrapUpCodeName()).isEqualTo("Sold");
        assertThat(after.messageId()).isEqualTo(before.messageId());
    }

    @Test
    void a_name_that_the_conversation_has_is_not_looked_up() {
        ConversationMessage message =
                composer.compose(Changes.connected(id(1), AGENT_BLUE, now), AgentHistory.none(now));

        assertThat(message.agent().name()).isEqualTo("Agent");
        assertThat(message.unresolved()).isEmpty();
        assertThat(wanted.next()).isEmpty();
    }

    @Test
    void a_system_code_has_no_name_and_is_not_listed() {
        FinishedConversation timedOut = new FinishedConversation(
                id(0x53), now, "voice", "inbound", null, "ININ-WRAP-UP-TIMEOUT", 1L, 0L, 0L, 1L, 0L);

        ConversationMessage message = composer.compose(
                Changes.connected(id(1), AGENT_BLUE, now),
                new AgentHistory(HistoryStatus.COMPLETE, now, now, now, List.of(timedOut)));

        assertThat(message.history().recent().get(0).wrapUpCode()).isEqualTo("ININ-WRAP-UP-TIMEOUT");
        assertThat(message.unresolved()).isEmpty();
    }

    @Test
    void where_names_are_not_looked_up_none_is_listed() {
        MessageComposer without = new MessageComposer(
                new DeliverySettings(Map.of(), Fixtures.CLOUD_EVENTS, Duration.ofSeconds(30)),
                5,
                TestNames.off(clock),
                clock);

        ConversationMessage message = without.compose(
                Changes.connected(id(1), AGENT_BLUE, now),
                new AgentHistory(HistoryStatus.COMPLETE, now, now, now, List.of(sold())));

        assertThat(message.unresolved()).isEmpty();
    }

    @Test
    void the_golden_messages_are_valid_and_the_schema_can_refuse() {
        for (String name : List.of("connected", "queued", "history-unavailable", "completed")) {
            assertThat(MessageSchema.violations(json("golden/" + name + ".json")))
                    .isEmpty();
        }
        assertThat(MessageSchema.violations(json("golden/queued.json").put("state", "sleeping")))
                .isNotEmpty();
        assertThat(MessageSchema.violations(json("golden/queued.json").put("surprise", 1)))
                .isNotEmpty();
        assertThat(MessageSchema.violations(json("golden/queued.json").without("agent")))
                .isNotEmpty();
        assertThat(MessageSchema.violations(json("golden/queued.json").put("observedAt", "2026-11-20T10:00:00Z")))
                .isNotEmpty();
    }

    @Test
    void quality_of_service_is_by_event_type() {
        ConversationChange started = Changes.queued("c", now);
        ConversationMessage first = composer.compose(started, AgentHistory.none(now));
        ConversationMessage second = composer.compose(
                new ConversationChange("conversation.updated", 2, now, started.conversation()), AgentHistory.none(now));

        assertThat(composer.priority(first)).isEqualTo(6);
        assertThat(composer.expiration(first))
                .isEqualTo(now.plus(Duration.ofMinutes(5)).toEpochMilli());
        assertThat(composer.priority(second)).isEqualTo(4);
        assertThat(composer.expiration(second)).isZero();
    }

    private FinishedConversation sold() {
        return new FinishedConversation(
                id(0x51),
                now.minusSeconds(900),
                "voice",
                "inbound",
                QUEUE_CLAIMS,
                id(0xc1),
                135_000L,
                15_000L,
                30_000L,
                180_000L,
                20_000L);
    }

    private static JsonNode written(ConversationMessage message) throws Exception {
        return JSON.readTree(JSON.writeValueAsString(message));
    }
}
