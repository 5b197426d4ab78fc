// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.routecheck;

import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.ScalarNode;

/**
 * Where messages go to within one process or over one queue, however its endpoint is written: {@code direct:a} and
 * {@code uri: direct} with {@code name: a} are the same. The names of topics are not among them.
 *
 * @param scheme direct, jms, ...
 * @param name of the route or of the queue
 */
record Address(String scheme, String name) {
    private static final Pattern URI = Pattern.compile("([a-z][a-z0-9.-]*):(?://)?([^?]+?)(?:\\?.*)?");
    /** The option that has the name where the endpoint is written with parameters. */
    private static final Map<String, String> NAMES =
            Map.of("direct", "name", "seda", "name", "vm", "name", "disruptor", "name", "jms", "destinationName");

    /**
     * That of an endpoint, a mapping with {@code uri} or a scalar.
     *
     * @param settings what placeholders stand for
     */
    static Optional<Address> of(Node endpoint, Map<String, String> settings) {
        if (endpoint instanceof ScalarNode scalar) {
            return of(scalar.getValue(), settings);
        }
        if (!(endpoint instanceof MappingNode mapping)) {
            return Optional.empty();
        }
        String uri = RouteFile.value(mapping, "uri").map(RouteFile::text).orElse("");
        Optional<String> name = option(mapping, NAMES.getOrDefault(uri, ""));
        if (name.isEmpty()) {
            return of(uri, settings);
        }
        boolean isTopic = option(mapping, "destinationType").orElse("").contains("opic");
        return isTopic ? Optional.empty() : Optional.of(new Address(uri, Placeholders.resolve(name.get(), settings)));
    }

    /** That of a URI. */
    static Optional<Address> of(String uri, Map<String, String> settings) {
        Matcher parts = URI.matcher(Placeholders.resolve(uri, settings));
        if (!parts.matches()
                || !NAMES.containsKey(parts.group(1))
                || parts.group(2).matches("(?:temp-)?topic:.*")) {
            return Optional.empty();
        }
        return Optional.of(new Address(parts.group(1), parts.group(2).replaceFirst("^queue:(?://)?", "")));
    }

    /** What an option below its parameters says. */
    static Optional<String> option(MappingNode endpoint, String name) {
        return RouteFile.value(endpoint, "parameters")
                .filter(MappingNode.class::isInstance)
                .flatMap(parameters -> RouteFile.value((MappingNode) parameters, name))
                .map(RouteFile::text)
                .filter(text -> !text.isEmpty());
    }

    @Override
    public String toString() {
        return scheme + ":" + name;
    }
}
