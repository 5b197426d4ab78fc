// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.route;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonParseException;
import java.util.List;
import java.util.concurrent.RejectedExecutionException;
import java.util.stream.Stream;
import org.apache.camel.Exchange;
import org.apache.camel.RollbackExchangeException;
import org.apache.camel.TypeConversionException;
import org.apache.camel.component.mock.MockEndpoint;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.language.bean.RuntimeBeanExpressionException;
import org.apache.camel.support.DefaultExchange;
import org.conversationbridge.Changes;
import org.conversationbridge.LogCapture;
import org.conversationbridge.change.ChangePage;
import org.conversationbridge.change.ConversationChange;
import org.conversationbridge.failure.WordlessException;
import org.conversationbridge.route.delivery.Delivery;
import org.conversationbridge.route.delivery.PageTally;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class DeliverOrParkRouteTest extends RouteTest {
    private final ConversationChange change = Changes.queued("c-1", clock.instant());
    private MockEndpoint delivery;
    private MockEndpoint parked;

    @Override
    protected String file() {
        return "34-deliver-or-park";
    }

    @BeforeEach
    void replaceSteps() throws Exception {
        delivery = replace("send-to-deliver-conversation");
        parked = replace("park-failed-conversation");
        context.start();
    }

    private static Stream<Throwable> reasonsInTheConversation() {
        return Stream.of(
                new RuntimeBeanExpressionException(
                        new DefaultExchange(new DefaultCamelContext()), null, "conversation.queue?.id", "null"),
                new NullPointerException(),
                new ClassCastException(),
                new TypeConversionException("x", Integer.class, new NumberFormatException()),
                new JsonParseException(null, "x"),
                new RollbackExchangeException("an explicit one", new DefaultExchange(new DefaultCamelContext())),
                new java.io.IOException("of a step that calls another system"),
                new StackOverflowError(),
                new NoClassDefFoundError("x"),
                new AssertionError(),
                new WordlessException(new IllegalStateException()),
                new jakarta.jms.JMSException("AMQ219022: Header size (200,065) is too big"),
                new jakarta.jms.MessageFormatException("Invalid object type"));
    }

    private static Stream<Throwable> reasonsBeyondIt() {
        return Stream.of(
                new jakarta.jms.JMSException("AMQ229102: Address full"),
                new IllegalStateException(new jakarta.jms.IllegalStateException("Session is closed")),
                new InterruptedException(),
                new RejectedExecutionException());
    }

    @Test
    void parks_the_conversation_alone() {
        reasonsInTheConversation().forEach(reason -> {
            parked.reset();

            assertThat(failureOf("poll", reason)).as(reason.toString()).isNull();

            assertThat(parked.getReceivedExchanges())
                    .as(reason.toString())
                    .singleElement()
                    .satisfies(exchange ->
                            assertThat(exchange.getVariable("stage")).isEqualTo("deliver-conversation"));
        });
    }

    @Test
    void a_restated_one_is_logged_and_not_parked() {
        reasonsInTheConversation().forEach(reason -> {
            try (LogCapture log = LogCapture.of(Delivery.class)) {
                assertThat(failureOf(ChangePage.RESTATED, reason))
                        .as(reason.toString())
                        .isNull();

                assertThat(log.messages())
                        .singleElement()
                        .asString()
                        .startsWith("current queue still lacks conversationId=c-1: ");
            }
        });
        assertThat(parked.getReceivedExchanges()).isEmpty();
    }

    @Test
    void any_other_failure_goes_back_to_the_caller_whatever_the_page() {
        reasonsBeyondIt()
                .forEach(reason -> List.of("poll", ChangePage.NOTIFIED, ChangePage.REPLAYED, ChangePage.RESTATED)
                        .forEach(kind -> assertThat(failureOf(kind, reason))
                                .as(kind + " " + reason)
                                .isNotNull()));
        assertThat(parked.getReceivedExchanges()).isEmpty();
    }

    private @Nullable Throwable failureOf(String kind, Throwable reason) {
        delivery.whenAnyExchangeReceived(exchange -> exchange.setException(reason));
        ChangePage page = new ChangePage(kind, 0, List.of(change));
        Exchange exchange = template.request("direct:deliver-or-park", request -> {
            request.setVariable("page", page);
            request.setVariable("tally", new PageTally(page));
            request.getMessage().setBody(change);
        });
        return exchange.getException();
    }
}
