// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.health;

import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.apache.camel.CamelContext;
import org.apache.camel.Route;
import org.apache.camel.ServiceStatus;
import org.apache.camel.health.HealthCheckResultBuilder;
import org.apache.camel.impl.health.AbstractHealthCheck;

/**
 * Ready only while every route runs that starts by itself. One check for all of them, in place of two of Camel for
 * each: so the one that is DOWN is found at a glance.
 */
public final class RoutesCheck extends AbstractHealthCheck {
    private final Supplier<CamelContext> camel;

    /** @param camel the context of the routes, once it is there */
    public RoutesCheck(Supplier<CamelContext> camel) {
        super("conversation-bridge", "routes");
        this.camel = camel;
    }

    @Override
    public boolean isLiveness() {
        return false;
    }

    @Override
    protected void doCall(HealthCheckResultBuilder result, Map<String, Object> options) {
        CamelContext context = camel.get();
        String stopped = context.getRoutes().stream()
                .filter(Route::isAutoStartup)
                .map(Route::getRouteId)
                .filter(id -> isStopped(context.getRouteController().getRouteStatus(id)))
                .sorted()
                .collect(Collectors.joining(", "));
        if (stopped.isEmpty()) {
            result.up();
        } else {
            result.message("routes not running: " + stopped + ". Restart the process.")
                    .down();
        }
    }

    private static boolean isStopped(ServiceStatus status) {
        return !status.isStarted() && !status.isStarting();
    }
}
