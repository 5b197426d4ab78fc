// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.route;

import static org.assertj.core.api.Assertions.assertThat;
import static org.conversationbridge.Fixtures.AGENT_BLUE;
import static org.conversationbridge.Fixtures.QUEUE_CLAIMS;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.component.mock.MockEndpoint;
import org.apache.camel.spi.Registry;
import org.conversationbridge.Changes;
import org.conversationbridge.Fixtures;
import org.conversationbridge.MessageSchema;
import org.conversationbridge.TestNames;
import org.conversationbridge.bridge.Json;
import org.conversationbridge.change.ChangePage;
import org.conversationbridge.change.ConversationChange;
import org.conversationbridge.delivery.MessageComposer;
import org.conversationbridge.history.AgentHistory;
import org.conversationbridge.history.HistorySummary;
import org.conversationbridge.route.delivery.CurrentOutcomes;
import org.conversationbridge.route.delivery.Delivery;
import org.conversationbridge.route.enrichment.HistoryEnrichment;
import org.conversationbridge.settings.DeliverySettings;
import org.conversationbridge.settings.HistorySettings.OnUnavailable;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class DeliverConversationRouteTest extends RouteTest {
    private ConversationChange change = Changes.connected("c-1", AGENT_BLUE, clock.instant());
    private MockEndpoint queue;
    private MockEndpoint parked;
    private MockEndpoint noted;
    private MockEndpoint current;
    private Exception failure;

    @Override
    protected String file() {
        return "35-deliver-conversation";
    }

    @Override
    protected List<String> calledFiles() {
        return List.of("34-deliver-or-park", "36-wrap-in-cloud-event", "37-deliver-message", "39-note-missing-history");
    }

    @Override
    protected void bind(Registry registry) {
        DeliverySettings settings = new DeliverySettings(
                Map.of(
                        "started",
                        new DeliverySettings.Qos(7, Duration.ofSeconds(60)),
                        "updated",
                        new DeliverySettings.Qos(7, Duration.ZERO)),
                Fixtures.CLOUD_EVENTS,
                Duration.ofSeconds(30));
        MessageComposer composer = new MessageComposer(settings, 5, TestNames.off(clock), clock);
        registry.bind("delivery", new Delivery(composer, polls, new CurrentOutcomes(), Json.mapper()));
        registry.bind("historyEnrichment", new HistoryEnrichment(composer, OnUnavailable.DELIVER, clock));
    }

    @BeforeEach
    void replaceSteps() throws Exception {
        queue = replace("deliver-message", "send-message");
        parked = replace("deliver-or-park", "park-failed-conversation");
        replace("deliver-message", "park-refused-message");
        noted = replace("note-missing-history", "put-note");
        current = replace("send-to-replace-current");
        called("agent-history", exchange -> {
            boolean isAsked = !exchange.getMessage()
                    .getBody(ConversationChange.class)
                    .agentUserIds()
                    .isEmpty();
            if (failure != null && isAsked) {
                throw failure;
            }
            exchange.getMessage().setBody(AgentHistory.none(clock.instant()));
            exchange.getMessage().setHeader("leaked", "no");
        });
        context.start();
    }

    @Test
    void delivers_a_valid_message_with_its_headers_and_no_other() throws Exception {
        queue.expectedMessageCount(1);

        assertThat(failureOf("direct:deliver-or-park", change)).isNull();

        queue.assertIsSatisfied();
        Message message = queue.getReceivedExchanges().get(0).getMessage();
        assertThat(MessageSchema.violations(Fixtures.parse(message.getBody(String.class))))
                .isEmpty();
        assertThat(message.getHeaders())
                .containsOnlyKeys(
                        "JMSType",
                        "JMSCorrelationID",
                        "JMSXGroupID",
                        "JMSPriority",
                        "JMSExpiration",
                        "contentType",
                        "schemaVersion",
                        "messageId",
                        "eventType",
                        "sequence",
                        "conversationId",
                        "mediaType",
                        "direction",
                        "state",
                        "queueId",
                        "agentUserId",
                        "historyStatus")
                .containsEntry("JMSType", "conversation.started")
                .containsEntry("JMSCorrelationID", "c-1")
                .containsEntry("JMSXGroupID", "c-1")
                .containsEntry("JMSPriority", 7)
                .containsEntry("JMSExpiration", clock.instant().plusSeconds(60).toEpochMilli())
                .containsEntry("queueId", QUEUE_CLAIMS)
                .containsEntry("agentUserId", AGENT_BLUE)
                .containsEntry("sequence", 1L);
    }

    @Test
    void delivers_without_history_when_it_is_unavailable() throws Exception {
        failure = new IllegalStateException("503");
        queue.expectedMessageCount(1);

        assertThat(failureOf("direct:deliver-or-park", change)).isNull();

        queue.assertIsSatisfied();
        assertThat(queue.getReceivedExchanges().get(0).getMessage().getHeader("historyStatus"))
                .isEqualTo("unavailable");
        Message note = noted.getReceivedExchanges().get(0).getMessage();
        assertThat(note.getHeaders()).isEmpty();
        assertThat(Json.mapper().readValue(note.getBody(String.class), ConversationChange.class))
                .isEqualTo(change);
    }

    /** A page of this kind, or of a poll. */
    static Stream<Arguments> kinds() {
        return Stream.of(
                Arguments.of("poll", 1, 1),
                Arguments.of(ChangePage.NOTIFIED, 1, 1),
                Arguments.of(ChangePage.REPLAYED, 1, 0),
                Arguments.of(ChangePage.RESTATED, 0, 1));
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void what_is_replayed_is_not_current_and_what_is_restated_is_no_result(String kind, int results, int states)
            throws Exception {
        queue.expectedMessageCount(results);
        current.expectedMessageCount(states);

        assertThat(failureOfPage(kind)).isNull();

        MockEndpoint.assertIsSatisfied(context);
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void without_its_history_a_restated_change_is_not_noted_again(String kind, int results, int states)
            throws Exception {
        failure = new IllegalStateException("503");
        noted.expectedMessageCount(results);

        assertThat(failureOfPage(kind)).isNull();

        MockEndpoint.assertIsSatisfied(context);
    }

    @Test
    void a_restated_change_that_cannot_be_made_a_message_is_not_parked() throws Exception {
        queue.expectedMessageCount(0);
        current.expectedMessageCount(0);
        parked.expectedMessageCount(0);
        change = withoutSettings();

        assertThat(failureOfPage(ChangePage.RESTATED)).isNull();

        MockEndpoint.assertIsSatisfied(context);
    }

    @Test
    void a_history_that_the_change_brings_is_not_requested() throws Exception {
        failure = new IllegalStateException("503");
        HistorySummary known = AgentHistory.none(clock.instant()).summary("c-1", 5);

        assertThat(failureOf("direct:deliver-or-park", change.completedBy(known, clock.instant())))
                .isNull();
        assertThat(noted.getReceivedCounter()).isZero();
    }

    @Test
    void parks_a_conversation_whose_message_the_broker_refuses_because_of_itself() throws Exception {
        MockEndpoint refused = getMockEndpoint("mock:park-refused-message");
        refused.expectedMessageCount(1);
        fails(queue, new jakarta.jms.JMSException("AMQ219022: Header size (200,065) is too big"));

        assertThat(failureOf("direct:deliver-or-park", change)).isNull();

        refused.assertIsSatisfied();
        assertThat(current.getReceivedCounter()).isZero();
    }

    @Test
    void what_else_the_broker_refuses_is_the_callers() throws Exception {
        MockEndpoint refused = getMockEndpoint("mock:park-refused-message");
        refused.expectedMessageCount(0);
        fails(queue, new jakarta.jms.JMSException("AMQ229102: Address \"results\" is full."));

        assertThat(failureOf("direct:deliver-or-park", change)).hasStackTraceContaining("AMQ229102");

        refused.assertIsSatisfied();
    }

    @Test
    void parks_a_conversation_that_cannot_be_made_a_message() throws Exception {
        queue.expectedMessageCount(0);
        parked.expectedMessageCount(1);

        assertThat(failureOf("direct:deliver-or-park", withoutSettings())).isNull();

        MockEndpoint.assertIsSatisfied(context);
        assertThat(parked.getReceivedExchanges().get(0).getProperty(Exchange.EXCEPTION_CAUGHT, Exception.class))
                .hasMessageContaining("no delivery settings for conversation.unheard-of");
    }

    @Test
    void a_broker_that_refuses_is_no_reason_to_park() throws Exception {
        parked.expectedMessageCount(0);
        fails(queue, new jakarta.jms.JMSException("refused"));

        assertThat(failureOf("direct:deliver-or-park", change)).hasMessage("refused");

        parked.assertIsSatisfied();
    }

    private @Nullable Throwable failureOfPage(String kind) {
        return template.request("direct:deliver-or-park", exchange -> {
                    exchange.setVariable("page", new ChangePage(kind, 0, List.of(change)));
                    exchange.getMessage().setBody(change);
                })
                .getException();
    }

    private ConversationChange withoutSettings() {
        return new ConversationChange("conversation.unheard-of", 1, clock.instant(), change.conversation());
    }
}
