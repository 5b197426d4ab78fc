// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.route;

import static org.assertj.core.api.Assertions.assertThat;

import org.apache.camel.component.mock.MockEndpoint;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ReceiveRequestRouteTest extends PollRouteTest {
    private MockEndpoint replays;
    private MockEndpoint announced;
    private MockEndpoint polled;
    private MockEndpoint requested;
    private MockEndpoint skipped;

    @Override
    protected String file() {
        return "17-receive-request";
    }

    @BeforeEach
    void replaceSteps() throws Exception {
        replaceFrom();
        replays = replace("send-to-work-on-replays");
        announced = replace("send-to-announce-notified");
        polled = replace("send-to-poll-conversations");
        requested = replace("send-by-hand-to-send-poll-request");
        skipped = replace("send-to-work-between-polls");
        context.start();
    }

    @Test
    void a_request_that_is_due_is_a_poll() throws Exception {
        replays.expectedMessageCount(1);
        announced.expectedMessageCount(0);
        polled.expectedMessageCount(1);
        requested.expectedMessageCount(0);
        skipped.expectedMessageCount(0);

        template.sendBody("direct:in", requests.ask());

        MockEndpoint.assertIsSatisfied(context);
    }

    @Test
    void an_empty_request_puts_one_behind_all_that_wait_once() throws Exception {
        polled.expectedMessageCount(0);
        requested.expectedMessageCount(1);
        skipped.expectedMessageCount(0);

        template.sendBody("direct:in", "");
        template.sendBody("direct:in", "");

        MockEndpoint.assertIsSatisfied(context);
    }

    @Test
    void a_notification_lets_a_process_that_stood_by_poll() throws Exception {
        isAnnouncer = false;
        announced.expectedMessageCount(2);
        polled.expectedMessageCount(1);
        polled.whenAnyExchangeReceived(exchange -> isAnnouncer = true);

        template.sendBodyAndHeader("direct:in", "", "JMSType", "notification");
        template.sendBodyAndHeader("direct:in", "", "JMSType", "notification");

        MockEndpoint.assertIsSatisfied(context);
    }

    @Test
    void what_cannot_be_done_is_logged_as_a_failed_poll() throws Exception {
        fails(requested, new jakarta.jms.JMSException("no broker"));

        template.sendBody("direct:in", "");

        assertThat(polls.figures().failedPolls()).isEqualTo(1);
    }

    @Test
    void a_notification_is_announced_without_a_poll_by_the_process_that_polled_last() throws Exception {
        announced.expectedMessageCount(1);
        polled.expectedMessageCount(0);

        template.sendBodyAndHeader("direct:in", "", "JMSType", "notification");

        MockEndpoint.assertIsSatisfied(context);
    }

    @Test
    void drops_a_request_that_was_handled() throws Exception {
        polled.expectedMessageCount(1);
        skipped.expectedMessageCount(0);
        String request = requests.ask();
        template.sendBody("direct:in", request);
        template.sendBody("direct:in", request);

        polled.assertIsSatisfied();
        skipped.assertIsSatisfied();
    }

    @Test
    void a_poll_that_is_spared_lets_other_work_go_on() throws Exception {
        isSpared = true;
        polled.expectedMessageCount(0);
        skipped.expectedMessageCount(1);

        template.sendBody("direct:in", requests.ask());

        polled.assertIsSatisfied();
        skipped.assertIsSatisfied();
    }

    @Test
    void what_is_no_request_is_passed_by() throws Exception {
        polled.expectedMessageCount(0);
        skipped.expectedMessageCount(0);

        template.sendBody("direct:in", "9999-12-31T23:59:59Z");
        template.sendBody("direct:in", "{}");
        template.sendBodyAndHeader("direct:in", requests.ask(), "JMSType", "something");

        polled.assertIsSatisfied();
        skipped.assertIsSatisfied();
        assertThat(polls.figures().failedPolls()).isZero();
    }

    @Test
    void replays_are_worked_on_first_and_a_request_for_them_polls_nothing() throws Exception {
        polled.expectedMessageCount(0);
        replays.expectedMessageCount(1);

        template.sendBodyAndHeader("direct:in", "", "JMSType", "replay");

        MockEndpoint.assertIsSatisfied(context);
    }

    @Test
    void what_a_request_says_of_an_original_is_not_looked_at() throws Exception {
        polled.expectedMessageCount(0);

        template.sendBodyAndHeader("direct:in", "{}", "originalType", "conversation");

        MockEndpoint.assertIsSatisfied(context);
    }
}
