// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.routecheck;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.commons.lang3.StringUtils;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;

/** What the route files name and where: placeholders, {@code direct:} names, policies, ids, options of endpoints. */
final class RouteScan {
    private static final Pattern PLACEHOLDER = Pattern.compile("\\{\\{\\??([^{}:!?]+)(:[^{}]*)?}}");
    private static final Pattern DIRECT = Pattern.compile("direct:(?://)?([A-Za-z0-9._-]+).*");
    private static final Pattern URI_WITH_OPTIONS = Pattern.compile("([a-z][a-z0-9.-]*):[^?]*\\?(.+)");
    private static final Set<String> KEYS_OF_URIS = Set.of("uri", "from", "to", "wireTap");
    private static final String POLICY = "routeConfiguration:";
    private static final Pattern REDELIVERY_NUMBER = Pattern.compile(".*(Redeliveries|Delay|Multiplier|Factor)");
    /** A default of a placeholder is no duration with a unit either. */
    private static final Pattern NUMBER = Pattern.compile("-?[0-9.]+|\\{\\{(?!.*:[0-9.]+[A-Za-z]).*}}");

    private static final Set<String> STEPS_WITH_EXPRESSION = Set.of(
            "when",
            "filter",
            "split",
            "loop",
            "enrich",
            "pollEnrich",
            "recipientList",
            "routingSlip",
            "dynamicRouter",
            "setBody",
            "setHeader",
            "setVariable",
            "setProperty",
            "transform",
            "validate",
            "script",
            "delay",
            "throttle");
    private static final Set<String> LANGUAGES = Set.of(
            "expression",
            "constant",
            "simple",
            "csimple",
            "method",
            "variable",
            "header",
            "exchangeProperty",
            "language",
            "ref",
            "groovy",
            "java",
            "joor",
            "jq",
            "js",
            "jsonpath",
            "datasonnet",
            "hl7terser",
            "mvel",
            "ognl",
            "python",
            "spel",
            "tokenize",
            "wasm",
            "xpath",
            "xquery",
            "xtokenize");

    /** Something a file names, and where: {@code routes/10-request-poll.camel.yaml line 12}. */
    record Named(String name, String where) {}

    /**
     * An endpoint or a step, with its options.
     *
     * @param scheme of the endpoint, or the key of the step
     * @param options name and value of each
     * @param places where each of them stands
     */
    record Endpoint(String scheme, String where, Map<String, Object> options, List<Named> places) {}

    final List<Named> placeholders = new ArrayList<>();
    final List<Named> senders = new ArrayList<>();
    final Set<String> listeners = new TreeSet<>();
    final List<Named> policiesWanted = new ArrayList<>();
    final Set<String> policies = new TreeSet<>();
    final List<Named> ids = new ArrayList<>();
    final List<Named> withoutExpression = new ArrayList<>();
    final List<Named> noNumbers = new ArrayList<>();
    final List<Endpoint> endpoints = new ArrayList<>();
    /** Steps, and what belongs to one, by their keys; the keys of anything else are among them. */
    final List<Endpoint> steps = new ArrayList<>();

    private final List<Endpoint> uris = new ArrayList<>();
    /** The error policies: what they do happens within the routes that name them. */
    final List<ScannedRoute> policyRoutes = new ArrayList<>();

    final Map<String, ScannedRoute> routes = new LinkedHashMap<>();

    /** Those whose options are written below them, and those with options in their URI. */
    List<Endpoint> endpointsWithOptions() {
        return Stream.concat(endpoints.stream(), uris.stream()).toList();
    }

    void scan(RouteFile file) {
        for (Node element : file.elements()) {
            new InFile(file.path()).scan(element, "", Optional.empty());
        }
    }

    /** The walk through one element of a file. */
    private final class InFile {
        private final Path file;
        private Optional<ScannedRoute> route = Optional.empty();

        InFile(Path file) {
            this.file = file;
        }

        private String where(Node node) {
            return RouteFile.where(file, node);
        }

        private void scan(Node node, String key, Optional<Node> keyNode) {
            if (node instanceof SequenceNode sequence) {
                sequence.getValue().forEach(child -> scan(child, key, keyNode));
            } else if (node instanceof MappingNode mapping) {
                scan(mapping, key);
            } else if (node instanceof ScalarNode scalar) {
                scan(scalar, key, keyNode.orElse(scalar));
            }
        }

        private void scan(MappingNode mapping, String key) {
            boolean isOptions = key.equals("parameters");
            Optional<Node> id = isOptions ? Optional.empty() : RouteFile.value(mapping, "id");
            if (key.equals("route") || key.equals("from") && route.isEmpty()) {
                String name = id.map(RouteFile::text).orElse(where(mapping));
                route = Optional.of(routes.computeIfAbsent(name, same -> new ScannedRoute(name)));
            }
            if (key.equals("routeConfiguration")) {
                String name = id.map(RouteFile::text).orElse("");
                policies.add(name);
                ScannedRoute policy = new ScannedRoute(name);
                policy.listensTo(POLICY + name, "");
                policyRoutes.add(policy);
                route = Optional.of(policy);
            }
            id.ifPresent(named -> ids.add(new Named(RouteFile.text(named), where(named))));
            endpoint(mapping, key);
            if (!isOptions && !key.equals("redeliveryPolicy")) {
                steps.add(endpointOf(key, mapping, mapping));
            }
            if (key.equals("setHeader") || key.equals("headers")) {
                RouteFile.value(mapping, "name")
                        .ifPresent(name ->
                                route.ifPresent(found -> found.sets(new Named(RouteFile.text(name), where(name)))));
            }
            if (STEPS_WITH_EXPRESSION.contains(key) && !hasExpression(mapping)) {
                withoutExpression.add(new Named(key, where(mapping)));
            }
            for (NodeTuple entry : mapping.getValue()) {
                String child = RouteFile.text(entry.getKeyNode());
                if (key.equals("redeliveryPolicy")) {
                    number(child, entry);
                }
                route.ifPresent(
                        found -> found.meet(child, RouteFile.text(entry.getValueNode()), where(entry.getKeyNode())));
                scan(entry.getValueNode(), child, Optional.of(entry.getKeyNode()));
            }
        }

