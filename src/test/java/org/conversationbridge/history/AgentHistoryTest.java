// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.history;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import org.conversationbridge.bridge.Json;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class AgentHistoryTest {
    private static final Instant NOON = Instant.parse("2026-11-20T12:00:00Z");

    @Test
    void lists_the_newest_first_and_totals_all() {
        HistorySummary summary = history(finished("old", 60, 10L), finished("new", 5, 20L), finished("middle", 30, 30L))
                .summary("live", 2);

        assertThat(summary.recent())
                .extracting(FinishedConversation::conversationId)
                .containsExactly("new", "middle");
        assertThat(summary.conversationCount()).isEqualTo(3);
    }

    @Test
    void the_live_conversation_is_in_no_figure() {
        HistorySummary summary =
                history(finished("live", 1, 1_000L), finished("other", 5, 20L)).summary("live", 5);

        assertThat(summary.recent())
                .extracting(FinishedConversation::conversationId)
                .containsExactly("other");
        assertThat(summary.conversationCount()).isEqualTo(1);
        assertThat(summary.averages().talkMs()).isEqualTo(20L);
    }

    @Test
    void averages_are_over_the_window_and_not_over_the_list() {
        Averages averages = history(finished("a", 1, 10L), finished("b", 2, 11L), finished("c", 3, 30L))
                .summary("live", 1)
                .averages();

        assertThat(averages).isEqualTo(new Averages(17L, 1L, 2L, 18L));
    }

    @Test
    void a_page_carries_it_and_a_message_has_no_pieces() throws Exception {
        FinishedConversation thread = finished("thread", 1, 10L);
        AgentHistory history = history(thread.of(List.of(finished("thread", 9, 4L), finished("thread", 1, 6L))));

        AgentHistory read = Json.mapper().readValue(Json.mapper().writeValueAsString(history), AgentHistory.class);

        assertThat(read.summary("live", 5)).isEqualTo(history.summary("live", 5));
        assertThat(read.conversations()).containsExactly(thread);
    }

    @Test
    void what_is_not_reported_has_no_average() {
        assertThat(history(finished("a", 1, null)).summary("live", 1).averages().talkMs())
                .isNull();
        assertThat(history().summary("live", 1).averages()).isEqualTo(new Averages(null, null, null, null));
    }

    @Test
    void conversations_without_an_end_keep_the_order_of_the_answer() {
        FinishedConversation first =
                new FinishedConversation("first", null, null, null, null, null, 1L, 1L, null, null, 1L);
        FinishedConversation second =
                new FinishedConversation("second", null, null, null, null, null, 1L, 1L, null, null, 1L);

        assertThat(history(first, second).conversations()).containsExactly(first, second);
    }

    private static AgentHistory history(FinishedConversation... conversations) {
        return new AgentHistory(HistoryStatus.COMPLETE, NOON, NOON.minusSeconds(7_200), NOON, List.of(conversations));
    }

    private static FinishedConversation finished(String id, int minutesAgo, @Nullable Long talkMs) {
        return new FinishedConversation(
                id, NOON.minusSeconds(60L * minutesAgo), "voice", "inbound", "q", "w", talkMs, 1L, 2L, 18L, 3L);
    }
}
