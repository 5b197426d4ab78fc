// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.route;

import static org.assertj.core.api.Assertions.assertThat;
import static org.conversationbridge.Fixtures.quoted;

import java.util.List;
import java.util.Map;
import org.apache.camel.component.mock.MockEndpoint;
import org.conversationbridge.Fixtures;
import org.conversationbridge.change.NotDeliveredException;
import org.conversationbridge.checkpoint.Checkpoint;
import org.conversationbridge.checkpoint.IncompleteCheckpointException;
import org.conversationbridge.failure.Attempts;
import org.conversationbridge.genesys.ActiveConversationsPoll;
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
        replace("notice-gap");
        closed = replace("send-to-close-gap");
        confirmed = replace("send-to-confirm-ended");
        concluded = replace("send-to-conclude-poll");
        completed = replace("send-to-complete-histories");
        completedBetween = replace("send-spared-to-complete-histories");
        checkpointRead = replace("read-checkpoint");
        replays = replace("send-to-replay-conversation");
        context.start();
    }

    @Test
    void reads_page_after_page_until_the_last() throws Exception {
        pages.expectedMessageCount(3);
        closed.expectedMessageCount(1);
        confirmed.expectedMessageCount(1);
        concluded.expectedMessageCount(1);
        completed.expectedMessageCount(1);
        completedBetween.expectedMessageCount(0);
        pages.whenAnyExchangeReceived(exchange -> exchange.getVariable("poll", ActiveConversationsPoll.class)
                .accept(quoted("{'entities':[{'id':'c" + pages.getReceivedCounter() + "'}],'pageCount':3,'total':3}")));

        template.sendBody("direct:in", "");

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
                exchange.getVariable("poll", ActiveConversationsPoll.class).accept(quoted("{'entities':[]}")));

        template.sendBody("direct:in", "");

        pages.assertIsSatisfied();
        assertThat(polls.lastFailure()).isEmpty();
    }

    @Test
    void is_skipped_while_pages_wait() throws Exception {
        checksInVain = Integer.MAX_VALUE;
        pages.expectedMessageCount(0);

        template.sendBody("direct:in", "");

        pages.assertIsSatisfied();
        assertThat(polls.hasBegun()).isFalse();
        assertThat(polls.lastFailure()).hasValue("POLL_SKIPPED");
    }

    @Test
    void a_checkpoint_that_is_shown_in_part_is_read_again() throws Exception {
        fails(checkpointRead, incomplete());
        pages.expectedMessageCount(0);

        template.sendBody("direct:in", "");

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
    void drops_a_fire_time_that_was_handled() throws Exception {
        pages.expectedMessageCount(1);
        pages.whenAnyExchangeReceived(exchange ->
                exchange.getVariable("poll", ActiveConversationsPoll.class).accept(quoted("{'entities':[]}")));

        completedBetween.expectedMessageCount(1);
        template.sendBody("direct:in", "2026-11-20T10:00:00Z");
        template.sendBody("direct:in", "2026-11-20T10:00:00Z");

        pages.assertIsSatisfied();
        completedBetween.assertIsSatisfied();
    }

    @Test
    void a_parked_conversation_is_read_again_and_nothing_is_polled() throws Exception {
        pages.expectedMessageCount(0);
        replays.expectedBodiesReceived("{}");

        template.sendBodyAndHeader("direct:in", "{}", "originalType", "conversation");

        MockEndpoint.assertIsSatisfied(context);
        assertThat(polls.hasBegun()).isFalse();
    }

    @Test
    void a_replay_that_fails_goes_back_to_the_broker() {
        assertThat(replayFailing(new jakarta.jms.JMSException("no broker"))).hasMessage("no broker");
        assertThat(polls.figures().failedPolls()).isZero();
    }

    @Test
    void a_replay_that_may_not_be_announced_yet_goes_back_to_the_broker() {
        assertThat(replayFailing(new NotDeliveredException("pages", 1))).isInstanceOf(NotDeliveredException.class);
        assertThat(replays.getReceivedCounter()).isEqualTo(1);
    }

    private Exception replayFailing(Exception failure) {
        replays.whenAnyExchangeReceived(exchange -> {
            exchange.setVariable("attempts", Attempts.FIRST);
            throw failure;
        });
        return template.request("direct:in", e -> e.getMessage().setHeader("originalType", "conversation"))
                .getException();
    }

    @Test
    void a_page_that_fails_ends_the_poll_and_the_next_one_goes_on() throws Exception {
        pages.expectedMessageCount(2);
        fails(pages, new IllegalStateException("no page"));
        template.sendBody("direct:in", "");
        assertThat(polls.figures().failedPolls()).isEqualTo(1);
        assertThat(polls.figures().polls()).isZero();

        pages.whenAnyExchangeReceived(exchange ->
                exchange.getVariable("poll", ActiveConversationsPoll.class).accept(quoted("{'entities':[]}")));
        template.sendBody("direct:in", "");

        pages.assertIsSatisfied();
        assertThat(polls.figures().polls()).isEqualTo(1);
    }
}
