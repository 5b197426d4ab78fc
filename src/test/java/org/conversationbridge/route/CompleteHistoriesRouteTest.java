// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.route;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.apache.camel.component.mock.MockEndpoint;
import org.apache.camel.spi.Registry;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class CompleteHistoriesRouteTest extends RouteTest {
    private List<String> noted = List.of();
    private MockEndpoint completed;

    @Override
    protected String file() {
        return "41-complete-histories";
    }

    @Override
    protected void bind(Registry registry) {
        registry.bind("missingHistories", new Notes());
    }

    @BeforeEach
    void replaceSteps() throws Exception {
        completed = replace("send-to-complete-noted");
        context.start();
    }

    @Test
    void what_is_noted_is_completed() {
        noted = List.of("a note");

        assertThat(failureOf("direct:complete-histories", "")).isNull();

        assertThat(completed.getReceivedExchanges())
                .singleElement()
                .satisfies(exchange ->
                        assertThat(exchange.getVariable("notedHistories")).isEqualTo(noted));
    }

    @Test
    void where_nothing_is_noted_nothing_is_read() {
        assertThat(failureOf("direct:complete-histories", "")).isNull();

        assertThat(completed.getReceivedExchanges()).isEmpty();
    }

    /** In place of the bean that the route names. */
    public final class Notes {
        public List<String> look() {
            return noted;
        }
    }
}
