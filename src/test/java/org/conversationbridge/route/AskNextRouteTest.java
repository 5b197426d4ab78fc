// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.route;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.List;
import java.util.stream.Stream;
import org.apache.camel.Exchange;
import org.apache.camel.component.mock.MockEndpoint;
import org.conversationbridge.genesys.Enquiry;
import org.conversationbridge.genesys.GenesysRequest;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The route with the real error policy behind it, which marks the exchange of a failure as exhausted. */
class AskNextRouteTest extends RouteTest {
    private MockEndpoint sent;
    private Object answer = TextNode.valueOf("answer");
    private @Nullable Exception rejected;
    private @Nullable Exception failed;
    private boolean isFinal;

    @Override
    protected String file() {
        return "46-ask-next";
    }

    @Override
    protected List<String> calledFiles() {
        return List.of("47-call-for-enquiry", "50-call-genesys");
    }

    @BeforeEach
    void replaceSteps() throws Exception {
        sent = replace("call-genesys", "send-to-send-request");
        sent.whenAnyExchangeReceived(exchange -> {
            if (answer instanceof Exception failure) {
                throw failure;
            }
            exchange.getMessage().setBody(answer);
        });
        context.start();
    }

    @Test
    void the_next_request_is_sent_and_what_its_answer_contains_is_handed_on() {
        Exchange exchange = ask();

        assertThat(exchange.getException()).isNull();
        assertThat(exchange.getMessage().getBody()).isEqualTo(List.of("found in answer"));
        assertThat(sent.getReceivedExchanges())
                .extracting(each ->
                        each.getVariable("request", GenesysRequest.class).operation())
                .containsExactly("question 1");
    }

    @Test
    void an_enquiry_that_copes_with_a_failure_goes_on() {
        answer = new IllegalStateException("no answer");

        Exchange exchange = ask();

        assertThat(failed).hasMessage("no answer");
        assertThat(exchange.getException()).isNull();
        assertThat(exchange.getMessage().getBody()).isEqualTo(List.of());
    }

    @Test
    void an_answer_that_the_enquiry_cannot_take_is_a_failure_as_well() {
        rejected = new IllegalStateException("not a listing");

        assertThat(ask().getException()).isNull();

        assertThat(failed).isSameAs(rejected);
    }

    /** The caller's error handler sees it: the exchange that was given up was another one. */
    @Test
    void a_failure_that_stands_goes_back_to_the_caller_and_is_not_marked_as_exhausted() {
        answer = new IllegalStateException("no answer");
        isFinal = true;

        Exchange exchange = ask();

        assertThat(exchange.getException()).hasMessage("no answer");
        assertThat(exchange.getExchangeExtension().isRedeliveryExhausted()).isFalse();
    }

    @Test
    void several_requests_may_be_in_flight() {
        Questions questions = new Questions();

        List<Object> found = Stream.generate(() -> template.asyncSend(
                        "direct:ask-next", each -> each.getMessage().setBody(questions)))
                .limit(8)
                .toList()
                .stream()
                .map(future -> future.join().getMessage().getBody())
                .toList();

        assertThat(found).hasSize(8).containsOnly(List.of("found in answer"));
        assertThat(sent.getReceivedExchanges())
                .extracting(each ->
                        each.getVariable("request", GenesysRequest.class).operation())
                .containsExactlyInAnyOrderElementsOf(Stream.iterate(1, i -> i + 1)
                        .limit(8)
                        .map(i -> "question " + i)
                        .toList());
    }

    private Exchange ask() {
        return template.request(
                "direct:ask-next", exchange -> exchange.getMessage().setBody(new Questions()));
    }

    /** An enquiry as the test says. */
    public final class Questions implements Enquiry {
        private int asked;

        @Override
        public boolean hasNext() {
            return true;
        }

        @Override
        public synchronized GenesysRequest next() {
            asked++;
            return new GenesysRequest("question " + asked, "GET", "/question", "", "");
        }

        @Override
        public List<?> accept(JsonNode given) {
            if (rejected instanceof RuntimeException cause) {
                throw cause;
            }
            return List.of("found in " + given.asText());
        }

        @Override
        public void failed(Exception cause) throws Exception {
            failed = cause;
            if (isFinal) {
                throw cause;
            }
        }
    }
}
