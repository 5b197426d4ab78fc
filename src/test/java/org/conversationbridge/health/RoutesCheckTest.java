// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.health;

import static org.assertj.core.api.Assertions.assertThat;

import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.health.HealthCheck.Result;
import org.apache.camel.health.HealthCheck.State;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.Test;

class RoutesCheckTest {
    @Test
    void names_the_routes_that_do_not_run_and_not_those_that_are_switched_off() throws Exception {
        try (DefaultCamelContext context = new DefaultCamelContext()) {
            context.addRoutes(new RouteBuilder() {
                @Override
                public void configure() {
                    from("direct:one").routeId("one").to("mock:end");
                    from("direct:two").routeId("two").to("mock:end");
                    from("direct:off").routeId("off").autoStartup(false).to("mock:end");
                }
            });
            context.start();
            RoutesCheck check = new RoutesCheck(() -> context);
            assertThat(check.call().getState()).isEqualTo(State.UP);

            context.getRouteController().stopRoute("two");

            Result stopped = check.call();
            assertThat(stopped.getState()).isEqualTo(State.DOWN);
            assertThat(stopped.getMessage()).hasValue("routes not running: two. Restart the process.");

            context.getRouteController().startRoute("two");
            assertThat(check.call().getState()).isEqualTo(State.UP);
        }
    }
}
