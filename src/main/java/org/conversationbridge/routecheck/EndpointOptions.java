// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.routecheck;

import java.net.URISyntaxException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.apache.camel.CamelContext;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.spi.EndpointUriFactory;
import org.conversationbridge.routecheck.RouteScan.Endpoint;
import org.conversationbridge.settings.SettingsReader;

/** The options of endpoints, compared with those that the components of Camel know and need. */
final class EndpointOptions {
    private EndpointOptions() {}

    /** A sentence for each that is wrong or missing. A component that is not there is not judged here. */
    static List<String> wrong(List<Endpoint> endpoints) {
        List<String> problems = new ArrayList<>();
        CamelContext camel = new DefaultCamelContext();
        try {
            for (Endpoint endpoint : endpoints) {
                EndpointUriFactory known = camel.getCamelContextExtension().getEndpointUriFactory(endpoint.scheme());
                if (known != null) {
                    List<String> unknown = unknown(endpoint, known);
                    problems.addAll(unknown.isEmpty() ? missing(endpoint, known).toList() : unknown);
                }
            }
        } finally {
            camel.stop();
        }
        return problems;
    }

    private static List<String> unknown(Endpoint endpoint, EndpointUriFactory known) {
        if (known.isLenientProperties()) {
            return List.of();
        }
        return endpoint.places().stream()
                .filter(option -> !known.propertyNames().contains(option.name()))
                .filter(option -> known.multiValuePrefixes().values().stream().noneMatch(option.name()::startsWith))
                .map(option -> option.where() + ": the component " + endpoint.scheme() + " has no option "
                        + option.name() + "; did you mean "
                        + SettingsReader.nearest(option.name(), known.propertyNames()) + "?")
                .toList();
    }

    private static Stream<String> missing(Endpoint endpoint, EndpointUriFactory known) {
        try {
            known.buildUri(endpoint.scheme(), endpoint.options());
            return Stream.empty();
        } catch (IllegalArgumentException | URISyntaxException e) {
            String reason = String.valueOf(e.getMessage()).replaceAll(" when creating.*", "");
            return Stream.of(endpoint.where() + ": the endpoint of the component " + endpoint.scheme() + ": " + reason
                    + ". Write it below its parameters.");
        }
    }
}
