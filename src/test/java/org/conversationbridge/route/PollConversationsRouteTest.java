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
    private MockEndpoint completedBetween;
    private MockEndpoint checkpointRead;
    private MockEndpoint replays;
    private MockEndpoint takeOvers;
    private MockEndpoint announced;

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
        replaceFrom();
        pages = replace("send-to-poll-page");
        closed = replace("send-to-close-gap");
        confirmed = replace("send-to-confirm-ended");
        concluded = replace("send-to-conclude-poll");
        completed = replace("send-to-complete-histories");
        completedBetween = replace("send-skipped-to-complete-histories");
        replace("send-to-restate-current");
        checkpointRead = replace("read-checkpoint");
        replace("recall-parked");
        replays = replace("send-to-work-on-replays");
        takeOvers = replace("send-to-take-over");
        announced = replace("send-to-announce-notified");
        replace("send-skipped-to-announce-notified");
        context.start();
    }

    @Test
    void a_current_queue_that_cannot_be_looked_at_is_compared_later_and_the_poll_goes_on() throws Exception {
        currentQueue.isAway = true;
        concluded.expectedMessageCount(1);
        pages.whenAnyExchangeReceived(exchange ->
                exchange.getVariable("poll", ActiveConversationsWalk.class).accept(quoted("{'entities':[]}")));

        template.sendBody("direct:in", requests.ask());

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
        completedBetween.expectedMessageCount(0);
        pages.whenAnyExchangeReceived(exchange -> exchange.getVariable("poll", ActiveConversationsWalk.class)
                .accept(quoted("{'entities':[{'id':'c" + pages.getReceivedCounter() + "'}],'pageCount':3,'total':3}")));

        template.sendBody("direct:in", requests.ask());

        pages.assertIsSatisfied();
        closed.assertIsSatisfied();
        confirmed.assertIsSatisfied();
        concluded.assertIsSatisfied();
        completed.assertIsSatisfied();
        completedBetween.assertIsSatisfied();
        assertThat(polls.figures().polls()).isEqualTo(1);
    }

    @Test
    void waits_for_a_page_that_is_in_work() throws Exception {
        checksInVain = 3;
        pages.expectedMessageCount(1);
        pages.whenAnyExchangeReceived(exchange ->
                exchange.getVariable("poll", ActiveConversationsWalk.class).accept(quoted("{'entities':[]}")));

        template.sendBody("direct:in", requests.ask());

        pages.assertIsSatisfied();
        assertThat(polls.lastFailure()).isEmpty();
    }

    @Test
    void is_skipped_while_pages_wait() throws Exception {
        checksInVain = Integer.MAX_VALUE;
        pages.expectedMessageCount(0);

        template.sendBody("direct:in", requests.ask());

        pages.assertIsSatisfied();
        assertThat(polls.hasBegun()).isFalse();
        assertThat(polls.lastFailure()).hasValue("POLL_SKIPPED");
    }

    @Test
    void a_checkpoint_that_is_shown_in_part_is_read_again() throws Exception {
        fails(checkpointRead, incomplete());
        pages.expectedMessageCount(0);

        template.sendBody("direct:in", requests.ask());

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
    void a_notification_is_announced_without_a_poll_by_the_process_that_polled_last() throws Exception {
        announced.expectedMessageCount(1);
        pages.expectedMessageCount(0);

        template.sendBodyAndHeader("direct:in", "", "JMSType", "notification");

        MockEndpoint.assertIsSatisfied(context);
        assertThat(polls.hasBegun()).isFalse();
    }

    @Test
    void a_notification_lets_a_process_that_stood_by_poll_once_and_take_over_before_it() throws Exception {
        isAnnouncer = false;
        isTakeOver = true;
        takeOvers.expectedMessageCount(1);
        pages.expectedMessageCount(1);
        pages.whenAnyExchangeReceived(exchange -> {
            takeOvers.assertIsSatisfied();
            exchange.getVariable("poll", ActiveConversationsWalk.class).accept(quoted("{'entities':[]}"));
        });

        template.sendBodyAndHeader("direct:in", "", "JMSType", "notification");
        template.sendBodyAndHeader("direct:in", "", "JMSType", "notification");

        MockEndpoint.assertIsSatisfied(context);
        assertThat(polls.figures().polls()).isEqualTo(1);
    }

    @Test
    void drops_a_request_that_was_handled() throws Exception {
        pages.expectedMessageCount(1);
        pages.whenAnyExchangeReceived(exchange ->
                exchange.getVariable("poll", ActiveConversationsWalk.class).accept(quoted("{'entities':[]}")));

        completedBetween.expectedMessageCount(0);
        String request = requests.ask();
        template.sendBody("direct:in", request);
        template.sendBody("direct:in", request);

        pages.assertIsSatisfied();
        completedBetween.assertIsSatisfied();
    }

    @Test
    void a_poll_that_is_spared_completes_histories_all_the_same() throws Exception {
        isSpared = true;
        pages.expectedMessageCount(0);
        completedBetween.expectedMessageCount(1);

        template.sendBody("direct:in", requests.ask());

        pages.assertIsSatisfied();
        completedBetween.assertIsSatisfied();
    }

    @Test
    void what_is_no_request_is_passed_by() throws Exception {
        pages.expectedMessageCount(0);
        completedBetween.expectedMessageCount(0);

        template.sendBody("direct:in", "9999-12-31T23:59:59Z");
        template.sendBody("direct:in", "{}");
        template.sendBodyAndHeader("direct:in", requests.ask(), "JMSType", "something");

        pages.assertIsSatisfied();
        completedBetween.assertIsSatisfied();
        assertThat(polls.figures().failedPolls()).isZero();
    }

    @Test
    void replays_are_worked_on_first_and_a_request_for_them_polls_nothing() throws Exception {
        pages.expectedMessageCount(0);
        replays.expectedMessageCount(1);

        template.sendBodyAndHeader("direct:in", "", "JMSType", "replay");

        MockEndpoint.assertIsSatisfied(context);
        assertThat(polls.hasBegun()).isFalse();
    }

    @Test
    void what_a_request_says_of_an_original_is_not_looked_at() throws Exception {
        pages.expectedMessageCount(0);

        template.sendBodyAndHeader("direct:in", "{}", "originalType", "conversation");

        MockEndpoint.assertIsSatisfied(context);
        assertThat(polls.hasBegun()).isFalse();
    }

    @Test
    void a_page_that_fails_ends_the_poll_and_the_next_one_goes_on() throws Exception {
        pages.expectedMessageCount(2);
        fails(pages, new IllegalStateException("no page"));
        template.sendBody("direct:in", requests.ask());
        assertThat(polls.figures().failedPolls()).isEqualTo(1);
        assertThat(polls.figures().polls()).isZero();

        pages.whenAnyExchangeReceived(exchange ->
                exchange.getVariable("poll", ActiveConversationsWalk.class).accept(quoted("{'entities':[]}")));
        template.sendBody("direct:in", requests.ask());

        pages.assertIsSatisfied();
        assertThat(polls.figures().polls()).isEqualTo(1);
    }
}
