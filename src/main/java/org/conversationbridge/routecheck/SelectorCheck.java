// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.routecheck;

import java.util.List;
import java.util.Optional;
import org.apache.camel.CamelContext;
import org.apache.camel.Endpoint;
import org.apache.camel.component.jms.JmsEndpoint;
import org.apache.camel.model.Model;
import org.apache.camel.model.RouteDefinition;
import org.conversationbridge.broker.Selectors;
import org.conversationbridge.expression.Mistake;

/**
 * The JMS selectors of routes that are built and not started. The broker refuses a wrong one when its consumer comes,
 * for ever.
 */
public final class SelectorCheck {
    private SelectorCheck() {}

    /** Those that are none. */
    public static List<Mistake> mistakes(CamelContext camel) {
        return camel.getEndpoints().stream()
                .filter(JmsEndpoint.class::isInstance)
                .map(JmsEndpoint.class::cast)
                .flatMap(endpoint -> mistake(camel, endpoint).stream())
                .toList();
    }

    private static Optional<Mistake> mistake(CamelContext camel, JmsEndpoint endpoint) {
        String selector = endpoint.getSelector();
        if (selector == null || Selectors.isSelector(selector)) {
            return Optional.empty();
        }
        Optional<RouteDefinition> route = routeOf(camel, endpoint);
        return Optional.of(new Mistake(
                route.map(RouteDefinition::getId).orElse(""),
                route.map(found -> found.getInput().getLineNumber()).orElse(0),
                "selector",
                "'" + selector + "' is no JMS selector. Write for example \"eventType = 'conversation.ended'\": texts"
                        + " in single quotes, names of properties without."));
    }

    private static Optional<RouteDefinition> routeOf(CamelContext camel, Endpoint endpoint) {
        Model model = camel.getCamelContextExtension().getContextPlugin(Model.class);
        return camel.getRoutes().stream()
                .filter(route -> route.getEndpoint() == endpoint)
                .map(route -> model.getRouteDefinition(route.getRouteId()))
                .findFirst();
    }
}
