// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.route;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.apache.camel.component.mock.MockEndpoint;
import org.apache.camel.spi.Registry;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class TakeOverRouteTest extends RouteTest {
    private final RecordedTransactions transactions = new RecordedTransactions();
    private MockEndpoint written;

    @Override
    protected String file() {
        return "21-take-over";
    }

    @Override
    protected void bind(Registry registry) {
        registry.bind("pageTransaction", transactions.policy());
        registry.bind("checkpoint", new Store());
    }

    @BeforeEach
    void replaceSteps() throws Exception {
        written = replace("send-take-over-to-write-checkpoint");
        context.start();
    }

    @Test
    void the_name_of_the_process_is_written_in_a_transaction() throws Exception {
        assertThat(failureOf("direct:take-over", "")).isNull();

        assertThat(written.getReceivedExchanges())
                .extracting(exchange -> exchange.getMessage().getBody())
                .containsExactly(List.of("this process"));
        assertThat(transactions.ends()).containsExactly("commit");
    }

    @Test
    void a_take_over_that_cannot_be_written_goes_back_to_the_caller() {
        fails(written, new IllegalStateException("refused"));

        assertThat(failureOf("direct:take-over", "")).hasRootCauseMessage("refused");
        assertThat(transactions.ends()).containsExactly("rollback");
    }

    /** In place of the bean that the route names. */
    public static final class Store {
        public List<String> takeOver() {
            return List.of("this process");
        }
    }
}