        /** Camel reads the numbers of a redelivery policy when something fails, which is too late to find a mistake. */
        private void number(String key, NodeTuple entry) {
            String value = RouteFile.text(entry.getValueNode());
            if (REDELIVERY_NUMBER.matcher(key).matches()
                    && !NUMBER.matcher(value).matches()) {
                noNumbers.add(new Named(key + ": " + value, where(entry.getKeyNode())));
            }
        }

        private boolean hasExpression(MappingNode mapping) {
            return mapping.getValue().stream()
                    .anyMatch(entry -> LANGUAGES.contains(RouteFile.text(entry.getKeyNode()))
                            && !(entry.getValueNode() instanceof ScalarNode empty
                                    && empty.getValue().isEmpty()
                                    && RouteFile.text(entry.getKeyNode()).equals("expression")));
        }

        private void scan(ScalarNode scalar, String key, Node keyNode) {
            Matcher placeholder = PLACEHOLDER.matcher(scalar.getValue());
            while (placeholder.find()) {
                if (placeholder.group(2) == null) {
                    placeholders.add(new Named(placeholder.group(1).strip(), where(scalar)));
                }
            }
            if (STEPS_WITH_EXPRESSION.contains(key) && scalar.getValue().isEmpty()) {
                withoutExpression.add(new Named(key, where(keyNode)));
            }
            if (key.equals("routeConfigurationId")) {
                policiesWanted.add(new Named(scalar.getValue(), where(scalar)));
                route.ifPresent(found -> found.sendsTo(POLICY + scalar.getValue()));
            }
            Matcher uri = URI_WITH_OPTIONS.matcher(scalar.getValue());
            if (uri.matches() && KEYS_OF_URIS.contains(key)) {
                uris.add(endpointOf(uri.group(1), uri.group(2), where(scalar)));
            }
            Matcher direct = DIRECT.matcher(scalar.getValue());
            if (direct.matches() && !key.equals("uri")) {
                sender(direct.group(1), scalar);
            }
        }

        private void sender(String name, Node node) {
            senders.add(new Named(name, where(node)));
            route.ifPresent(found -> found.sendsTo(name));
        }

        /** A mapping with a uri is an endpoint; under {@code from} it listens. */
        private void endpoint(MappingNode mapping, String key) {
            String uri = RouteFile.value(mapping, "uri").map(RouteFile::text).orElse("");
            Optional<MappingNode> parameters = RouteFile.value(mapping, "parameters")
                    .filter(MappingNode.class::isInstance)
                    .map(MappingNode.class::cast);
            if (uri.matches("jms(:.*)?") && !key.equals("from")) {
                route.ifPresent(ScannedRoute::sendsMessages);
            }
            if (uri.matches("[a-z][a-z0-9.-]*")) {
                parameters.ifPresent(given -> endpoints.add(endpointOf(uri, mapping, given)));
            }
            String name = uri.equals("direct")
                    ? parameters
                            .flatMap(given -> RouteFile.value(given, "name"))
                            .map(RouteFile::text)
                            .orElse("")
                    : nameIn(uri);
            if (key.equals("from")) {
                route.ifPresent(found -> found.listensTo(
                        name,
                        parameters
                                .flatMap(given -> RouteFile.value(given, "destinationName"))
                                .map(RouteFile::text)
                                .orElse(uri)));
            }
            if (name.isEmpty()) {
                return;
            }
            if (key.equals("from")) {
                listeners.add(name);
            } else {
                sender(name, mapping);
            }
        }

        private Endpoint endpointOf(String scheme, String query, String where) {
            Map<String, Object> given = new LinkedHashMap<>();
            List<Named> places = new ArrayList<>();
            for (String option : StringUtils.split(query, '&')) {
                String name = option.replaceFirst("=.*", "");
                given.put(name, option.replaceFirst("[^=]*=?", ""));
                places.add(new Named(name, where));
            }
            return new Endpoint(scheme, where, given, places);
        }

        private Endpoint endpointOf(String scheme, MappingNode mapping, MappingNode parameters) {
            Map<String, Object> given = new LinkedHashMap<>();
            List<Named> places = new ArrayList<>();
            for (NodeTuple entry : parameters.getValue()) {
                String name = RouteFile.text(entry.getKeyNode());
                given.put(name, RouteFile.text(entry.getValueNode()));
                places.add(new Named(name, where(entry.getKeyNode())));
            }
            return new Endpoint(scheme, where(mapping), given, places);
        }
    }

    private static String nameIn(String uri) {
        Matcher direct = DIRECT.matcher(uri);
        return direct.matches() ? direct.group(1) : "";
    }
}
