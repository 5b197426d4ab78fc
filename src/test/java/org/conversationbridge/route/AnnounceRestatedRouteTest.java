// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.route;

import static org.assertj.core.api.Assertions.assertThat;
import static org.conversationbridge.Fixtures.AGENT_BLUE;

import jakarta.jms.JMSException;
import java.util.List;
import org.apache.camel.component.mock.MockEndpoint;
import org.conversationbridge.Changes;
import org.conversationbridge.change.ChangePage;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class AnnounceRestatedRouteTest extends PollRouteTest {
    private MockEndpoint announced;

    @Override
    protected String file() {
        return "65-announce-restated";
    }

    @BeforeEach
    void replaceSteps() throws Exception {
        announced = replace("send-restated-to-announce-page");
        currentQueue.pages = List.of(page("c-1"), page("c-2"));
        context.start();
    }

    @Test
    void each_page_is_announced() {
        assertThat(failureOf("direct:announce-restated", "")).isNull();

        assertThat(announced.getReceivedExchanges())
                .extracting(exchange -> exchange.getMessage().getBody())
                .isEqualTo(currentQueue.pages);
    }

    @Test
    void the_first_page_that_fails_goes_back_to_the_caller() {
        fails(announced, new JMSException("refused"));

        assertThat(failureOf("direct:announce-restated", "")).hasRootCauseMessage("refused");

        assertThat(announced.getReceivedCounter()).isEqualTo(1);
    }

    private ChangePage page(String conversationId) {
        return new ChangePage(
                ChangePage.RESTATED, 0, List.of(Changes.connected(conversationId, AGENT_BLUE, clock.instant())));
    }
}
