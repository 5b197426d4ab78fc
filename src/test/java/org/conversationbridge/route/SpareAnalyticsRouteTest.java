// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.route;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.resilience4j.circuitbreaker.CallNotPermittedException;
import java.time.Duration;
import org.conversationbridge.genesys.GenesysRequest;
import org.conversationbridge.genesys.failure.Refusals;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class SpareAnalyticsRouteTest extends RouteTest {
    private int requests;
    private @Nullable Exception failure;

    @Override
    protected String file() {
        return "48-spare-analytics";
    }

    @BeforeEach
    void start() throws Exception {
        called("call-genesys", exchange -> {
            requests++;
            if (failure != null) {
                throw failure;
            }
            exchange.getMessage().setBody("answer");
        });
        context.start();
    }

    @Test
    void an_answer_is_handed_on() {
        assertThat(template.requestBody("direct:spare-analytics", "request")).isEqualTo("answer");
    }

    @Test
    void after_four_failures_no_requests_are_sent_for_a_while() {
        failure = new IllegalStateException("503");
        for (int i = 0; i < 4; i++) {
            assertThat(failureOf("direct:spare-analytics", "request")).isSameAs(failure);
        }
        failure = null;

        assertThat(failureOf("direct:spare-analytics", "request")).isInstanceOf(CallNotPermittedException.class);
        assertThat(requests).isEqualTo(4);

        clock.advance(Duration.ofSeconds(31));
        assertThat(failureOf("direct:spare-analytics", "request")).isNull();
        assertThat(requests).isEqualTo(5);
    }

    @Test
    void a_refusal_says_nothing_about_the_next_request() {
        failure = Refusals.of(new GenesysRequest("histories", "POST", "/query", "", ""), 403);
        for (int i = 0; i < 10; i++) {
            assertThat(failureOf("direct:spare-analytics", "request")).isSameAs(failure);
        }

        assertThat(requests).isEqualTo(10);
    }
}
