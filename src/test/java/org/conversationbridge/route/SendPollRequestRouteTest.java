// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.route;

import static org.assertj.core.api.Assertions.assertThat;

import org.apache.camel.Message;
import org.apache.camel.component.mock.MockEndpoint;
import org.junit.jupiter.api.Test;

class SendPollRequestRouteTest extends PollRouteTest {
    @Override
    protected String file() {
        return "12-send-poll-request";
    }

    @Test
    void a_request_is_numbered_and_has_no_header() throws Exception {
        MockEndpoint sent = replace("put-poll-request");
        context.start();

        template.sendBodyAndHeader("direct:send-poll-request", "", "fireTime", "now");

        Message first = sent.getReceivedExchanges().get(0).getMessage();
        assertThat(first.getHeaders()).isEmpty();
        assertThat(requests.isDue(first.getBody(String.class))).isTrue();
    }

    @Test
    void a_broker_that_does_not_take_it_is_the_callers() throws Exception {
        fails(replace("put-poll-request"), new jakarta.jms.JMSException("no broker"));
        context.start();

        assertThat(failureOf("direct:send-poll-request", "")).hasMessage("no broker");
    }
}
