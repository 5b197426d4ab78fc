// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.route.poll;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Map;
import org.conversationbridge.Changes;
import org.conversationbridge.Fixtures;
import org.conversationbridge.LogCapture;
import org.conversationbridge.MovableClock;
import org.conversationbridge.ShippedRoutes;
import org.conversationbridge.TestBeans;
import org.conversationbridge.budget.RequestBudget;
import org.conversationbridge.change.ChangePage;
import org.conversationbridge.change.ConversationChange;
import org.conversationbridge.checkpoint.Checkpoint;
import org.conversationbridge.clock.GenesysClock;
import org.conversationbridge.poll.PollLog;
import org.conversationbridge.settings.Settings;
import org.conversationbridge.settings.SettingsReader;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The machine is suspended, so that its clock stands still, and the network comes back later than the machine. */
class GapAfterSuspensionTest {
    private static final Duration NIGHT = Duration.ofHours(8);
    private static final Duration WITHOUT_NETWORK = Duration.ofMinutes(3);

    private final MovableClock own = new MovableClock();
    private final GenesysClock clock = new GenesysClock(own);
    private final PollLog polls = new PollLog(new RequestBudget(300, own), own, clock);
    private final Settings settings =
            new SettingsReader(Map.of()).read(Path.of("config"), ShippedRoutes.placeholders(), Map.of());
    private final Gaps gaps = TestBeans.gaps(settings, own, clock, polls);

    @BeforeEach
    void clocks_agree() {
        answer(Duration.ZERO);
        answer(Duration.ZERO);
    }

    @Test
    void the_gap_is_the_whole_night_where_failed_polls_alone_would_make_one() {
        Instant evening = own.instant();
        Checkpoint checkpoint = polledAt(evening);
        own.advance(WITHOUT_NETWORK);
        polls.begin();

        page(checkpoint, NIGHT);
        assertThat(checkpoint.gap()).isEmpty();
        page(checkpoint, NIGHT);
        page(checkpoint, NIGHT);

        assertGap(checkpoint, evening, evening.plus(WITHOUT_NETWORK).plus(NIGHT));
    }

    @Test
    void a_suspension_in_a_poll_that_closes_a_gap_lengthens_the_gap() {
        Instant evening = own.instant();
        Checkpoint checkpoint = polledAt(evening);
        own.advance(WITHOUT_NETWORK);
        polls.begin();
        page(checkpoint, Duration.ZERO);
        assertGap(checkpoint, evening, evening.plus(WITHOUT_NETWORK));

        page(checkpoint, NIGHT);
        page(checkpoint, NIGHT);
        page(checkpoint, NIGHT);

        assertGap(checkpoint, evening, evening.plus(WITHOUT_NETWORK).plus(NIGHT));
    }

    @Test
    void what_another_process_noted_meanwhile_is_not_ahead_of_the_time() {
        Instant morning = own.instant().plus(NIGHT);
        Checkpoint checkpoint = polledAt(morning);
        ConversationChange change = Changes.connected("c", Fixtures.AGENT_BLUE, morning);
        checkpoint.announce(ChangePage.pages("p", List.of(change), 10, 1).get(0));
        own.advance(Duration.ofSeconds(15));
        polls.begin();
        try (LogCapture log = LogCapture.of(Gaps.class)) {
            page(checkpoint, NIGHT);
            page(checkpoint, NIGHT);
            page(checkpoint, NIGHT);

            assertThat(log.messages()).isEmpty();
        }
        assertThat(checkpoint.gap()).isEmpty();
        assertThat(checkpoint.announced().get("c").observedAt()).isEqualTo(morning);
    }

    private static void assertGap(Checkpoint checkpoint, Instant from, Instant to) {
        assertThat(checkpoint.gap()).get().satisfies(gap -> {
            assertThat(gap.from()).isEqualTo(from);
            assertThat(gap.to()).isBetween(to.minusSeconds(2), to.plusSeconds(2));
        });
    }

    private static Checkpoint polledAt(Instant begin) {
        Checkpoint checkpoint = Checkpoint.first(Fixtures.ENDING, Duration.ofHours(2));
        checkpoint.conclude(begin);
        return checkpoint;
    }

    private void page(Checkpoint checkpoint, Duration ahead) {
        answer(ahead);
        boolean unused = polls.isTimeWrong();
        gaps.notice(checkpoint);
    }

    private void answer(Duration ahead) {
        clock.answered(
                own.instant(),
                DateTimeFormatter.RFC_1123_DATE_TIME
                        .withZone(ZoneOffset.UTC)
                        .format(own.instant().plus(ahead)));
    }
}
