// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.route.poll;

import static org.assertj.core.api.Assertions.assertThat;
import static org.conversationbridge.Fixtures.AGENT_BLUE;
import static org.conversationbridge.Fixtures.AGENT_GREEN;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.conversationbridge.Changes;
import org.conversationbridge.Fixtures;
import org.conversationbridge.MovableClock;
import org.conversationbridge.change.ChangePage;
import org.conversationbridge.change.ConversationChange;
import org.conversationbridge.change.Standing;
import org.conversationbridge.checkpoint.Checkpoint;
import org.conversationbridge.checkpoint.Entry;
import org.conversationbridge.route.delivery.CurrentOutcomes;
import org.conversationbridge.route.delivery.PageTally;
import org.junit.jupiter.api.Test;

/** When a conversation is restated that readers do not see, poll by poll; each looks at all of the queue. */
class CurrentRepairsTest {
    private static final Duration POLL = Duration.ofSeconds(15);
    private static final String ID = "c-1";
    private static final String OTHER = "c-2";

    private final MovableClock clock = new MovableClock();
    private final Instant begin = clock.instant();
    private final CurrentOutcomes outcomes = new CurrentOutcomes();
    private final CurrentRepairs repairs = new CurrentRepairs(
            outcomes, () -> Duration.between(begin, clock.instant()).toNanos());
    private final Map<String, Entry> written = new LinkedHashMap<>();
    private final Map<String, Standing> onQueue = new HashMap<>();
    private Collection<String> leaving = List.of();

    /** What a deliverer does with a change. */
    private interface Delivery {
        void deliver(ConversationChange change);
    }

    @Test
    void what_another_process_left_out_is_restated_less_and_less_often() {
        announce(Changes.connected(ID, AGENT_BLUE, begin), this::elsewhereLeftOut);

        assertThat(minutesOfRestatements(Duration.ofHours(6), this::elsewhereLeftOut))
                .containsExactly(0L, 1L, 3L, 7L, 15L, 31L, 63L, 123L, 183L, 243L, 303L);
        assertThat(repairs.unexplained(checkpoint().live(), checkpoint())).isEqualTo(1);
        assertThat(repairs.leftOut(checkpoint().live(), checkpoint())).isZero();
    }

    @Test
    void what_this_process_left_out_is_not_restated_until_it_changes() {
        announce(Changes.connected(ID, AGENT_BLUE, begin), this::leftOut);
        assertThat(minutesOfRestatements(Duration.ofHours(6), this::leftOut)).isEmpty();
        assertThat(repairs.leftOut(checkpoint().live(), checkpoint())).isEqualTo(1);
        assertThat(repairs.unexplained(checkpoint().live(), checkpoint())).isZero();

        announce(transferred(), change -> outcomes.forget(ID));

        assertThat(minutesOfRestatements(Duration.ofMinutes(10), this::written)).hasSize(1);
        assertThat(onQueue).containsOnlyKeys(ID);
    }

    @Test
    void what_cannot_be_made_or_was_parked_is_restated_again() {
        announce(Changes.connected(ID, AGENT_BLUE, begin), this::failed);

        assertThat(minutesOfRestatements(Duration.ofHours(1), this::failed)).containsExactly(0L, 1L, 3L, 7L, 15L, 31L);
        assertThat(minutesOfRestatements(Duration.ofHours(1), this::written)).hasSize(1);
        assertThat(leaving).isEmpty();
        assertThat(repairs.leftOut(checkpoint().live(), checkpoint())).isZero();
    }

    /** Its page is given up before it is read, so that nothing is known of what it holds. */
    @Test
    void what_is_in_a_parked_page_is_not_said_to_be_left_out_by_the_routes() {
        announce(Changes.connected(ID, AGENT_BLUE, begin), change -> {});
        announce(Changes.connected(OTHER, AGENT_BLUE, begin), this::leftOut);

        minutesOfRestatements(Duration.ofMinutes(5), change -> {});

        assertThat(repairs.leftOut(checkpoint().live(), checkpoint())).isEqualTo(1);
        assertThat(repairs.unexplained(checkpoint().live(), checkpoint())).isEqualTo(1);
    }

    @Test
    void what_was_lost_is_restated_by_each_poll_and_so_is_what_may_be_lost_with_it() {
        announce(Changes.connected(ID, AGENT_BLUE, begin), this::written);
        announce(Changes.connected(OTHER, AGENT_BLUE, begin), this::elsewhereWritten);

        for (int losses = 0; losses < CurrentRepairs.MOST_IN_A_ROW; losses++) {
            onQueue.clear();
            assertThat(poll(change -> {
                        if (change.conversation().conversationId().equals(ID)) {
                            written(change);
                        } else {
                            elsewhereWritten(change);
                        }
                    }))
                    .containsExactlyInAnyOrder(ID, OTHER);
        }
    }

