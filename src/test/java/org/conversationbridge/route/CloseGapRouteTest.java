// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.route;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.List;
import org.apache.camel.component.mock.MockEndpoint;
import org.apache.camel.spi.Registry;
import org.conversationbridge.genesys.Enquiry;
import org.conversationbridge.genesys.GenesysRequest;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class CloseGapRouteTest extends RouteTest {
    private MockEndpoint announced;
    private boolean isGap = true;
    private int left;
    private int differently;
    private int renewed;
    private boolean isFinal;
    private Exception failure = new IllegalStateException("no answer");

    @Override
    protected String file() {
        return "24-close-gap";
    }

    @Override
    protected List<String> calledFiles() {
        return ASKING;
    }

    @Override
    protected void bind(Registry registry) {
        registry.bind("gaps", new Asked());
        registry.bind("poller", new Pages());
        registry.bind("histories", new Renewed());
    }

    @BeforeEach
    void replaceSteps() throws Exception {
        announced = replace("send-unseen-to-announce-changes");
        context.start();
    }

    @Test
    void each_page_of_the_gap_is_queried_and_its_changes_announced() throws Exception {
        left = 2;
        called("call-genesys", exchange -> exchange.getMessage().setBody(TextNode.valueOf("answer")));

        assertThat(failureOf("direct:close-gap", "")).isNull();

        assertThat(announced.getReceivedExchanges())
                .extracting(exchange -> exchange.getMessage().getBody())
                .containsExactly(List.of("page of answer"), List.of("page of answer"));
        assertThat(renewed).isEqualTo(1);
    }

    @Test
    void nothing_is_queried_where_there_is_no_gap() throws Exception {
        isGap = false;
        announced.expectedMessageCount(0);

        assertThat(failureOf("direct:close-gap", "")).isNull();

        announced.assertIsSatisfied();
        assertThat(renewed).isEqualTo(1);
    }

    @Test
    void a_failure_that_another_query_avoids_does_not_end_the_walk() throws Exception {
        left = 2;
        called("call-genesys", exchange -> {
            throw failure;
        });

        assertThat(failureOf("direct:close-gap", "")).isNull();

        assertThat(differently).isEqualTo(2);
        assertThat(renewed).isEqualTo(1);
    }

    @Test
    void any_other_failure_goes_back_to_the_caller() throws Exception {
        left = 2;
        isFinal = true;
        called("call-genesys", exchange -> {
            throw failure;
        });

        assertThat(failureOf("direct:close-gap", "")).isSameAs(failure);

        assertThat(differently).isEqualTo(1);
        assertThat(renewed).isZero();
    }

    /** In place of the bean that the route names. */
    public final class Asked {
        public Walk begin() {
            return isGap ? new Walk() : null;
        }

        public long turn(long interval) {
            assertThat(interval).isPositive();
            return 0;
        }

        public List<?> changes(List<?> found) {
            return found;
        }
    }

    /** The pages of the gap. */
    public final class Walk implements Enquiry {
        @Override
        public boolean hasNext() {
            return left > 0;
        }

        @Override
        public GenesysRequest next() {
            left--;
            return new GenesysRequest("conversations of a gap", "GET", "/gap", "", "");
        }

        @Override
        public List<?> accept(JsonNode answer) {
            return List.of(answer.asText());
        }

        @Override
        public void failed(Exception cause) throws Exception {
            differently++;
            if (isFinal) {
                throw cause;
            }
        }
    }

    /** In place of the bean that the route names. */
    public static final class Pages {
        public List<String> pages(List<String> changes) {
            return changes.stream().map(change -> "page of " + change).toList();
        }
    }

    /** In place of the bean that the route names. */
    public final class Renewed {
        public void renew() {
            renewed++;
        }
    }
}
