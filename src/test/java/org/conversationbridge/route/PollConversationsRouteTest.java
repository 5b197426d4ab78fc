// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.route;

import static org.assertj.core.api.Assertions.assertThat;
import static org.conversationbridge.Fixtures.quoted;

import java.util.List;
import java.util.Map;
import org.apache.camel.component.mock.MockEndpoint;
import org.conversationbridge.Fixtures;
import org.conversationbridge.checkpoint.Checkpoint;
import org.conversationbridge.checkpoint.IncompleteCheckpointException;
import org.conversationbridge.genesys.query.ActiveConversationsWalk;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class PollConversationsRouteTest extends PollRouteTest {
    private MockEndpoint pages;
    private MockEndpoint closed;
    private MockEndpoint confirmed;
    private MockEndpoint concluded;
    private MockEndpoint completed;
    private MockEndpoint checkpointRead;
    private MockEndpoint takeOvers;

    @Override
    protected String file() {
        return "20-poll-conversations";
    }

    @Override
    protected Map<String, String> settings() {
        return Map.of("poll.source", "conversations");
    }

    @BeforeEach
    void replaceSteps() throws Exception {
        pages = replace("send-to-poll-page");
        closed = replace("send-to-close-gap");
        confirmed = replace("send-to-confirm-ended");
        concluded = replace("send-to-conclude-poll");
        completed = replace("send-to-complete-histories");
        replace("send-to-restate-current");
        checkpointRead = replace("read-checkpoint");
        replace("recall-parked");
        takeOvers = replace("send-to-take-over");
        context.start();
    }

    @Test
    void a_current_queue_that_cannot_be_looked_at_is_compared_later_and_the_poll_goes_on() throws Exception {
        currentQueue.isAway = true;
        concluded.expectedMessageCount(1);
        pages.whenAnyExchangeReceived(exchange ->
                exchange.getVariable("poll", ActiveConversationsWalk.class).accept(quoted("{'entities':[]}")));

        poll();

        concluded.assertIsSatisfied();
        assertThat(currentQueue.postponed).isEqualTo(1);
    }

    @Test
    void reads_page_after_page_until_the_last() throws Exception {
        pages.expectedMessageCount(3);
        closed.expectedMessageCount(1);
        confirmed.expectedMessageCount(1);
        concluded.expectedMessageCount(1);
        completed.expectedMessageCount(1);
        pages.whenAnyExchangeReceived(exchange -> exchange.getVariable("poll", ActiveConversationsWalk.class)
                .accept(quoted("{'entities':[{'id':'c" + pages.getReceivedCounter() + "'}],'pageCount':3,'total':3}")));

        poll();

        pages.assertIsSatisfied();
        closed.assertIsSatisfied();
        confirmed.assertIsSatisfied();
        concluded.assertIsSatisfied();
        completed.assertIsSatisfied();
        assertThat(polls.figures().polls()).isEqualTo(1);
    }

    @Test
    void waits_for_a_page_that_is_in_work() throws Exception {
        checksInVain = 3;
        pages.expectedMessageCount(1);
        pages.whenAnyExchangeReceived(exchange ->
                exchange.getVariable("poll", ActiveConversationsWalk.class).accept(quoted("{'entities':[]}")));

        poll();

        pages.assertIsSatisfied();
        assertThat(polls.lastFailure()).isEmpty();
    }

    @Test
    void is_skipped_while_pages_wait_after_a_few_looks_and_without_the_checkpoint() throws Exception {
        checksInVain = Integer.MAX_VALUE;
        pages.expectedMessageCount(0);
        checkpointRead.expectedMessageCount(0);

        poll();

        pages.assertIsSatisfied();
        checkpointRead.assertIsSatisfied();
        assertThat(Integer.MAX_VALUE - checksInVain).isEqualTo(35);
        assertThat(polls.hasBegun()).isFalse();
        assertThat(polls.lastFailure()).hasValue("POLL_SKIPPED");
    }

    @Test
    void what_another_process_announced_before_the_checkpoint_was_read_is_waited_for() throws Exception {
        checkpointRead.whenAnyExchangeReceived(exchange -> checksInVain = 2);
        pages.expectedMessageCount(1);
        pages.whenAnyExchangeReceived(exchange ->
                exchange.getVariable("poll", ActiveConversationsWalk.class).accept(quoted("{'entities':[]}")));

        poll();

        pages.assertIsSatisfied();
        assertThat(checksInVain).isNegative();
        assertThat(polls.lastFailure()).isEmpty();
    }

    @Test
    void a_checkpoint_that_is_shown_in_part_is_read_again() throws Exception {
        fails(checkpointRead, incomplete());
        pages.expectedMessageCount(0);

        poll();

        pages.assertIsSatisfied();
        assertThat(checkpointRead.getReceivedCounter()).isEqualTo(21);
        assertThat(polls.lastFailure()).hasValue("CHECKPOINT_INCOMPLETE");
    }

    private static Exception incomplete() {
        try {
            Checkpoint.of(List.of(), Fixtures.ENDING, Fixtures.REMEMBERED);
        } catch (IncompleteCheckpointException e) {
            return e;
        }
        throw new AssertionError();
    }

    @Test
    void a_page_that_fails_ends_the_poll_and_the_next_one_goes_on() throws Exception {
        pages.expectedMessageCount(2);
        fails(pages, new IllegalStateException("no page"));
        poll();
        assertThat(polls.figures().failedPolls()).isEqualTo(1);
        assertThat(polls.figures().polls()).isZero();

        pages.whenAnyExchangeReceived(exchange ->
                exchange.getVariable("poll", ActiveConversationsWalk.class).accept(quoted("{'entities':[]}")));
        poll();

        pages.assertIsSatisfied();
        assertThat(polls.figures().polls()).isEqualTo(1);
    }

    @Test
    void a_process_that_did_not_poll_last_takes_over_before_it_polls() throws Exception {
        isAnnouncer = false;
        isTakeOver = true;
        takeOvers.expectedMessageCount(1);
        pages.expectedMessageCount(1);
        pages.whenAnyExchangeReceived(exchange -> {
            takeOvers.assertIsSatisfied();
            exchange.getVariable("poll", ActiveConversationsWalk.class).accept(quoted("{'entities':[]}"));
        });

        poll();

        MockEndpoint.assertIsSatisfied(context);
        assertThat(isAnnouncer).isTrue();
        assertThat(polls.figures().polls()).isEqualTo(1);
    }

    private void poll() {
        template.sendBody("direct:poll-conversations", "");
    }
}
