// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.route.poll;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.conversationbridge.Fixtures;
import org.conversationbridge.change.AnnouncedCompletions;
import org.conversationbridge.change.ChangePage;
import org.conversationbridge.change.ConversationChange;
import org.conversationbridge.change.Observed;
import org.conversationbridge.checkpoint.Checkpoint;
import org.conversationbridge.completion.AgentWork;
import org.conversationbridge.completion.Completion;
import org.conversationbridge.conversation.Conversation;
import org.conversationbridge.conversation.State;
import org.conversationbridge.genesys.query.ConfirmationWalk;
import org.conversationbridge.genesys.reading.ConversationDetails;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class DueCorrectionsTest {
    private static final Instant NOON = Instant.parse("2026-11-20T12:00:00Z");
    private static final Instant LATER = NOON.plusSeconds(172_800);
    private static final Completion TOLD = completion(true, null, "sold");
    private static final ConversationDetails AS_TOLD =
            new ConversationDetails(conversation(State.ENDED, NOON), TOLD, NOON.minusSeconds(60), false, Map.of());

    private final Checkpoint checkpoint = Checkpoint.first(Fixtures.ENDING, Fixtures.REMEMBERED);
    private final DueCorrections due = new DueCorrections();

    @BeforeEach
    void announceCompletion() {
        due.add("message", AnnouncedCompletions.of(page(completed(5, TOLD))).orElseThrow());
    }

    @Test
    void what_went_as_it_was_reported_is_not_sent_again() {
        assertThat(changes(AS_TOLD)).isEmpty();
        assertThat(changes(with(completion(true, "another reason", "sold")))).isEmpty();
        assertThat(changes()).isEmpty();
    }

    @Test
    void another_code_or_end_or_a_final_state_is_a_correction() {
        assertThat(changes(with(completion(true, null, "lost"))))
                .singleElement()
                .satisfies(change -> {
                    assertThat(change.eventType()).isEqualTo("conversation.completed");
                    assertThat(change.sequence()).isEqualTo(LATER.toEpochMilli());
                    assertThat(change.observedAt()).isEqualTo(LATER);
                    assertThat(change.completion())
                            .isEqualTo(completion(true, null, "lost").asCorrection());
                });
        assertThat(changes(AS_TOLD.with(conversation(State.ENDED, NOON.plusSeconds(1)))))
                .hasSize(1);
        assertThat(changes(with(completion(false, "no tHandle", "sold")))).hasSize(1);
    }

    @Test
    void one_that_has_gone_on_is_left_to_its_later_end() {
        assertThat(changes(new ConversationDetails(
                        conversation(State.QUEUED, null), completion(false, "open", "lost"), NOON, false, Map.of())))
                .isEmpty();
        assertThat(changes(new ConversationDetails(
                        AS_TOLD.conversation(), completion(true, null, "lost"), NOON.plusMillis(1), false, Map.of())))
                .as("opened again, forgotten, and over")
                .isEmpty();
        checkpoint.announce(page(completed(6, TOLD)));
        assertThat(changes(with(completion(true, null, "lost")))).isEmpty();
    }

    @Test
    void it_waits_on_while_it_was_not_answered_and_a_correction_does_not_wait() {
        ConfirmationWalk lookup = ConfirmationWalk.of(due.conversationIds(), List.of(), id -> false, 50);
        assertThat(due.done(lookup)).isEmpty();

        lookup.accept(Fixtures.quoted("{}"));

        assertThat(due.done(lookup)).containsExactly("message");
        assertThat(AnnouncedCompletions.of(page(completed(6, TOLD.asCorrection()))))
                .isEmpty();
    }

    private List<ConversationChange> changes(ConversationDetails... found) {
        return due.changes(checkpoint, List.of(found), LATER);
    }

    private static ConversationDetails with(Completion completion) {
        return new ConversationDetails(AS_TOLD.conversation(), completion, AS_TOLD.newestSegment(), false, Map.of());
    }

    private static ChangePage page(ConversationChange change) {
        return new ChangePage("poll", 0, List.of(change));
    }

    private static ConversationChange completed(long sequence, Completion completion) {
        return new ConversationChange(
                "conversation.completed", sequence, NOON, Observed.LIVE, AS_TOLD.conversation(), false, completion);
    }

    private static Completion completion(boolean isFinal, @Nullable String reason, String wrapUpCode) {
        return new Completion(
                isFinal, reason, "handled", 60_000L, List.of(new AgentWork("a", "q", wrapUpCode, 1, 2, 3, 6, 5L)));
    }

    private static Conversation conversation(State state, @Nullable Instant endedAt) {
        return new Conversation(
                "c",
                "voice",
                "inbound",
                state,
                NOON.minusSeconds(60),
                endedAt,
                null,
                null,
                List.of(),
                null,
                List.of(),
                endedAt);
    }
}
