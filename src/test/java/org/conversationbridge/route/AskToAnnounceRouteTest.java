// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.route;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.apache.camel.component.mock.MockEndpoint;
import org.apache.camel.spi.Registry;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class AskToAnnounceRouteTest extends RouteTest {
    private MockEndpoint sent;
    private int asked;
    private int lost;

    @Override
    protected String file() {
        return "16-ask-to-announce";
    }

    @Override
    protected void bind(Registry registry) {
        registry.bind("notifications", new Requests());
    }

    @BeforeEach
    void replaceSteps() throws Exception {
        sent = replace("send-announce-request");
        context.start();
    }

    @Test
    void the_request_is_empty_and_has_no_header_but_its_type() throws Exception {
        sent.expectedBodiesReceived("");

        template.sendBodyAndHeader("direct:ask-to-announce", "a frame", "leaked", "no");

        sent.assertIsSatisfied();
        assertThat(sent.getReceivedExchanges().get(0).getMessage().getHeaders())
                .containsExactlyEntriesOf(Map.of("JMSType", "notification"));
        assertThat(asked).isEqualTo(1);
    }

    @Test
    void a_request_that_cannot_be_sent_is_logged_once_and_not_repeated() throws Exception {
        fails(sent, new IllegalStateException("no broker"));
        sent.expectedMessageCount(1);

        assertThat(failureOf("direct:ask-to-announce", "")).isNull();

        sent.assertIsSatisfied();
        assertThat(lost).isEqualTo(1);
    }

    /** In place of the bean that the route names. */
    public final class Requests {
        public void asked() {
            asked++;
        }

        public void lost() {
            lost++;
        }
    }
}
