// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.routecheck;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.SequenceNode;

/**
 * Routes that hand each message back to themselves. Camel follows such a circle for ever, without a word and with a
 * processor of its own. Only what every message takes is one: a call below a condition, or a route that may stop, has an
 * end.
 */
final class Circles {
    /** A step that may end the way of a message. */
    private static final Set<String> ENDS = Set.of("stop", "rollback", "throwException", "validate", "sample");

    private static final Set<String> CALLS =
            Set.of("to", "toD", "wireTap", "enrich", "recipientList", "routingSlip", "dynamicRouter");
    /** Steps whose own steps every message takes. */
    private static final Set<String> CONTAINERS = Set.of(
            "steps",
            "pipeline",
            "step",
            "multicast",
            "transacted",
            "policy",
            "doTry",
            "doFinally",
            "circuitBreaker",
            "saga");
    /** They make of a circle over a queue a clock. */
    private static final Set<String> PAUSES = Set.of("delay", "throttle");

    /** A call that every message takes. */
    private record Call(Address address, String where) {}

    private record Route(String id, Optional<Address> source, List<Call> calls, Set<Address> all, Set<String> keys) {}

    private final Map<String, String> settings;
    private final List<Route> routes = new ArrayList<>();

    /** @param settings what placeholders stand for */
    Circles(List<RouteFile> files, Map<String, String> settings) {
        this.settings = settings;
        for (RouteFile file : files) {
            for (Node element : file.elements()) {
                if (element instanceof MappingNode mapping) {
                    route(file, mapping).ifPresent(routes::add);
                }
            }
        }
    }

    /** A sentence for each circle, with the line of its last call. */
    List<String> problems() {
        Set<Set<String>> seen = new HashSet<>();
        List<String> problems = new ArrayList<>();
        for (Route route : routes) {
            List<Call> circle = back(route);
            Set<String> members = new HashSet<>();
            circle.forEach(call -> listener(call.address()).ifPresent(found -> members.add(found.id())));
            if (!circle.isEmpty() && seen.add(members)) {
                Call last = circle.get(circle.size() - 1);
                problems.add(last.where() + ": this call closes a circle that no message leaves: "
                        + route.id() + " -> "
                        + circle.stream()
                                .map(call -> listener(call.address())
                                        .map(Route::id)
                                        .orElse(call.address().toString()))
                                .collect(Collectors.joining(" -> "))
                        + ". Remove it, or put it into a filter or choice whose condition ends it.");
            }
        }
        return problems;
    }

    /** The shortest way from a route back to it; empty where there is none. */
    private List<Call> back(Route start) {
        Map<Route, List<Call>> ways = new HashMap<>();
        Deque<Route> open = new ArrayDeque<>(List.of(start));
        ways.put(start, List.of());
        while (!open.isEmpty()) {
            Route route = open.remove();
            if (mayEnd(route, new HashSet<>())) {
                continue;
            }
            for (Call call : route.calls()) {
                Optional<Route> next = listener(call.address()).filter(found -> !isPaused(call, route));
                if (next.isEmpty()) {
                    continue;
                }
                List<Call> way = new ArrayList<>(ways.getOrDefault(route, List.of()));
                way.add(call);
                if (next.get().equals(start)) {
                    return way;
                }
                if (ways.putIfAbsent(next.get(), way) == null) {
                    open.add(next.get());
                }
            }
        }
        return List.of();
    }

    private static boolean isPaused(Call call, Route route) {
        return !call.address().scheme().equals("direct")
                && route.keys().stream().anyMatch(PAUSES::contains);
    }

    /** Whether it, or a route that it calls, may end the way of a message. */
    private boolean mayEnd(Route route, Set<Route> seen) {
        if (route.keys().stream().anyMatch(ENDS::contains)) {
            return true;
        }
        return seen.add(route)
                && route.all().stream()
                        .flatMap(address -> listener(address).stream())
                        .anyMatch(called -> mayEnd(called, seen));
    }

    private Optional<Route> listener(Address address) {
        return routes.stream()
                .filter(route -> route.source().filter(address::equals).isPresent())
                .findFirst();
    }

