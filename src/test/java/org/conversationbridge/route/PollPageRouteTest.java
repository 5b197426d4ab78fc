// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.route;

import static org.assertj.core.api.Assertions.assertThat;
import static org.conversationbridge.Fixtures.id;
import static org.conversationbridge.Fixtures.json;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.camel.Exchange;
import org.apache.camel.component.mock.MockEndpoint;
import org.conversationbridge.change.ChangePage;
import org.conversationbridge.conversation.Conversation;
import org.conversationbridge.failure.MalformedConversationException;
import org.conversationbridge.genesys.GenesysRequest;
import org.conversationbridge.route.poll.Poller;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class PollPageRouteTest extends PollRouteTest {
    private final List<GenesysRequest> requests = new ArrayList<>();
    private Object answer = json("genesys/conversations-listing.json");
    private MockEndpoint announced;
    private MockEndpoint parked;

    @Override
    protected String file() {
        return "22-poll-page";
    }

    @Override
    protected List<String> calledFiles() {
        return List.of("23-compare-conversation", "27-announce-changes", "46-ask-next", "47-call-for-enquiry");
    }

    @Override
    protected Map<String, String> settings() {
        return Map.of("poll.source", "conversations", "page.size", "2");
    }

    @BeforeEach
    void replaceSteps() throws Exception {
        announced = replace("announce-changes", "send-to-announce-page");
        parked = replace("compare-conversation", "park-unreadable-conversation");
        called("call-genesys", exchange -> {
            requests.add(exchange.getMessage().getBody(GenesysRequest.class));
            if (answer instanceof Exception failure) {
                throw failure;
            }
            exchange.getMessage().setBody(answer);
        });
        context.start();
    }

    @Test
    void hands_on_the_conversations_that_changed() throws Exception {
        announced.expectedMessageCount(1);

        poll();

        announced.assertIsSatisfied();
        assertThat(pages())
                .singleElement()
                .satisfies(page -> assertThat(page.changes())
                        .extracting(change -> change.conversation().conversationId())
                        .containsExactly(id(1), id(2)));
        assertThat(requests).extracting(GenesysRequest::path).containsExactly("/api/v2/conversations");
        assertThat(polls.figures().found()).isEqualTo(2);
        assertThat(polls.figures().changed()).isEqualTo(2);
    }

    @Test
    void hands_on_no_page_longer_than_the_setting() throws Exception {
        ObjectNode listing = json("genesys/conversations-listing.json");
        for (int i = 0; i < 3; i++) {
            listing.withArray("entities")
                    .add(json("genesys/conversation-voice.json").put("id", "more-" + i));
        }
        answer = listing;
        announced.expectedMessageCount(3);

        poll();

        announced.assertIsSatisfied();
        assertThat(pages()).extracting(page -> page.changes().size()).containsExactly(2, 2, 1);
    }

    @Test
    void hands_on_nothing_when_nothing_changed() throws Exception {
        announced.expectedMessageCount(1);
        poll();
        checkpoint.announce(pages().get(0));

        poll();

        announced.assertIsSatisfied();
    }

    @Test
    void parks_what_it_cannot_read_and_hands_on_the_rest() throws Exception {
        ObjectNode listing = json("genesys/conversations-listing.json");
        ((ObjectNode) listing.at("/entities/0")).put("participants", "nobody");
        answer = listing;
        announced.expectedMessageCount(1);
        parked.expectedMessageCount(1);

        poll();

        announced.assertIsSatisfied();
        parked.assertIsSatisfied();
        assertThat(pages().get(0).changes())
                .extracting(change -> change.conversation())
                .extracting(Conversation::conversationId)
                .containsExactly(id(2));
        assertThat(parked.getReceivedExchanges().get(0).getProperty(Exchange.EXCEPTION_CAUGHT))
                .isInstanceOf(MalformedConversationException.class);
    }

    @Test
    void a_failure_that_cannot_be_avoided_goes_back_to_the_caller() {
        IllegalStateException failure = new IllegalStateException("no answer");
        answer = failure;

        Exchange exchange = template.request("direct:poll-page", this::begin);

        assertThat(exchange.getException()).isSameAs(failure);
    }

    @Test
    void a_page_that_cannot_be_announced_goes_back_to_the_caller() {
        fails(announced, new IllegalStateException("no broker"));

        Exchange exchange = template.request("direct:poll-page", this::begin);

        assertThat(exchange.getException()).hasRootCauseMessage("no broker");
        assertThat(polls.figures().changed()).isZero();
    }

    private void begin(Exchange exchange) {
        exchange.setVariable("poll", bean("poller", Poller.class).begin());
        exchange.setVariable("checkpoint", checkpoint);
    }

    private void poll() {
        Exchange exchange = template.request("direct:poll-page", this::begin);
        assertThat(exchange.getException()).isNull();
    }

    private List<ChangePage> pages() {
        return announced.getReceivedExchanges().stream()
                .map(exchange -> exchange.getMessage().getBody(ChangePage.class))
                .toList();
    }
}
