// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.route;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import org.apache.camel.component.mock.MockEndpoint;
import org.conversationbridge.genesys.Enquiry;
import org.conversationbridge.genesys.GenesysRequest;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CallForEnquiryRouteTest extends RouteTest {
    private static final GenesysRequest REQUEST = new GenesysRequest("a question", "GET", "/question", "", "");

    @Override
    protected String file() {
        return "47-call-for-enquiry";
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void only_requests_for_histories_pass_the_circuit_breaker(boolean isForHistories) throws Exception {
        MockEndpoint spared = replace("send-to-spare-analytics");
        MockEndpoint called = replace("send-to-call-genesys");
        context.start();

        template.send("direct:call-for-enquiry", exchange -> {
            exchange.setVariable("enquiry", new Question(isForHistories));
            exchange.getMessage().setBody(REQUEST);
        });

        List<MockEndpoint> ways = isForHistories ? List.of(spared, called) : List.of(called, spared);
        assertThat(ways.get(0).getReceivedExchanges())
                .singleElement()
                .satisfies(sent -> assertThat(sent.getMessage().getBody()).isEqualTo(REQUEST));
        assertThat(ways.get(1).getReceivedExchanges()).isEmpty();
    }

    /** An enquiry that asks once. */
    public record Question(boolean isForHistories) implements Enquiry {
        @Override
        public boolean hasNext() {
            return true;
        }

        @Override
        public GenesysRequest next() {
            return REQUEST;
        }

        @Override
        public List<?> accept(JsonNode answer) {
            return List.of();
        }

        @Override
        public void failed(Exception failure) {}
    }
}
