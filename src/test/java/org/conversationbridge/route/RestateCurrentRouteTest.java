// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.route;

import static org.assertj.core.api.Assertions.assertThat;
import static org.conversationbridge.Fixtures.AGENT_BLUE;

import java.util.List;
import org.apache.camel.component.mock.MockEndpoint;
import org.conversationbridge.Changes;
import org.conversationbridge.change.ChangePage;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class RestateCurrentRouteTest extends PollRouteTest {
    private final ChangePage page =
            new ChangePage(ChangePage.RESTATED, 0, List.of(Changes.connected("c-1", AGENT_BLUE, clock.instant())));
    private MockEndpoint announced;

    @Override
    protected String file() {
        return "64-restate-current";
    }

    @Override
    protected List<String> calledFiles() {
        return List.of("65-announce-restated");
    }

    @BeforeEach
    void replaceSteps() throws Exception {
        announced = replace("announce-restated", "send-restated-to-announce-page");
        context.start();
    }

    @Test
    void hands_on_each_page_and_mostly_none() throws Exception {
        assertThat(failureOf("direct:restate-current", "")).isNull();
        assertThat(announced.getReceivedCounter()).isZero();

        currentQueue.pages = List.of(page, page);
        announced.expectedMessageCount(2);
        assertThat(failureOf("direct:restate-current", "")).isNull();

        announced.assertIsSatisfied();
        assertThat(currentQueue.postponed).isZero();
    }

    @Test
    void a_page_that_the_broker_does_not_take_is_left_to_a_later_poll() {
        currentQueue.pages = List.of(page, page);
        fails(announced, new jakarta.jms.JMSException("refused"));

        assertThat(failureOf("direct:restate-current", "")).isNull();

        assertThat(announced.getReceivedCounter()).isEqualTo(1);
        assertThat(currentQueue.postponed).isEqualTo(1);
    }
}
