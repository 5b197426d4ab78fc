// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.route;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.apache.camel.Exchange;
import org.apache.camel.component.mock.MockEndpoint;
import org.apache.camel.spi.Registry;
import org.conversationbridge.change.NotDeliveredException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class AnnounceNotifiedRouteTest extends RouteTest {
    private final Deque<Boolean> news = new ArrayDeque<>();
    private MockEndpoint announced;
    private MockEndpoint completed;
    private MockEndpoint askedAgain;
    private int undelivered;
    private int lost;

    @Override
    protected String file() {
        return "19-announce-notified";
    }

    @Override
    protected void bind(Registry registry) {
        registry.bind("notifications", new Waiting());
        registry.bind("checkpoint", new Store());
        registry.bind("backlog", new Undelivered());
    }

    @BeforeEach
    void replaceSteps() throws Exception {
        announced = replace("send-notified-to-announce-changes");
        completed = replace("send-notified-to-complete-histories");
        askedAgain = replace("send-to-ask-to-announce-later");
        context.start();
    }

    @Test
    void what_waits_is_announced_and_histories_completed() throws Exception {
        news.addAll(List.of(true, false));
        announced.expectedMessageCount(1);
        completed.expectedMessageCount(1);
        askedAgain.expectedMessageCount(0);

        assertThat(failureOf("direct:announce-notified", "")).isNull();

        MockEndpoint.assertIsSatisfied(context);
        Exchange pages = announced.getReceivedExchanges().get(0);
        assertThat(pages.getMessage().getBody()).isEqualTo(List.of("a page"));
        assertThat(pages.getVariable("checkpoint")).isEqualTo("the checkpoint");
    }

    @Test
    void a_later_state_is_left_to_another_request() throws Exception {
        news.addAll(List.of(true, true));
        announced.expectedMessageCount(1);
        askedAgain.expectedMessageCount(1);

        assertThat(failureOf("direct:announce-notified", "")).isNull();

        MockEndpoint.assertIsSatisfied(context);
    }

    @Test
    void nothing_is_read_where_nothing_waits() throws Exception {
        news.add(false);
        announced.expectedMessageCount(0);
        completed.expectedMessageCount(0);

        assertThat(failureOf("direct:announce-notified", "")).isNull();

        MockEndpoint.assertIsSatisfied(context);
    }

    @Test
    void it_waits_until_everything_announced_is_delivered() throws Exception {
        news.addAll(List.of(true, false));
        undelivered = 3;
        announced.expectedMessageCount(1);

        assertThat(failureOf("direct:announce-notified", "")).isNull();

        MockEndpoint.assertIsSatisfied(context);
        assertThat(lost).isZero();
    }

    @Test
    void a_failure_is_logged_once_and_left_to_the_next_poll() throws Exception {
        news.add(true);
        fails(announced, new IllegalStateException("no broker"));
        announced.expectedMessageCount(1);
        completed.expectedMessageCount(0);

        assertThat(failureOf("direct:announce-notified", "")).isNull();

        MockEndpoint.assertIsSatisfied(context);
        assertThat(lost).isEqualTo(1);
    }

    /** In place of the bean that the route names. */
    public final class Waiting {
        public boolean isNews() {
            return news.remove();
        }

        public List<String> take() {
            return List.of("a page");
        }

        public void lost() {
            lost++;
        }
    }

    /** In place of the bean that the route names. */
    public static final class Store {
        public String read() {
            return "the checkpoint";
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
