// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.route;

import static org.assertj.core.api.Assertions.assertThat;
import static org.conversationbridge.Fixtures.AGENT_BLUE;

import org.apache.camel.Message;
import org.apache.camel.component.mock.MockEndpoint;
import org.conversationbridge.Changes;
import org.conversationbridge.bridge.Json;
import org.conversationbridge.change.ConversationChange;
import org.junit.jupiter.api.Test;

class NoteMissingHistoryRouteTest extends RouteTest {
    @Override
    protected String file() {
        return "39-note-missing-history";
    }

    @Test
    void the_change_is_noted_and_nothing_of_its_message() throws Exception {
        ConversationChange change = Changes.connected("c-1", AGENT_BLUE, clock.instant());
        MockEndpoint noted = replace("put-note");
        context.start();

        template.send("direct:note-missing-history", exchange -> {
            exchange.setVariable("change", change);
            exchange.getMessage().setBody("the message");
            exchange.getMessage().setHeader("JMSType", "conversation.started");
        });

        Message note = noted.getReceivedExchanges().get(0).getMessage();
        assertThat(note.getHeaders()).isEmpty();
        assertThat(Json.mapper().readValue(note.getBody(String.class), ConversationChange.class))
                .isEqualTo(change);
    }
}
