// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.route;

import static org.assertj.core.api.Assertions.assertThat;

import org.apache.camel.component.mock.MockEndpoint;
import org.apache.camel.spi.Registry;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ReceiveNotificationRouteTest extends RouteTest {
    private MockEndpoint requested;
    private boolean isToAsk = true;
    private int accepted;

    @Override
    protected String file() {
        return "15-receive-notification";
    }

    @Override
    protected void bind(Registry registry) {
        registry.bind("notifications", new Received());
    }

    @BeforeEach
    void replaceSteps() throws Exception {
        requested = replace("send-to-ask-to-announce");
        context.start();
    }

    @Test
    void a_frame_is_accepted_and_its_announcement_requested() throws Exception {
        requested.expectedMessageCount(1);

        assertThat(failureOf("direct:receive-notification", "a frame")).isNull();

        requested.assertIsSatisfied();
        assertThat(accepted).isEqualTo(1);
    }

    @Test
    void an_announcement_that_needs_no_request_is_not_requested() throws Exception {
        isToAsk = false;
        requested.expectedMessageCount(0);

        assertThat(failureOf("direct:receive-notification", "a frame")).isNull();

        requested.assertIsSatisfied();
        assertThat(accepted).isEqualTo(1);
    }

    /** In place of the bean that the route names. */
    public final class Received {
        public void accept(String frame) {
            assertThat(frame).isEqualTo("a frame");
            accepted++;
        }

        public boolean isToAsk() {
            return isToAsk;
        }
    }
}
