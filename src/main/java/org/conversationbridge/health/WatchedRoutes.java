// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.health;

import java.util.Set;
import org.apache.camel.CamelContext;
import org.apache.camel.NamedNode;
import org.apache.camel.component.micrometer.routepolicy.MicrometerRoutePolicyFactory;
import org.apache.camel.spi.RoutePolicy;
import org.jspecify.annotations.Nullable;

/**
 * Camel's meters of routes, for every route but those that run once per conversation: there the meters would cost more
 * than the route, and {@code conversation_bridge_conversations_total} has the same numbers.
 */
public final class WatchedRoutes extends MicrometerRoutePolicyFactory {
    static final Set<String> PER_CONVERSATION = Set.of(
            "compare-conversation",
            "deliver-or-park",
            "deliver-conversation",
            "agent-history",
            "wrap-in-cloud-event",
            "deliver-message",
            "replace-current",
            "note-missing-history");

    @Override
    public @Nullable RoutePolicy createRoutePolicy(CamelContext camel, String routeId, NamedNode route) {
        return PER_CONVERSATION.contains(routeId) ? null : super.createRoutePolicy(camel, routeId, route);
    }
}
