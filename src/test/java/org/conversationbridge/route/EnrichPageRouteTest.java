// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.route;

import static org.assertj.core.api.Assertions.assertThat;
import static org.conversationbridge.Fixtures.AGENT_BLUE;
import static org.conversationbridge.Fixtures.AGENT_GREEN;

import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.apache.camel.Exchange;
import org.apache.camel.component.mock.MockEndpoint;
import org.conversationbridge.Changes;
import org.conversationbridge.LogCapture;
import org.conversationbridge.bridge.Json;
import org.conversationbridge.change.AgentsWanted;
import org.conversationbridge.change.ChangePage;
import org.conversationbridge.change.ConversationChange;
import org.conversationbridge.failure.Attempts;
import org.conversationbridge.failure.FailedMessages;
import org.conversationbridge.failure.GivenUpException;
import org.conversationbridge.route.delivery.Delivery;
import org.conversationbridge.route.delivery.PageTally;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class EnrichPageRouteTest extends RouteTest {
    private final ChangePage page = new ChangePage(
            "poll",
            0,
            List.of(
                    Changes.connected("1", AGENT_BLUE, clock.instant()),
                    Changes.connected("2", AGENT_GREEN, clock.instant()),
                    Changes.queued("3", clock.instant())));
    private MockEndpoint histories;
    private MockEndpoint deliveries;

    @Override
    protected String file() {
        return "30-enrich-page";
    }

    @BeforeEach
    void replaceSteps() throws Exception {
        replaceFrom();
        histories = replace("load-histories-of-page");
        deliveries = replace("send-to-deliver-or-park");
        replace("park-unreadable-page");
        context.start();
    }

    @Test
    void asks_for_the_agents_of_the_page_together_and_delivers_each_conversation() throws Exception {
        histories.expectedMessageCount(1);
        deliveries.expectedMessageCount(3);
        deliveries.whenAnyExchangeReceived(exchange -> exchange.getVariable("tally", PageTally.class)
                .sentOne(exchange.getMessage().getBody(ConversationChange.class)));

        send();

        histories.assertIsSatisfied();
        deliveries.assertIsSatisfied();
        assertThat(histories
                        .getReceivedExchanges()
                        .get(0)
                        .getMessage()
                        .getBody(AgentsWanted.class)
                        .agentUserIds())
                .containsExactly(AGENT_BLUE, AGENT_GREEN);
        assertThat(deliveries.getReceivedExchanges())
                .extracting(exchange -> exchange.getMessage()
                        .getBody(ConversationChange.class)
                        .conversation()
                        .conversationId())
                .containsExactly("1", "2", "3");
        assertThat(polls.figures().delivered()).isEqualTo(3);
    }

    @Test
    void delivers_when_the_histories_are_unavailable_together() throws Exception {
        histories.whenAnyExchangeReceived(exchange -> {
            exchange.getMessage().setBody("a request that failed");
            throw new IllegalStateException("503");
        });
        deliveries.expectedMessageCount(3);

        send();

        deliveries.assertIsSatisfied();
    }

    @Test
    void a_replayed_page_brings_what_was_tried_before() throws Exception {
        deliveries.expectedMessageCount(3);

        template.send("direct:in", exchange -> {
            exchange.getMessage().setBody(Json.mapper().writeValueAsString(page));
            exchange.getMessage().setHeader("attempts", 2);
            exchange.getMessage().setHeader("firstFailedAt", clock.instant().toString());
            exchange.getMessage().setHeader("JMSXDeliveryCount", 1);
        });

        deliveries.assertIsSatisfied();
        assertThat(deliveries.getReceivedExchanges())
                .allSatisfy(exchange ->
                        assertThat(exchange.getVariable("attempts")).isEqualTo(new Attempts(3, clock.instant())));
    }

    @Test
    void a_delivery_that_fails_ends_the_page_with_its_failure() throws Exception {
        deliveries.expectedMessageCount(1);
        fails(deliveries, new jakarta.jms.JMSException("refused"));

        assertThat(failureOf("direct:in", Json.mapper().writeValueAsString(page)))
                .hasRootCauseMessage("refused");
        deliveries.assertIsSatisfied();
        assertThat(polls.figures().delivered()).isZero();
    }

    @Test
    void a_page_that_cannot_be_read_is_parked() throws Exception {
        MockEndpoint parked = getMockEndpoint("mock:park-unreadable-page");
        parked.expectedBodiesReceived("{ not a page");
        deliveries.expectedMessageCount(0);

        assertThat(failureOf("direct:in", "{ not a page")).isNull();

        parked.assertIsSatisfied();
        deliveries.assertIsSatisfied();
    }

    private static Stream<String> refusedPages() throws Exception {
        ConversationChange change = Changes.queued("1", Instant.parse("2026-11-20T10:00:00Z"));
        String valid = Json.mapper().writeValueAsString(new ChangePage("poll", 0, List.of(change)));
        return Stream.of(
                valid.replace("\"pollId\":\"poll\",", ""),
                valid.replace("\"sequence\":1", "\"sequence\":-5"),
                valid.replace("conversation.started", "conversation.unheard-of"),
                valid.replace("\"voice\"", "\"" + "x".repeat(5_000) + "\""),
                "{\"changes\":[]}",
                "{ \"changes\" : [ ] ,\n \"pollId\" : null , \"more\" : 1.10 }",
                "{}",
                "null",
                "[]",
                "7",
                "\"text\"");
    }

    @Test
    void a_page_whose_content_is_refused_is_parked_as_it_came() throws Exception {
        MockEndpoint parked = getMockEndpoint("mock:park-unreadable-page");

        refusedPages().forEach(text -> {
            parked.reset();

            assertThat(failureOf("direct:in", text)).as(text).isNull();

            assertThat(parked.getReceivedExchanges())
                    .as(text)
                    .singleElement()
                    .satisfies(exchange ->
                            assertThat(exchange.getMessage().getBody()).isEqualTo(text));
        });
        assertThat(deliveries.getReceivedCounter()).isZero();
    }

    @Test
    void a_restated_page_that_keeps_failing_is_dropped_and_not_parked() throws Exception {
        MockEndpoint parked = getMockEndpoint("mock:park-unreadable-page");
        deliveries.expectedMessageCount(FailedMessages.MOST_ATTEMPTS);
        fails(deliveries, new IllegalStateException("a step of somebody's own"));
        String restated = Json.mapper().writeValueAsString(new ChangePage(ChangePage.RESTATED, 0, page.changes()));

        for (int i = 0; i < FailedMessages.MOST_ATTEMPTS; i++) {
            assertThat(again(restated).getException()).isNotNull();
        }
        try (LogCapture log = LogCapture.of(Delivery.class)) {
            assertThat(again(restated).getException()).isNull();
            assertThat(log.messages())
                    .singleElement()
                    .asString()
                    .startsWith("restated page dropped: It failed 5 times.");
        }

        deliveries.assertIsSatisfied();
        assertThat(parked.getReceivedCounter()).isZero();
    }

    @Test
    void a_restated_page_whose_content_is_refused_is_dropped_and_not_parked() throws Exception {
        String restated = Json.mapper()
                .writeValueAsString(new ChangePage(ChangePage.RESTATED, 0, page.changes()))
                .replace("conversation.started", "conversation.unheard-of");

        assertThat(again(restated).getException()).isNull();

        assertThat(getMockEndpoint("mock:park-unreadable-page").getReceivedCounter())
                .isZero();
    }

    @Test
    void a_page_that_fails_for_a_reason_in_itself_is_parked_after_five_attempts() throws Exception {
        MockEndpoint parked = getMockEndpoint("mock:park-unreadable-page");
        parked.expectedMessageCount(1);
        deliveries.expectedMessageCount(FailedMessages.MOST_ATTEMPTS);
        fails(deliveries, new IllegalStateException("a step of somebody's own"));

        for (int i = 0; i < FailedMessages.MOST_ATTEMPTS; i++) {
            assertThat(again().getException()).isNotNull();
        }
        assertThat(again().getException()).isNull();

        MockEndpoint.assertIsSatisfied(context);
        assertThat(parked.getReceivedExchanges().get(0).getProperty(Exchange.EXCEPTION_CAUGHT))
                .isInstanceOf(GivenUpException.class);
    }

    @Test
    void what_the_broker_refuses_is_redelivered_without_end() throws Exception {
        getMockEndpoint("mock:park-unreadable-page").expectedMessageCount(0);
        fails(deliveries, new jakarta.jms.JMSException("AMQ229102: Address \"results\" is full."));

        for (int i = 0; i < 3 * FailedMessages.MOST_ATTEMPTS; i++) {
            assertThat(again().getException()).hasRootCauseInstanceOf(jakarta.jms.JMSException.class);
        }

        getMockEndpoint("mock:park-unreadable-page").assertIsSatisfied();
    }

    private Exchange again() throws Exception {
        return again(Json.mapper().writeValueAsString(page));
    }

    private Exchange again(String text) {
        return template.request("direct:in", exchange -> {
            exchange.getMessage().setBody(text);
            exchange.getMessage().setHeader("JMSMessageID", "ID:1");
        });
    }

    @Test
    void waits_longer_from_attempt_to_attempt() {
        Delivery delivery = context.getRegistry().lookupByNameAndType("delivery", Delivery.class);

        assertThat(Stream.of(null, 1, 2, 3, 4, 8, 1_000).map(delivery::pauseMillis))
                .containsExactly(0L, 0L, 500L, 1_000L, 2_000L, 30_000L, 30_000L);
    }

    private void send() throws Exception {
        assertThat(failureOf("direct:in", Json.mapper().writeValueAsString(page)))
                .isNull();
    }
}
