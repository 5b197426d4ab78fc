// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.route;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.apache.camel.Exchange;
import org.apache.camel.ExchangeProperty;
import org.apache.camel.component.mock.MockEndpoint;
import org.apache.camel.spi.Registry;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class LoadNotedHistoriesRouteTest extends RouteTest {
    private final List<Exception> failures = new ArrayList<>();
    private MockEndpoint queried;

    @Override
    protected String file() {
        return "43-load-noted-histories";
    }

    @Override
    protected void bind(Registry registry) {
        registry.bind("missingHistories", new Notes());
    }

    @BeforeEach
    void replaceSteps() throws Exception {
        queried = replace("send-missing-agents-to-agent-history");
        context.start();
    }

    @Test
    void the_next_agents_are_queried() {
        assertThat(load()).isNull();

        assertThat(queried.getReceivedExchanges())
                .singleElement()
                .satisfies(
                        exchange -> assertThat(exchange.getMessage().getBody()).isEqualTo("next agents"));
        assertThat(failures).isEmpty();
    }

    @Test
    void a_failure_is_noted_and_no_failure_of_the_caller() {
        fails(queried, new IllegalStateException("no answer"));

        assertThat(load()).isNull();

        assertThat(failures).singleElement().asString().contains("no answer");
    }

    private @Nullable Throwable load() {
        return template.request(
                        "direct:load-noted-histories", exchange -> exchange.setVariable("notedHistories", new Noted()))
                .getException();
    }

    /** Agents to query. */
    public static final class Noted {
        public String next() {
            return "next agents";
        }
    }

    /** In place of the bean that the route names. */
    public final class Notes {
        public void failed(@ExchangeProperty(Exchange.EXCEPTION_CAUGHT) Exception failure) {
            failures.add(failure);
        }
    }
}
