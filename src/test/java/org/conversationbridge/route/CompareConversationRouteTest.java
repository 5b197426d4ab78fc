// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.route;

import static org.assertj.core.api.Assertions.assertThat;
import static org.conversationbridge.Fixtures.id;
import static org.conversationbridge.Fixtures.json;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;
import org.apache.camel.Exchange;
import org.apache.camel.component.mock.MockEndpoint;
import org.conversationbridge.change.ConversationChange;
import org.conversationbridge.failure.MalformedConversationException;
import org.conversationbridge.route.poll.Poller;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class CompareConversationRouteTest extends PollRouteTest {
    private MockEndpoint parked;

    @Override
    protected String file() {
        return "23-compare-conversation";
    }

    @Override
    protected Map<String, String> settings() {
        return Map.of("poll.source", "conversations");
    }

    @BeforeEach
    void replaceSteps() throws Exception {
        parked = replace("park-unreadable-conversation");
        context.start();
    }

    @Test
    void one_that_was_not_announced_yet_is_a_change() {
        Object change = compare(conversation()).getMessage().getBody();

        assertThat(change).isInstanceOfSatisfying(ConversationChange.class, started -> {
            assertThat(started.eventType()).isEqualTo("conversation.started");
            assertThat(started.conversation().conversationId()).isEqualTo(id(1));
        });
        assertThat(parked.getReceivedExchanges()).isEmpty();
    }

    @Test
    void one_that_cannot_be_read_is_parked_and_is_no_failure() {
        Exchange exchange = compare(((ObjectNode) conversation()).put("participants", "nobody"));

        assertThat(exchange.getException()).isNull();
        assertThat(parked.getReceivedExchanges())
                .singleElement()
                .satisfies(each -> assertThat(each.getProperty(Exchange.EXCEPTION_CAUGHT))
                        .isInstanceOf(MalformedConversationException.class));
    }

    private static JsonNode conversation() {
        return json("genesys/conversations-listing.json").at("/entities/0");
    }

    private Exchange compare(JsonNode conversation) {
        return template.request("direct:compare-conversation", exchange -> {
            exchange.setVariable("poll", bean("poller", Poller.class).begin());
            exchange.setVariable("checkpoint", checkpoint);
            exchange.getMessage().setBody(conversation);
        });
    }
}
