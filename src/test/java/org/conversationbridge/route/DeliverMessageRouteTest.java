// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.route;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.jms.JMSException;
import org.apache.camel.Exchange;
import org.apache.camel.ExchangeProperty;
import org.apache.camel.component.mock.MockEndpoint;
import org.apache.camel.spi.Registry;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class DeliverMessageRouteTest extends RouteTest {
    private MockEndpoint queue;
    private MockEndpoint parked;
    private int sent;
    private boolean isOfMessage;

    @Override
    protected String file() {
        return "37-deliver-message";
    }

    @Override
    protected void bind(Registry registry) {
        registry.bind("delivery", new Counts());
    }

    @BeforeEach
    void replaceSteps() throws Exception {
        queue = replace("send-message");
        parked = replace("park-refused-message");
        context.start();
    }

    @Test
    void a_message_that_the_broker_takes_is_counted() {
        Exchange exchange = deliver();

        assertThat(exchange.getException()).isNull();
        assertThat(exchange.isRouteStop()).isFalse();
        assertThat(queue.getReceivedCounter()).isEqualTo(1);
        assertThat(sent).isEqualTo(1);
    }

    @Test
    void one_that_the_broker_refuses_because_of_itself_is_parked_and_goes_no_further() {
        isOfMessage = true;
        fails(queue, new JMSException("too large"));

        Exchange exchange = deliver();

        assertThat(exchange.getException()).isNull();
        assertThat(exchange.isRouteStop()).isTrue();
        assertThat(parked.getReceivedCounter()).isEqualTo(1);
        assertThat(sent).isZero();
    }

    @Test
    void any_other_failure_goes_back_to_the_caller() {
        fails(queue, new JMSException("full"));

        assertThat(deliver().getException()).hasMessage("full");

        assertThat(parked.getReceivedCounter()).isZero();
    }

    private Exchange deliver() {
        return template.request(
                "direct:deliver-message", exchange -> exchange.getMessage().setBody("message"));
    }

    /** In place of the bean that the route names. */
    public final class Counts {
        public void sent() {
            sent++;
        }

        public void failUnlessInMessage(@ExchangeProperty(Exchange.EXCEPTION_CAUGHT) Exception failure)
                throws Exception {
            if (!isOfMessage) {
                throw failure;
            }
        }
    }
}