    @Test
    void what_is_written_in_an_unknown_form_is_not_restated_for_ever() {
        announce(Changes.connected(ID, AGENT_BLUE, begin), this::writtenUnlikeOurs);

        assertThat(minutesOfRestatements(Duration.ofHours(6), this::writtenUnlikeOurs))
                .hasSizeBetween(CurrentRepairs.MOST_IN_A_ROW, 12);
    }

    @Test
    void an_earlier_state_leaves_at_once_where_the_routes_left_out_what_followed() {
        announce(Changes.connected(ID, AGENT_BLUE, begin), this::written);
        poll(this::written);

        announce(transferred(), this::leftOut);
        assertThat(outcomes.isOneOutdated()).isTrue();
        assertThat(poll(this::leftOut)).isEmpty();

        assertThat(leaving).containsExactly(ID);
        assertThat(onQueue).isEmpty();
    }

    @Test
    void an_earlier_state_leaves_after_some_attempts_where_another_process_delivers() {
        announce(Changes.connected(ID, AGENT_BLUE, begin), this::written);
        poll(this::written);
        announce(transferred(), change -> outcomes.forget(ID));

        assertThat(minutesOfRestatements(Duration.ofMinutes(5), this::elsewhereLeftOut))
                .containsExactly(0L, 1L, 3L);
        assertThat(onQueue).isEmpty();
    }

    private ConversationChange transferred() {
        clock.advance(POLL);
        return checkpoint()
                .compare(Changes.connected(ID, AGENT_GREEN, clock.instant()).conversation(), clock.instant())
                .orElseThrow();
    }

    private List<Long> minutesOfRestatements(Duration during, Delivery delivery) {
        List<Long> minutes = new ArrayList<>();
        for (Duration at = Duration.ZERO; at.compareTo(during) < 0; at = at.plus(POLL)) {
            if (!poll(delivery).isEmpty()) {
                minutes.add(at.toMinutes());
            }
            clock.advance(POLL);
        }
        return minutes;
    }

    /** The conversations that it restates; they are delivered before the next one. */
    private List<String> poll(Delivery delivery) {
        Checkpoint checkpoint = checkpoint();
        Map<String, Long> live = checkpoint.live();
        Standings all = new Standings(live, repairs.expected(live, checkpoint).keySet());
        onQueue.values().forEach(all::sees);
        CurrentRepairs.Plan plan = repairs.plan(all, checkpoint);
        leaving = plan.leaving();
        onQueue.keySet().removeAll(leaving);
        checkpoint.differs(plan.restated());
        List<ConversationChange> restated = checkpoint.restated(clock.instant());
        repairs.restated(restated);
        restated.forEach(delivery::deliver);
        return restated.stream()
                .map(change -> change.conversation().conversationId())
                .toList();
    }

    private void announce(ConversationChange change, Delivery delivery) {
        Checkpoint checkpoint = checkpoint();
        checkpoint.announce(page(change)).forEach(entry -> written.put(entry.key(), entry));
        checkpoint.conclude(clock.instant()).forEach(entry -> written.put(entry.key(), entry));
        delivery.deliver(change);
    }

    private Checkpoint checkpoint() {
        return written.isEmpty()
                ? Checkpoint.first(Fixtures.ENDING, Fixtures.REMEMBERED)
                : Checkpoint.of(List.copyOf(written.values()), Fixtures.ENDING, Fixtures.REMEMBERED);
    }

    private static ChangePage page(ConversationChange change) {
        return new ChangePage("poll", 0, List.of(change));
    }

    private void leftOut(ConversationChange change) {
        outcomes.handled(new PageTally(page(change)));
    }

    private void failed(ConversationChange change) {
        PageTally tally = new PageTally(page(change));
        tally.failed(change);
        outcomes.handled(tally);
    }

    private void written(ConversationChange change) {
        PageTally tally = new PageTally(page(change));
        tally.isOnCurrent(change);
        outcomes.handled(tally);
        elsewhereWritten(change);
    }

    private void writtenUnlikeOurs(ConversationChange change) {
        written(change);
        onQueue.computeIfPresent(ID, (id, standing) -> new Standing(id, 0, "voice", null, false, false));
    }

    private void elsewhereWritten(ConversationChange change) {
        String id = change.conversation().conversationId();
        onQueue.put(id, new Standing(id, change.sequence(), "voice", "inbound", !change.isLive(), false));
    }

    private void elsewhereLeftOut(ConversationChange change) {
        outcomes.forget(change.conversation().conversationId());
    }
}
