// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.poll;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class SeldomAskedTest {
    private static final Duration POLL = Duration.ofSeconds(15);
    private static final Instant BEGIN = Instant.parse("2026-11-20T10:00:07Z");

    private final SeldomAsked seldom = new SeldomAsked();

    @Test
    void what_is_wanted_for_the_first_time_is_requested_at_once() {
        assertThat(seldom.isLeftAlone("a", BEGIN)).isFalse();
        assertThat(seldom.isGoingOn("a")).isFalse();
    }

    @Test
    void an_answer_that_stays_the_same_is_requested_half_as_often_as_it_lasts() {
        assertThat(asked("a", Duration.ofMinutes(10)))
                .extracting(Duration::toSeconds)
                .containsExactly(0L, 15L, 30L, 45L, 75L, 120L, 180L, 270L, 405L);
    }

    @Test
    void none_is_left_alone_for_more_than_five_minutes() {
        List<Duration> asked = asked("a", Duration.ofHours(3));

        for (int i = 1; i < asked.size(); i++) {
            assertThat(asked.get(i).minus(asked.get(i - 1))).isLessThanOrEqualTo(SeldomAsked.LONGEST.plus(POLL));
        }
        assertThat(asked).hasSizeLessThan(50);
    }

    @Test
    void those_left_alone_for_long_are_due_together() {
        for (int i = 0; i < 100; i++) {
            String id = "c" + i;
            Instant since = BEGIN.plusSeconds(i);
            seldom.goesOn(id, false, since);
            seldom.goesOn(id, false, since.plus(Duration.ofHours(1)));
        }

        Instant common = Instant.parse("2026-11-20T11:05:00Z");
        assertThat(Set.of("c0", "c50", "c99"))
                .allMatch(id -> seldom.isLeftAlone(id, common.minusMillis(1)))
                .noneMatch(id -> seldom.isLeftAlone(id, common));
    }

    @Test
    void one_that_has_changed_is_requested_often_again() {
        seldom.goesOn("a", false, BEGIN);
        seldom.goesOn("a", false, BEGIN.plusSeconds(600));
        assertThat(seldom.isLeftAlone("a", BEGIN.plusSeconds(615))).isTrue();

        seldom.goesOn("a", true, BEGIN.plusSeconds(900));

        assertThat(seldom.isLeftAlone("a", BEGIN.plusSeconds(915))).isFalse();
    }

    @Test
    void another_answer_is_requested_often_again() {
        seldom.unknown("a", false, BEGIN);
        seldom.unknown("a", false, BEGIN.plusSeconds(600));

        seldom.goesOn("a", false, BEGIN.plusSeconds(900));

        assertThat(seldom.isGoingOn("a")).isTrue();
        assertThat(seldom.isLeftAlone("a", BEGIN.plusSeconds(915))).isFalse();
    }

    @Test
    void a_refused_question_is_not_repeated_at_once() {
        seldom.unknown("a", true, BEGIN);

        assertThat(seldom.isRefused("a")).isTrue();
        assertThat(seldom.isLeftAlone("a", BEGIN.plusSeconds(59))).isTrue();
        assertThat(seldom.isLeftAlone("a", BEGIN.plusSeconds(60))).isFalse();
    }

    @Test
    void what_polls_find_again_is_forgotten() {
        seldom.goesOn("a", false, BEGIN);
        seldom.goesOn("a", false, BEGIN.plusSeconds(600));

        seldom.retain(Set.of("b"));

        assertThat(seldom.isLeftAlone("a", BEGIN.plusSeconds(601))).isFalse();
    }

    /** When a conversation that goes on is requested, from poll to poll. */
    private List<Duration> asked(String id, Duration length) {
        List<Duration> asked = new ArrayList<>();
        for (Instant now = BEGIN; !now.isAfter(BEGIN.plus(length)); now = now.plus(POLL)) {
            if (!seldom.isLeftAlone(id, now)) {
                asked.add(Duration.between(BEGIN, now));
                seldom.goesOn(id, false, now);
            }
        }
        return asked;
    }
}