    private Optional<Route> route(RouteFile file, MappingNode element) {
        Optional<MappingNode> route = mapping(element, "route");
        Optional<MappingNode> from = mapping(route.orElse(element), "from");
        boolean isOff = route.flatMap(found -> RouteFile.value(found, "autoStartup"))
                .map(RouteFile::text)
                .filter("false"::equalsIgnoreCase)
                .isPresent();
        if (from.isEmpty() || isOff) {
            return Optional.empty();
        }
        List<Call> calls = new ArrayList<>();
        Set<Address> all = new LinkedHashSet<>();
        Set<String> keys = new HashSet<>();
        List<MappingNode> holders =
                route.map(found -> List.of(found, from.get())).orElse(List.of(from.get()));
        for (MappingNode holder : holders) {
            RouteFile.value(holder, "steps").ifPresent(steps -> {
                certain(file, steps, calls);
                collect(steps, all, keys);
            });
        }
        String id = route.flatMap(found -> RouteFile.value(found, "id"))
                .or(() -> RouteFile.value(from.get(), "id"))
                .map(RouteFile::text)
                .orElse(RouteFile.where(file.path(), from.get()));
        return Optional.of(new Route(id, source(from.get()), calls, all, keys));
    }

    /** What a selector lets through is known by the broker only. */
    private Optional<Address> source(MappingNode from) {
        boolean isSelective = Address.option(from, "selector").isPresent()
                || RouteFile.value(from, "uri").map(RouteFile::text).orElse("").contains("selector=");
        return isSelective ? Optional.empty() : Address.of(from, settings);
    }

    private void certain(RouteFile file, Node node, List<Call> calls) {
        if (node instanceof SequenceNode sequence) {
            sequence.getValue().forEach(child -> certain(file, child, calls));
        } else if (node instanceof MappingNode mapping) {
            for (NodeTuple entry : mapping.getValue()) {
                String key = RouteFile.text(entry.getKeyNode());
                if (CONTAINERS.contains(key)) {
                    certain(file, entry.getValueNode(), calls);
                } else if (CALLS.contains(key)) {
                    String where = RouteFile.where(file.path(), entry.getValueNode());
                    addresses(entry.getValueNode()).forEach(address -> calls.add(new Call(address, where)));
                }
            }
        }
    }

    private void collect(Node node, Set<Address> all, Set<String> keys) {
        if (node instanceof SequenceNode sequence) {
            sequence.getValue().forEach(child -> collect(child, all, keys));
        } else if (node instanceof MappingNode mapping) {
            for (NodeTuple entry : mapping.getValue()) {
                String key = RouteFile.text(entry.getKeyNode());
                keys.add(key);
                if (CALLS.contains(key)) {
                    all.addAll(addresses(entry.getValueNode()));
                }
                collect(entry.getValueNode(), all, keys);
            }
        }
    }

    /** Those of an endpoint, or of the constant list of several. */
    private List<Address> addresses(Node call) {
        Optional<Node> constant = call instanceof MappingNode mapping
                ? RouteFile.value(mapping, "constant")
                        .or(() -> RouteFile.value(mapping, "expression")
                                .filter(MappingNode.class::isInstance)
                                .flatMap(expression -> RouteFile.value((MappingNode) expression, "constant")))
                : Optional.empty();
        if (constant.isEmpty()) {
            return Address.of(call, settings).stream().toList();
        }
        String list = constant.map(found -> found instanceof MappingNode mapping
                        ? RouteFile.value(mapping, "expression")
                                .map(RouteFile::text)
                                .orElse("")
                        : RouteFile.text(found))
                .orElse("");
        return List.of(list.split(",")).stream()
                .flatMap(uri -> Address.of(uri.strip(), settings).stream())
                .toList();
    }

    private static Optional<MappingNode> mapping(MappingNode parent, String key) {
        return RouteFile.value(parent, key)
                .filter(MappingNode.class::isInstance)
                .map(MappingNode.class::cast);
    }
}
