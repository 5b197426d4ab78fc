// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.genesys.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.conversationbridge.Fixtures.AGENT_BLUE;
import static org.conversationbridge.Fixtures.AGENT_GREEN;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.stream.IntStream;
import org.conversationbridge.LogCapture;
import org.conversationbridge.genesys.failure.IntervalTooLongException;
import org.conversationbridge.history.AgentHistory;
import org.conversationbridge.history.FinishedConversation;
import org.conversationbridge.history.HistoryStatus;
import org.conversationbridge.settings.Dialect;
import org.conversationbridge.settings.HistorySettings;
import org.conversationbridge.settings.PollSettings;
import org.conversationbridge.settings.PollSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What an agent finished in the window belongs to it, whenever the conversation began and others ended it. */
class HistoryWindowTest {
    private static final Instant TEN = Instant.parse("2026-11-20T10:00:00Z");
    private static final Duration WINDOW = Duration.ofHours(2);

    private final ScriptedAnalytics analytics = new ScriptedAnalytics();
    private final LookBack lookBack = new LookBack(Duration.ofDays(31));

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 3, 10, 29})
    void whatever_day_it_began_on(int days) {
        analytics.add("c", AGENT_BLUE, TEN.minus(Duration.ofDays(days)).minusSeconds(900), at(-6), at(-6));

        assertThat(history()).satisfies(history -> {
            assertThat(ids(history)).containsExactly("c");
            assertThat(history.status()).isEqualTo(HistoryStatus.COMPLETE);
        });
        assertThat(analytics.requests()).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"2026-11-20T00:00:00Z", "2026-11-20T00:10:00Z", "2026-11-20T12:00:00Z", "2026-11-20T23:59:59Z"})
    void at_every_time_of_the_day(Instant now) {
        analytics.add("c", AGENT_BLUE, now.minusSeconds(7_100), now.minusSeconds(6_900), now.minusSeconds(6_900));

        assertThat(ids(history(now))).containsExactly("c");
        assertThat(analytics.requests()).isEqualTo(1);
    }

    @Test
    void an_old_part_of_a_thread_that_another_agent_ended_just_now_does_not() {
        analytics.add("old", AGENT_BLUE, at(-140), at(-125), at(-5));
        analytics.add("recent", AGENT_BLUE, at(-140), at(-30), at(-5));

        assertThat(history()).satisfies(history -> {
            assertThat(history.conversations())
                    .extracting(FinishedConversation::conversationId, FinishedConversation::endedAt)
                    .containsExactly(org.assertj.core.groups.Tuple.tuple("recent", at(-30)));
            assertThat(history.status()).isEqualTo(HistoryStatus.COMPLETE);
        });
    }

    @Test
    void the_newest_part_is_the_first_whichever_agent_ended_the_conversation() {
        analytics.add("older", AGENT_BLUE, at(-140), at(-30), at(-1));
        analytics.add("newer", AGENT_BLUE, at(-140), at(-10), at(-10));

        assertThat(ids(history())).containsExactly("newer", "older");
    }

    @Test
    void both_ends_of_the_window_belong_to_it() {
        Instant begin = TEN.minus(WINDOW);
        analytics.add("at-begin", AGENT_BLUE, at(-200), begin, begin);
        analytics.add("before", AGENT_BLUE, at(-200), begin.minusMillis(1), begin.minusMillis(1));
        analytics.add("at-end", AGENT_BLUE, at(-200), TEN, TEN);

        assertThat(ids(history())).containsExactly("at-end", "at-begin");
    }

    @Test
    void after_call_work_that_outlasts_the_conversation_belongs_to_it() {
        Instant begin = TEN.minus(WINDOW);
        analytics.add("c", AGENT_BLUE, at(-200), begin.plusSeconds(60), begin.minusSeconds(60));

        assertThat(ids(history())).containsExactly("c");
    }

    @Test
    void what_ended_before_the_window_costs_no_page() {
        IntStream.range(0, 20).forEach(i -> analytics.add("new" + i, AGENT_BLUE, at(-100), at(-i), at(-i)));
        IntStream.range(0, 4_000)
                .forEach(i -> analytics.add("old" + i, AGENT_BLUE, at(-900 - i), at(-150 - i), at(-150 - i)));

        assertThat(history()).satisfies(history -> {
            assertThat(history.conversations()).hasSize(20);
            assertThat(history.status()).isEqualTo(HistoryStatus.COMPLETE);
        });
        assertThat(analytics.requests()).isEqualTo(1);
    }

    @Test
    void pages_are_read_until_the_window_begins() {
        IntStream.range(0, 130).forEach(i -> analytics.add("new" + i, AGENT_BLUE, at(-130), seconds(-i), seconds(-i)));
        IntStream.range(0, 900).forEach(i -> analytics.add("old" + i, AGENT_BLUE, at(-900), at(-150), at(-150)));

        assertThat(history().conversations()).hasSize(130);
        assertThat(analytics.requests()).isEqualTo(2);
    }

    @Test
    void what_ends_while_pages_are_read_shifts_them_and_nothing_is_lost_or_counted_twice() {
        IntStream.range(0, 130).forEach(i -> analytics.add("new" + i, AGENT_BLUE, at(-130), seconds(-i), seconds(-i)));
        IntStream.range(0, 900).forEach(i -> analytics.add("old" + i, AGENT_BLUE, at(-900), at(-150), at(-150)));
        HistoryWalk lookup = lookup(TEN);

        analytics.answer(lookup);
        IntStream.range(1, 4).forEach(i -> analytics.add("drift" + i, AGENT_BLUE, at(-9), seconds(i), seconds(i)));
        AgentHistory history = analytics.play(lookup).histories().get(AGENT_BLUE);

        assertThat(history.conversations()).hasSize(130);
        assertThat(history.status()).isEqualTo(HistoryStatus.COMPLETE);
        assertThat(analytics.requests()).isEqualTo(2);
    }

    @Test
    void where_the_order_is_not_kept_a_few_pages_are_all_read() {
        IntStream.range(0, 300)
                .forEach(i -> analytics.add("c" + i, AGENT_BLUE, at(-9_000), at(-300 + i), at(-300 + i)));
        analytics.keepsNoOrder();

        assertThat(history()).satisfies(history -> {
            assertThat(history.conversations()).hasSize(120);
            assertThat(history.status()).isEqualTo(HistoryStatus.COMPLETE);
        });
        assertThat(analytics.requests()).isEqualTo(4);
    }

    @Test
    void without_order_and_with_many_pages_only_the_days_of_the_window_are_read() {
        IntStream.range(0, 600)
                .forEach(i -> analytics.add("old" + i, AGENT_BLUE, at(-9_000), at(-2_000 + i), at(-2_000 + i)));
        analytics.add("e-mail", AGENT_BLUE, at(-9_000), at(-6), at(-6));
        analytics.add("call", AGENT_BLUE, at(-20), at(-7), at(-7));
        analytics.keepsNoOrder();

        try (LogCapture log = LogCapture.of(LookBack.class)) {
            assertThat(history()).satisfies(history -> {
                assertThat(ids(history)).containsExactly("call");
                assertThat(history.status()).isEqualTo(HistoryStatus.PARTIAL);
            });
            history();

            assertThat(log.messages()).singleElement().asString().contains("orderBy=conversationEnd is ignored");
        }
        assertThat(analytics.requests()).isEqualTo(4);
    }

    @Test
    void where_the_order_is_refused_another_is_requested() {
        analytics.refusesOrderByEnd().add("c", AGENT_BLUE, at(-9_000), at(-6), at(-6));

        assertThat(ids(history())).containsExactly("c");
        assertThat(ids(history())).containsExactly("c");

        assertThat(analytics.refused()).isEqualTo(1);
        assertThat(analytics.requests()).isEqualTo(3);
    }

    @Test
    void a_server_that_takes_a_week_is_queried_for_five_and_discovered_once() {
        analytics.takesAtMost(Duration.ofDays(7)).add("c", AGENT_BLUE, TEN.minus(Duration.ofDays(10)), at(-6), at(-6));

        try (LogCapture log = LogCapture.of(LookBack.class)) {
            assertThat(history()).satisfies(history -> {
                assertThat(ids(history)).containsExactly("c");
                assertThat(history.status()).isEqualTo(HistoryStatus.COMPLETE);
            });
            assertThat(analytics.refused()).isEqualTo(3);
            history();

            assertThat(log.messages()).singleElement().asString().contains("intervals of at most 7d");
        }
        assertThat(analytics.refused()).isEqualTo(3);
        assertThat(analytics.requests()).isEqualTo(3 + 2 * 5);
    }

    @Test
    void a_server_that_takes_a_day_leaves_the_history_partial() {
        analytics
                .takesAtMost(Duration.ofDays(1))
                .add("e-mail", AGENT_BLUE, TEN.minus(Duration.ofDays(10)), at(-6), at(-6))
                .add("callback", AGENT_BLUE, TEN.minus(Duration.ofDays(4)), at(-7), at(-7));

        assertThat(history()).satisfies(history -> {
            assertThat(ids(history)).containsExactly("callback");
            assertThat(history.status()).isEqualTo(HistoryStatus.PARTIAL);
        });
    }

    @Test
    void each_group_of_agents_is_asked_about_with_the_shorter_interval() {
        analytics
                .takesAtMost(Duration.ofDays(14))
                .add("a", AGENT_BLUE, TEN.minus(Duration.ofDays(3)), at(-6), at(-6))
                .add("b", AGENT_GREEN, TEN.minus(Duration.ofDays(20)), at(-7), at(-7));
        HistoryWalk lookup = lookups(TEN, 1).begin(List.of(AGENT_BLUE, AGENT_GREEN));

        analytics.play(lookup);

        assertThat(ids(lookup.histories().get(AGENT_BLUE))).containsExactly("a");
        assertThat(ids(lookup.histories().get(AGENT_GREEN))).containsExactly("b");
        assertThat(analytics.refused()).isEqualTo(2);
        assertThat(analytics.requests()).isEqualTo(2 + 2 * 3);
    }

    @Test
    void a_server_that_takes_no_interval_at_all_is_a_failure() {
        analytics.takesAtMost(Duration.ZERO);

        assertThatThrownBy(this::history).isInstanceOf(IntervalTooLongException.class);
    }

    @Test
    void a_window_longer_than_an_interval_is_queried_as_a_whole() {
        analytics.add("c", AGENT_BLUE, TEN.minus(Duration.ofDays(80)), at(-80_000), at(-80_000));
        HistoryWalks lookups = lookups(TEN, 50, Duration.ofDays(60));

        AgentHistory history =
                analytics.play(lookups.begin(List.of(AGENT_BLUE))).histories().get(AGENT_BLUE);

        assertThat(ids(history)).containsExactly("c");
        assertThat(history.status()).isEqualTo(HistoryStatus.COMPLETE);
        assertThat(analytics.requests()).isEqualTo(3);
    }

    private AgentHistory history() {
        return history(TEN);
    }

    private AgentHistory history(Instant now) {
        return analytics.play(lookup(now)).histories().get(AGENT_BLUE);
    }

    private HistoryWalk lookup(Instant now) {
        return lookups(now, 50).begin(List.of(AGENT_BLUE));
    }

    private HistoryWalks lookups(Instant now, int agentsPerQuery) {
        return lookups(now, agentsPerQuery, WINDOW);
    }

    private HistoryWalks lookups(Instant now, int agentsPerQuery, Duration window) {
        HistorySettings settings = new HistorySettings(
                window,
                5,
                agentsPerQuery,
                Duration.ofMinutes(1),
                Duration.ofDays(31),
                100,
                100,
                Duration.ofSeconds(30),
                HistorySettings.OnUnavailable.DELIVER,
                true);
        PollSettings poll =
                new PollSettings(PollSource.AUTO, List.of(), Duration.ofDays(31), 100, 100, 1, Duration.ofHours(1));
        return new HistoryWalks(settings, poll, Dialect.PLATFORM, lookBack, Clock.fixed(now, ZoneOffset.UTC));
    }

    private static List<String> ids(AgentHistory history) {
        return history.conversations().stream()
                .map(FinishedConversation::conversationId)
                .toList();
    }

    /** Minutes from now. */
    private static Instant at(long minutes) {
        return TEN.plus(Duration.ofMinutes(minutes));
    }

    private static Instant seconds(long seconds) {
        return TEN.plusSeconds(seconds);
    }
}
