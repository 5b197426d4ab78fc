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
import org.apache.camel.support.PatternHelper;
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
    private static final Set<String> KEYS_OF_URIS = Set.of("uri", "from", "to", "toD", "wireTap", "deadLetterUri");
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

    private static final Set<String> NAMED_STEPS =
            Set.of("setHeader", "setVariable", "setProperty", "removeHeader", "removeVariable", "removeProperty");
    /** At the top of a file they apply to the routes of that file, and to no other. */
    private static final Set<String> FILE_WIDE = Set.of(
            "errorHandler", "intercept", "interceptFrom", "interceptSendToEndpoint", "onCompletion", "onException");

    /** Something a file names, and where: {@code routes/10-request-poll.camel.yaml line 12}. */
    record Named(String name, String where) {}

    /**
     * A policy that a route names, or the pattern of several.
     *
     * @param route empty where it stands outside of one
     */
    record PolicyUse(Optional<ScannedRoute> route, Named pattern) {
        boolean isOf(String id) {
            return PatternHelper.matchPattern(id, pattern.name());
        }
    }

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
    final List<PolicyUse> policiesWanted = new ArrayList<>();
    /** Where each of them stands, by its id. */
    final Map<String, String> policies = new LinkedHashMap<>();

    final List<Named> ids = new ArrayList<>();
    final List<Named> withoutExpression = new ArrayList<>();
    final List<Named> noNumbers = new ArrayList<>();
    /** What is wrong in itself: a sentence, and where. */
    final List<Named> mistakes = new ArrayList<>();

    final List<Endpoint> endpoints = new ArrayList<>();
    /** Steps, and what belongs to one, by their keys; the keys of anything else are among them. */
    final List<Endpoint> steps = new ArrayList<>();

    private final Map<String, String> listenerPlaces = new LinkedHashMap<>();
    private final List<Endpoint> uris = new ArrayList<>();
    /** The error policies: what they do happens within the routes that name them. */
    final List<ScannedRoute> policyRoutes = new ArrayList<>();

    final Map<String, ScannedRoute> routes = new LinkedHashMap<>();

    /** Those whose options are written below them, and those with options in their URI. */
    List<Endpoint> endpointsWithOptions() {
        return Stream.concat(endpoints.stream(), uris.stream()).toList();
    }

    /** What an error policy does happens within the routes that name it. */
    void joinPolicies() {
        for (PolicyUse use : policiesWanted) {
            policies.keySet().stream()
                    .filter(use::isOf)
                    .forEach(id -> use.route().ifPresent(found -> found.sendsTo(POLICY + id)));
        }
    }

    void scan(RouteFile file) {
        Set<String> others = Set.copyOf(routes.keySet());
        List<Named> fileWide = new ArrayList<>();
        for (Node element : file.elements()) {
            new InFile(file.path()).scan(element, "", Optional.empty());
            if (element instanceof MappingNode mapping) {
                mapping.getValue().stream()
                        .map(NodeTuple::getKeyNode)
                        .filter(key -> FILE_WIDE.contains(RouteFile.text(key)))
                        .forEach(
                                key -> fileWide.add(new Named(RouteFile.text(key), RouteFile.where(file.path(), key))));
            }
        }
        List<ScannedRoute> here = routes.entrySet().stream()
                .filter(entry -> !others.contains(entry.getKey()))
                .map(Map.Entry::getValue)
                .toList();
        for (Named key : fileWide) {
            here.forEach(found -> found.meet(Hazard.FILE_WIDE, key));
            if (here.isEmpty()) {
                mistakes.add(new Named(
                        "'" + key.name()
                                + "' applies to the routes of its own file, and there is none in it. Write it in"
                                + " the file of your route, or as a routeConfiguration that the route names with"
                                + " routeConfigurationId.",
                        key.where()));
            }
        }
    }

    /** The walk through one element of a file. */
    private final class InFile {
        private final Path file;
        private Optional<ScannedRoute> route = Optional.empty();
        /** Of a template: its routes get them, no setting. */
        private Set<String> templateParameters = Set.of();

        InFile(Path file) {
            this.file = file;
        }

        private String where(Node node) {
            return RouteFile.where(file, node);
        }

        private void scan(Node node, String key, Optional<Node> keyNode) {
            if (node instanceof SequenceNode sequence) {
                if (key.equals("steps")) {
                    behindStop(sequence);
                }
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
                ScannedRoute scanned = routes.computeIfAbsent(name, same -> new ScannedRoute(name));
                RouteFile.value(mapping, "autoStartup")
                        .map(RouteFile::text)
                        .filter("false"::equalsIgnoreCase)
                        .ifPresent(off -> scanned.switchedOff());
                route = Optional.of(scanned);
            }
            if (key.equals("routeConfiguration")) {
                String name = id.map(RouteFile::text).orElse("");
                policies.put(name, where(mapping));
                if (name.isEmpty() || name.equals("*")) {
                    mistakes.add(new Named(
                            "this routeConfiguration has no id, so that it applies to each route that names none, and"
                                    + " most routes of the bridge do not: messages would be lost or arrive twice. Write an"
                                    + " id, and name it in your route with routeConfigurationId.",
                            where(mapping)));
                }
                ScannedRoute policy = new ScannedRoute(name);
                policy.listensTo(POLICY + name, "");
                policyRoutes.add(policy);
                route = Optional.of(policy);
            }
            id.ifPresent(named -> ids.add(new Named(RouteFile.text(named), where(named))));
            endpoint(mapping, key);
            if (!isOptions) {
                steps.add(endpointOf(key, mapping, mapping));
            }
            if (key.equals("setHeader") || key.equals("headers")) {
                RouteFile.value(mapping, "name")
                        .ifPresent(name ->
                                route.ifPresent(found -> found.sets(new Named(RouteFile.text(name), where(name)))));
            }
            if (key.equals("routeTemplate")) {
                templateParameters = parametersOf(mapping);
            }
            incomplete(mapping, key);
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

        private void behindStop(SequenceNode steps) {
            List<Node> all = steps.getValue();
            for (int i = 0; i < all.size() - 1; i++) {
                if (all.get(i) instanceof MappingNode step
                        && RouteFile.value(step, "stop").isPresent()) {
                    mistakes.add(new Named(
                            "this step never runs: 'stop' before it ends the route. Remove it, or put 'stop' into a filter.",
                            where(all.get(i + 1))));
                }
            }
        }

        private static Set<String> parametersOf(MappingNode template) {
            Set<String> names = new TreeSet<>();
            if (RouteFile.value(template, "parameters").orElse(template) instanceof SequenceNode parameters) {
                for (Node parameter : parameters.getValue()) {
                    if (parameter instanceof MappingNode mapping) {
                        RouteFile.value(mapping, "name").map(RouteFile::text).ifPresent(names::add);
                    }
                }
            }
            return names;
        }

        /** What Camel accepts, or refuses without a line, and can only be a mistake. */
        private void incomplete(MappingNode mapping, String key) {
            if (key.equals("choice") && RouteFile.value(mapping, "when").isEmpty()) {
                mistakes.add(
                        new Named("'choice' has no 'when'. Write one below it, with its condition.", where(mapping)));
            }
            if (key.equals("doTry")
                    && RouteFile.value(mapping, "doCatch").isEmpty()
                    && RouteFile.value(mapping, "doFinally").isEmpty()) {
                mistakes.add(new Named(
                        "'doTry' has neither doCatch nor doFinally, so it does nothing. Write one below it, beside its"
                                + " steps.",
                        where(mapping)));
            }
            if (NAMED_STEPS.contains(key)
                    && RouteFile.value(mapping, "name")
                            .map(RouteFile::text)
                            .orElse("")
                            .isBlank()) {
                mistakes.add(new Named("'" + key + "' has no name. Write it below it, name: ...", where(mapping)));
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
                if (placeholder.group(2) == null
                        && !templateParameters.contains(placeholder.group(1).strip())) {
                    placeholders.add(new Named(placeholder.group(1).strip(), where(scalar)));
                }
            }
            if (STEPS_WITH_EXPRESSION.contains(key) && scalar.getValue().isEmpty()) {
                withoutExpression.add(new Named(key, where(keyNode)));
            }
            if (key.equals("routeConfigurationId")) {
                for (String id : scalar.getValue().split(",", -1)) {
                    policiesWanted.add(new PolicyUse(route, new Named(id, where(scalar))));
                }
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

        /** Quartz would fire once, at the start. */
        private void withoutTime(MappingNode from, String uri, Optional<MappingNode> parameters) {
            boolean hasTime = Stream.concat(
                            parameters.stream()
                                    .flatMap(given ->
                                            given.getValue().stream().map(entry -> RouteFile.text(entry.getKeyNode()))),
                            Stream.of(StringUtils.split(StringUtils.substringAfter(uri, "?"), '&')))
                    .anyMatch(option -> option.matches("cron.*|trigger\\.(?:repeat|cron).*"));
            if (uri.matches("quartz(?::.*)?") && !hasTime) {
                mistakes.add(new Named(
                        "this endpoint of the component quartz has no time to fire at. Write cron below its parameters,"
                                + " for example cron: \"0 0 * * * ?\", or trigger.repeatInterval and trigger.repeatCount.",
                        where(from)));
            }
        }

        private void listen(String name, String where) {
            listeners.add(name);
            if (route.filter(ScannedRoute::isSwitchedOff).isPresent()) {
                return;
            }
            String other = listenerPlaces.putIfAbsent(name, where);
            if (other != null) {
                mistakes.add(new Named(
                        "direct:" + name + " has a route already, at " + other
                                + "; only one can listen there. Write another name.",
                        where));
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
            } else if (uri.matches("[a-z][a-z0-9.-]*:[^?]*")) {
                String scheme = uri.substring(0, uri.indexOf(':'));
                parameters.ifPresent(given -> uris.add(endpointOf(scheme, mapping, given)));
            }
            String name = uri.equals("direct")
                    ? parameters
                            .flatMap(given -> RouteFile.value(given, "name"))
                            .map(RouteFile::text)
                            .orElse("")
                    : nameIn(uri);
            if (key.equals("from")) {
                withoutTime(mapping, uri, parameters);
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
                listen(name, where(mapping));
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
