// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.expression;

import java.util.ArrayList;
import java.util.List;
import org.apache.camel.CamelContext;
import org.apache.camel.model.Model;
import org.apache.camel.model.ProcessorDefinitionHelper;
import org.apache.camel.model.RouteDefinition;
import org.apache.camel.model.ToDynamicDefinition;

/** Looks at the expressions of routes that are built and not started, without sending a message. */
public final class ExpressionCheck {
    private ExpressionCheck() {}

    /** What cannot work, in the order of the routes. Nothing is said of what only a message can show. */
    public static List<Mistake> mistakes(CamelContext camel) {
        Model model = camel.getCamelContextExtension().getContextPlugin(Model.class);
        List<RouteDefinition> routes = model.getRouteDefinitions();
        List<Mistake> mistakes =
                new ArrayList<>(new FixedValues(camel).mistakes(routes, model.getRouteConfigurationDefinitions()));
        mistakes.addAll(new NamedThings(camel).mistakes(routes, model.getRouteConfigurationDefinitions()));
        if (routes.stream().noneMatch(ExpressionCheck::callsWhatOnlyAMessageTells)) {
            mistakes.addAll(new TypeFlow(camel, routes).mistakes());
        }
        return mistakes;
    }

    /** Then any route may be called with anything. */
    private static boolean callsWhatOnlyAMessageTells(RouteDefinition route) {
        return ProcessorDefinitionHelper.filterTypeInOutputs(route.getOutputs(), ToDynamicDefinition.class).stream()
                .anyMatch(to -> String.valueOf(to.getUri()).matches("(?:direct:)?\\$.*|direct.*\\$.*"));
    }
}
