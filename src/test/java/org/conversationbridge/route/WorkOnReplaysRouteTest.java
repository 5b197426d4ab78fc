// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.route;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.apache.camel.component.mock.MockEndpoint;
import org.apache.camel.spi.Registry;
import org.conversationbridge.change.NotDeliveredException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class WorkOnReplaysRouteTest extends RouteTest {
    private MockEndpoint replayed;
    private MockEndpoint requested;
    private int waiting;
    private boolean isMore;
    private int undelivered;
    private int postponed;

    @Override
    protected String file() {
        return "61-work-on-replays";
    }

    @Override
    protected void bind(Registry registry) {
        registry.bind("replays", new Waiting());
        registry.bind("backlog", new Undelivered());
    }

    @BeforeEach
    void replaceSteps() throws Exception {
        replayed = replace("send-to-replay-conversation");
        requested = replace("send-replay-request");
        replayed.whenAnyExchangeReceived(exchange -> waiting--);
        context.start();
    }

    @Test
    void each_waiting_conversation_is_replayed() throws Exception {
        waiting = 3;
        replayed.expectedMessageCount(3);
        requested.expectedMessageCount(0);

        assertThat(failureOf("direct:work-on-replays", "")).isNull();

        MockEndpoint.assertIsSatisfied(context);
    }

    @Test
    void where_more_are_waiting_another_request_follows() throws Exception {
        waiting = 1;
        isMore = true;
        requested.expectedBodiesReceived("");

        template.sendBodyAndHeader("direct:work-on-replays", "a request", "leaked", "no");

        requested.assertIsSatisfied();
        assertThat(requested.getReceivedExchanges().get(0).getMessage().getHeaders())
                .containsExactlyEntriesOf(Map.of("JMSType", "replay"));
    }

    @Test
    void it_waits_until_everything_announced_is_delivered() throws Exception {
        waiting = 1;
        undelivered = 3;
        replayed.expectedMessageCount(1);

        assertThat(failureOf("direct:work-on-replays", "")).isNull();

        MockEndpoint.assertIsSatisfied(context);
        assertThat(postponed).isZero();
    }

    @Test
    void a_replay_that_fails_is_postponed_and_not_repeated() throws Exception {
        waiting = 2;
        fails(replayed, new IllegalStateException("no broker"));
        replayed.expectedMessageCount(1);

        assertThat(failureOf("direct:work-on-replays", "")).isNull();

        MockEndpoint.assertIsSatisfied(context);
        assertThat(postponed).isEqualTo(1);
    }

    /** In place of the bean that the route names. */
    public final class Waiting {
        public Run begin() {
            return new Run();
        }

        public void postponed() {
            postponed++;
        }
    }

    /** A run with the conversations of the test. */
    public final class Run {
        public boolean hasNext() {
            return waiting > 0;
        }

        public boolean isMore() {
            return isMore;
        }
    }

    /** In place of the bean that the route names. */
    public final class Undelivered {
        public void checkDelivered() {
            if (undelivered-- > 0) {
                throw new NotDeliveredException("pages", 1);
            }
        }
    }
}
