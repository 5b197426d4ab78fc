// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.route;

import static org.assertj.core.api.Assertions.assertThat;

import org.apache.camel.component.mock.MockEndpoint;
import org.apache.camel.spi.Registry;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class WorkBetweenPollsRouteTest extends RouteTest {
    private MockEndpoint announced;
    private MockEndpoint completed;
    private int postponed;

    @Override
    protected String file() {
        return "18-work-between-polls";
    }

    @Override
    protected void bind(Registry registry) {
        registry.bind("missingHistories", new Notes());
    }

    @BeforeEach
    void replaceSteps() throws Exception {
        announced = replace("send-skipped-to-announce-notified");
        completed = replace("send-skipped-to-complete-histories");
        context.start();
    }

    @Test
    void what_was_reported_is_announced_and_histories_are_completed() {
        assertThat(failureOf("direct:work-between-polls", "")).isNull();

        assertThat(announced.getReceivedCounter()).isEqualTo(1);
        assertThat(completed.getReceivedCounter()).isEqualTo(1);
        assertThat(postponed).isZero();
    }

    @Test
    void histories_that_cannot_be_completed_wait_for_the_next_request() {
        fails(completed, new IllegalStateException("no broker"));

        assertThat(failureOf("direct:work-between-polls", "")).isNull();

        assertThat(postponed).isEqualTo(1);
    }

    /** In place of the bean that the route names. */
    public final class Notes {
        public void postponed() {
            postponed++;
        }
    }
}
