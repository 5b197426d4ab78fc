// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.route;

import static org.assertj.core.api.Assertions.assertThat;

import org.apache.camel.Exchange;
import org.apache.camel.component.mock.MockEndpoint;
import org.conversationbridge.route.delivery.ReplayRun;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ReplayConversationRouteTest extends PollRouteTest {
    private MockEndpoint read;

    @Override
    protected String file() {
        return "62-replay-conversation";
    }

    @BeforeEach
    void replaceSteps() throws Exception {
        replace("take-replay");
        read = replace("send-to-reread-conversation");
        context.start();
    }

    @Test
    void what_was_taken_is_read_again_in_one_transaction() {
        assertThat(failureOf("direct:replay-conversation", "{}")).isNull();

        assertThat(read.getReceivedExchanges())
                .singleElement()
                .satisfies(
                        exchange -> assertThat(exchange.getMessage().getBody()).isEqualTo("{}"));
        assertThat(transactions.ends()).containsExactly("commit");
    }

    @Test
    void what_fails_is_rolled_back() {
        fails(read, new IllegalStateException("no broker"));

        assertThat(failureOf("direct:replay-conversation", "{}")).hasRootCauseMessage("no broker");

        assertThat(transactions.ends()).containsExactly("rollback");
    }

    @Test
    void nothing_is_read_where_nothing_waits() throws Exception {
        ReplayRun run = new ReplayRun(1);

        Exchange replayed = template.request("direct:replay-conversation", exchange -> {
            exchange.setVariable("run", run);
            exchange.getMessage().setBody(null);
        });

        assertThat(replayed.getException()).isNull();
        assertThat(run.hasNext()).isFalse();
    }
}
