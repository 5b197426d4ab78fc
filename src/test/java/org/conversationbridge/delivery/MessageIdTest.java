// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.conversationbridge.change.ConversationChange;
import org.conversationbridge.change.Observed;
import org.conversationbridge.completion.AgentWork;
import org.conversationbridge.completion.Completion;
import org.conversationbridge.conversation.Agent;
import org.conversationbridge.conversation.Conversation;
import org.conversationbridge.conversation.QueueRef;
import org.conversationbridge.conversation.State;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** The same fact has one id, two facts have two. */
class MessageIdTest {
    private static final Instant NOON = Instant.parse("2026-11-20T12:00:00Z");
    private static final Completion DONE = completion("sold");

    @Test
    void conversation_sequence_state_and_time_identify_a_change() {
        String first = live("c", 1, State.QUEUED, NOON);

        assertThat(live("c", 1, State.QUEUED, NOON)).isEqualTo(first);
        assertThat(Stream.of(
                        first,
                        live("d", 1, State.QUEUED, NOON),
                        live("c", 2, State.QUEUED, NOON),
                        live("c", 1, State.ALERTING, NOON),
                        live("c", 1, State.QUEUED, NOON.plusMillis(1))))
                .doesNotHaveDuplicates();
        assertThat(UUID.fromString(first).version()).isEqualTo(5);
    }

    @Test
    void the_same_end_has_the_same_id_whenever_and_however_it_is_found() {
        String first = ended(2, NOON, Observed.LIVE, NOON, "q", "a");

        assertThat(ended(1_780_000_000_000L, NOON.plusSeconds(9_000), Observed.RECONCILED, NOON, "q", "a"))
                .isEqualTo(first);
        assertThat(Stream.of(
                        first,
                        ended(2, NOON, Observed.LIVE, NOON.plusMillis(1), "q", "a"),
                        ended(2, NOON, Observed.LIVE, NOON, "r", "a"),
                        ended(2, NOON, Observed.LIVE, NOON, "q", "b")))
                .doesNotHaveDuplicates();
    }

    @Test
    void a_name_that_is_known_by_now_makes_no_other_end_of_it() {
        assertThat(MessageId.of(new ConversationChange(
                        "conversation.ended",
                        2,
                        NOON,
                        Observed.LIVE,
                        conversation("c", State.ENDED, NOON, new QueueRef("q", "Claims"), "a"),
                        false,
                        null)))
                .isEqualTo(ended(2, NOON, Observed.LIVE, NOON, "q", "a"));
    }

    @Test
    void a_completion_has_the_same_id_until_something_of_it_is_another() {
        String first = completed(3, NOON, NOON, DONE);

        assertThat(completed(7, NOON.plusSeconds(60), NOON, DONE)).isEqualTo(first);
        assertThat(Stream.of(
                        first,
                        ended(3, NOON, Observed.LIVE, NOON, "q", "a"),
                        completed(3, NOON, NOON.plusSeconds(9_000), DONE),
                        completed(3, NOON, NOON, DONE.asCorrection()),
                        completed(3, NOON, NOON, completion("not sold")),
                        completed(3, NOON, NOON, completion("not sold").asCorrection())))
                .doesNotHaveDuplicates();
    }

    @Test
    void two_ends_without_a_reported_time_are_two() {
        assertThat(ended(2, NOON, Observed.LIVE, null, "q", "a"))
                .isNotEqualTo(ended(5, NOON, Observed.LIVE, null, "q", "a"))
                .isNotEqualTo(ended(2, NOON.plusSeconds(9_000), Observed.LIVE, null, "q", "a"));
        assertThat(completed(3, NOON, null, DONE)).isNotEqualTo(completed(6, NOON, null, DONE));
    }

    private static Completion completion(String wrapUpCode) {
        return new Completion(
                true, null, "handled", 60_000L, List.of(new AgentWork("a", "q", wrapUpCode, 1, 2, 3, 6, 5L)));
    }

    private static String live(String id, long sequence, State state, Instant observedAt) {
        return MessageId.of(new ConversationChange(
                "conversation.updated", sequence, observedAt, conversation(id, state, null, null, "a")));
    }

    private static String ended(
            long sequence,
            Instant observedAt,
            Observed observed,
            @Nullable Instant endedAt,
            String queue,
            String agent) {
        return MessageId.of(new ConversationChange(
                "conversation.ended",
                sequence,
                observedAt,
                observed,
                conversation("c", State.ENDED, endedAt, new QueueRef(queue, null), agent),
                false,
                null));
    }

    private static String completed(
            long sequence, Instant observedAt, @Nullable Instant endedAt, Completion completion) {
        return MessageId.of(new ConversationChange(
                "conversation.completed",
                sequence,
                observedAt,
                Observed.LIVE,
                conversation("c", State.ENDED, endedAt, new QueueRef("q", null), "a"),
                false,
                completion));
    }

    private static Conversation conversation(
            String id, State state, @Nullable Instant endedAt, @Nullable QueueRef queue, String agent) {
        return new Conversation(
                id,
                "email",
                "inbound",
                state,
                NOON.minusSeconds(600),
                endedAt,
                queue,
                null,
                List.of(new Agent(agent, null, null, "former", null, null)),
                null,
                List.of(),
                NOON);
    }
}
