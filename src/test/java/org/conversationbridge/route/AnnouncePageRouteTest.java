// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.route;

import static org.assertj.core.api.Assertions.assertThat;
import static org.conversationbridge.Fixtures.AGENT_BLUE;

import java.util.List;
import org.apache.camel.component.mock.MockEndpoint;
import org.conversationbridge.Changes;
import org.conversationbridge.bridge.Json;
import org.conversationbridge.change.ChangePage;
import org.junit.jupiter.api.Test;

class AnnouncePageRouteTest extends PollRouteTest {
    private final ChangePage page =
            new ChangePage("poll", List.of(Changes.connected("c", AGENT_BLUE, clock.instant())));

    @Override
    protected String file() {
        return "25-announce-page";
    }

    @Test
    void puts_the_page_on_the_queue_as_json_and_remembers_it() throws Exception {
        MockEndpoint queue = replace("send-page");
        queue.expectedMessageCount(1);
        context.start();

        template.sendBodyAndHeader("direct:announce-page", page, "leaked", "no");

        queue.assertIsSatisfied();
        assertThat(queue.getReceivedExchanges().get(0).getMessage().getHeaders())
                .isEmpty();
        String text = (String) queue.getReceivedExchanges().get(0).getMessage().getBody();
        assertThat(Json.mapper().readValue(text, ChangePage.class)).isEqualTo(page);
        assertThat(announcements.compare(page.changes().get(0).conversation())).isEmpty();
    }

    @Test
    void what_did_not_reach_the_queue_is_not_remembered() throws Exception {
        fails(replace("send-page"), new IllegalStateException("no broker"));
        context.start();

        assertThat(failureOf("direct:announce-page", page)).hasMessage("no broker");
        assertThat(announcements.compare(page.changes().get(0).conversation())).isPresent();
    }
}
