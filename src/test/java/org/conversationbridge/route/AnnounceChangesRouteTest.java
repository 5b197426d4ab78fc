// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.route;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.apache.camel.component.mock.MockEndpoint;
import org.conversationbridge.Changes;
import org.conversationbridge.change.ChangePage;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class AnnounceChangesRouteTest extends PollRouteTest {
    private MockEndpoint announced;

    @Override
    protected String file() {
        return "27-announce-changes";
    }

    @BeforeEach
    void replaceSteps() throws Exception {
        announced = replace("send-to-announce-page");
        context.start();
        polls.begin();
    }

    @Test
    void each_page_is_announced_and_counted_for_the_poll_that_found_it() {
        ChangePage first = page(polls.pollId(), "1");
        ChangePage second = page(polls.pollId(), "2");

        assertThat(failureOf("direct:announce-changes", List.of(first, second))).isNull();

        assertThat(announced.getReceivedExchanges())
                .extracting(exchange -> exchange.getVariable("page"))
                .containsExactly(first, second);
        assertThat(polls.figures().changed()).isEqualTo(2);
    }

    @Test
    void changes_that_no_poll_found_are_counted_as_well() {
        failureOf("direct:announce-changes", List.of(page(ChangePage.NOTIFIED, "1"), page("histories", "2")));

        assertThat(polls.figures().changed()).isEqualTo(2);
    }

    @Test
    void no_page_is_announced_after_one_that_failed() {
        fails(announced, new IllegalStateException("no broker"));

        assertThat(failureOf("direct:announce-changes", List.of(page(polls.pollId(), "1"), page(polls.pollId(), "2"))))
                .hasRootCauseMessage("no broker");

        assertThat(announced.getReceivedCounter()).isEqualTo(1);
        assertThat(polls.figures().changed()).isZero();
    }

    private ChangePage page(String pollId, String conversationId) {
        return new ChangePage(pollId, 0, List.of(Changes.queued(conversationId, clock.instant())));
    }
}
