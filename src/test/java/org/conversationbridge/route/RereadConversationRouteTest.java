// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.route;

import static org.assertj.core.api.Assertions.assertThat;
import static org.conversationbridge.Fixtures.id;
import static org.conversationbridge.Fixtures.json;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.Map;
import org.apache.camel.Exchange;
import org.apache.camel.component.mock.MockEndpoint;
import org.conversationbridge.change.ChangePage;
import org.conversationbridge.change.NotDeliveredException;
import org.conversationbridge.failure.Attempts;
import org.conversationbridge.failure.MalformedConversationException;
import org.conversationbridge.route.delivery.ReplayRun;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class RereadConversationRouteTest extends PollRouteTest {
    private final ObjectNode original = json("genesys/conversation-voice.json");
    private final Instant parkedAt = clock.instant().minusSeconds(600);
    private MockEndpoint announced;
    private MockEndpoint parked;

    @Override
    protected String file() {
        return "63-reread-conversation";
    }

    @BeforeEach
    void replaceSteps() throws Exception {
        announced = replace("send-replayed-page");
        parked = replace("park-conversation-again");
        replace("read-checkpoint-again")
                .whenAnyExchangeReceived(exchange -> exchange.setVariable("checkpoint", checkpoint));
        context.start();
    }

    @Test
    void announces_what_can_be_read_now_as_it_was_when_it_was_parked() throws Exception {
        announced.expectedMessageCount(1);

        assertThat(replay(original.toString()).getException()).isNull();

        announced.assertIsSatisfied();
        assertThat(announcedPage().changes()).singleElement().satisfies(change -> {
            assertThat(change.conversation().conversationId()).isEqualTo(id(1));
            assertThat(change.sequence()).isEqualTo(1);
            assertThat(change.observedAt()).isEqualTo(parkedAt);
        });
    }

    @Test
    void reads_what_analytics_answered_as_well() throws Exception {
        announced.expectedMessageCount(1);

        assertThat(replay(json("genesys/analytics-live.json").toString()).getException())
                .isNull();

        announced.assertIsSatisfied();
    }

    @Test
    void a_conversation_that_was_announced_since_is_ignored() throws Exception {
        announced.expectedMessageCount(1);
        replay(original.toString());
        checkpoint.announce(announcedPage());

        assertThat(replay(original.toString()).getException()).isNull();

        announced.assertIsSatisfied();
    }

    @Test
    void nothing_is_announced_while_what_was_announced_before_is_not_delivered() throws Exception {
        checksInVain = 1;
        announced.expectedMessageCount(0);

        assertThat(replay(original.toString()).getException()).isInstanceOf(NotDeliveredException.class);

        announced.assertIsSatisfied();
    }

    @Test
    void what_had_ended_or_is_of_another_medium_is_ignored() throws Exception {
        announced.expectedMessageCount(0);
        parked.expectedMessageCount(0);

        assertThat(replay(original.put("endTime", "2026-11-20T11:00:00Z").toString())
                        .getException())
                .isNull();

        MockEndpoint.assertIsSatisfied(context);
    }

    @Test
    void what_still_cannot_be_read_is_parked_again_with_an_attempt_more() throws Exception {
        announced.expectedMessageCount(0);
        parked.expectedMessageCount(1);

        assertThat(replay(original.put("participants", "nobody").toString()).getException())
                .isNull();

        MockEndpoint.assertIsSatisfied(context);
        Exchange again = parked.getReceivedExchanges().get(0);
        assertThat(again.getProperty(Exchange.EXCEPTION_CAUGHT)).isInstanceOf(MalformedConversationException.class);
        assertThat(again.getVariable("attempts")).isEqualTo(new Attempts(2, parkedAt));
        assertThat(again.getMessage().getBody(JsonNode.class)).isEqualTo(original);
    }

    @Test
    void what_is_not_json_is_parked_again() throws Exception {
        parked.expectedMessageCount(1);

        assertThat(replay("not json").getException()).isNull();

        parked.assertIsSatisfied();
        assertThat(parked.getReceivedExchanges().get(0).getMessage().getBody(String.class))
                .isEqualTo("not json");
    }

    @Test
    void a_broker_that_refuses_the_page_is_no_reason_to_park() throws Exception {
        parked.expectedMessageCount(0);
        fails(announced, new jakarta.jms.JMSException("refused"));

        assertThat(replay(original.toString()).getException()).hasRootCauseMessage("refused");

        parked.assertIsSatisfied();
    }

    @Test
    void damaged_attempts_and_times_count_as_absent() throws Exception {
        parked.expectedMessageCount(1);

        Exchange replayed = template.request("direct:reread-conversation", exchange -> {
            exchange.setVariable("run", new ReplayRun(1));
            exchange.getMessage().setBody("{}");
            exchange.getMessage().setHeader("attempts", "abc");
            exchange.getMessage().setHeader("firstFailedAt", "garbage");
        });

        assertThat(replayed.getException()).isNull();
        parked.assertIsSatisfied();
        assertThat(parked.getReceivedExchanges().get(0).getVariable("attempts")).isEqualTo(Attempts.FIRST);
    }

    private Exchange replay(String body) {
        return template.request("direct:reread-conversation", exchange -> {
            exchange.setVariable("run", new ReplayRun(1));
            exchange.getMessage().setBody(body);
            exchange.getMessage()
                    .setHeaders(new java.util.HashMap<>(Map.of(
                            "originalType", "conversation", "attempts", 1, "firstFailedAt", parkedAt.toString())));
        });
    }

    private ChangePage announcedPage() {
        return announced.getReceivedExchanges().get(0).getMessage().getBody(ChangePage.class);
    }
}
