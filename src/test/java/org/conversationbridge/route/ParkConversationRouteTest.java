// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.route;

import static org.assertj.core.api.Assertions.assertThat;
import static org.conversationbridge.Fixtures.AGENT_BLUE;
import static org.conversationbridge.Fixtures.quoted;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.component.mock.MockEndpoint;
import org.apache.camel.spi.Registry;
import org.conversationbridge.Changes;
import org.conversationbridge.Fixtures;
import org.conversationbridge.bridge.Json;
import org.conversationbridge.change.ChangePage;
import org.conversationbridge.failure.BridgeException;
import org.conversationbridge.failure.MalformedConversationException;
import org.conversationbridge.failure.UnreadableConversations;
import org.conversationbridge.privacy.Privacy;
import org.conversationbridge.route.delivery.PageTally;
import org.conversationbridge.route.delivery.Parking;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ParkConversationRouteTest extends RouteTest {
    private final UnreadableConversations unreadable = new UnreadableConversations(clock);
    private MockEndpoint queue;
    private Parking parking;

    @Override
    protected String file() {
        return "60-park-conversation";
    }

    @Override
    protected void bind(Registry registry) {
        parking = new Parking(unreadable, polls, Json.mapper(), clock, new Privacy(read().privacy()));
        registry.bind("parking", parking);
    }

    @BeforeEach
    void replaceSteps() throws Exception {
        queue = replace("send-to-error-queue");
        context.start();
    }

    @Test
    void parks_the_original_with_the_reason() {
        MalformedConversationException failure =
                new MalformedConversationException("c-1", "participants", "is a text instead of a list");

        Message parked = park(failure, exchange -> exchange.getMessage().setBody(quoted("{'id':'c-1'}")));

        assertThat(parked.getBody(String.class)).isEqualTo("{\"id\":\"c-1\"}");
        assertThat(parked.getHeaders())
                .containsOnlyKeys(
                        "errorCode",
                        "errorStage",
                        "errorMessage",
                        "originalType",
                        "attempts",
                        "httpStatus",
                        "firstFailedAt",
                        "conversationId")
                .containsAllEntriesOf(Map.of(
                        "errorCode", "CONVERSATION_MALFORMED",
                        "errorMessage",
                                "Conversation c-1 cannot be read: field participants is a text instead of a list.",
                        "originalType", "conversation",
                        "attempts", 1,
                        "firstFailedAt", "2026-11-20T10:00:00.000Z",
                        "conversationId", "c-1"));
        assertThat(unreadable.isTold(failure)).isTrue();
        assertThat(polls.figures().parked()).isEqualTo(1);
    }

    @Test
    void parks_a_change_as_it_was_to_be_enriched() {
        Message parked = park(new IllegalStateException("boom"), exchange -> {
            exchange.setVariable("change", Changes.connected("c-2", AGENT_BLUE, clock.instant()));
            exchange.setVariable("tally", new PageTally(new ChangePage("poll", 0, List.of())));
            exchange.getMessage().setBody("half-made message");
        });

        assertThat(Fixtures.parse(parked.getBody(String.class))
                        .at("/conversation/conversationId")
                        .asText())
                .isEqualTo("c-2");
        assertThat(parked.getHeader("errorCode")).isEqualTo("UNEXPECTED");
        assertThat(parked.getHeader("originalType")).isEqualTo("change");
        assertThat(parked.getHeader("conversationId")).isEqualTo("c-2");
    }

    @Test
    void a_replayed_message_that_fails_again_has_one_more_attempt() {
        Instant before = clock.instant().minusSeconds(60).plusNanos(33_218_130);

        Message parked = park(new IllegalStateException("boom"), exchange -> {
            exchange.getMessage().setBody(quoted("{}"));
            exchange.setVariable("attempts", parking.attempts(2, before.toString(), 1));
        });

        assertThat(parked.getHeader("attempts")).isEqualTo(3);
        assertThat(parked.getHeader("firstFailedAt")).isEqualTo("2026-11-20T09:59:00.033Z");
    }

    @Test
    void names_the_status_of_the_answer_that_caused_it() {
        BridgeException failure = new BridgeException("ANY", "told", null) {
            private static final long serialVersionUID = 1L;

            @Override
            public int httpStatus() {
                return 403;
            }
        };

        assertThat(park(failure, exchange -> exchange.getMessage().setBody(quoted("{}")))
                        .getHeader("httpStatus"))
                .isEqualTo(403);
    }

    @Test
    void shows_nothing_of_an_unexpected_failures_message() {
        Message parked = park(
                new IllegalStateException("tel:+15555550123 is odd"),
                exchange -> exchange.getMessage().setBody(quoted("{}")));

        assertThat(parked.getHeaders().toString()).doesNotContain("5555550123");
        assertThat(parked.getHeader("errorMessage", String.class)).startsWith("java.lang.IllegalStateException at");
    }

    private Message park(Exception failure, org.apache.camel.Processor prepare) {
        Exchange exchange = template.request("direct:park-conversation", e -> {
            e.setProperty(Exchange.EXCEPTION_CAUGHT, failure);
            e.getMessage().setHeader("Authorization", "Bearer leaked");
            prepare.process(e);
        });
        assertThat(exchange.getException()).isNull();
        return queue.getReceivedExchanges().get(0).getMessage();
    }
}
