// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.routecheck;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.SequenceNode;

/**
 * Queues whose messages are for one reader: the bridge. A route of one's own that takes from one of them gets a part,
 * and what the bridge needs is missing. The results, the current states, the events and the error queue are for others.
 */
final class TakenQueues {
    /** A route takes from them, so that another one can stand in for it. */
    private static final List<String> OF_ROUTES = List.of("page.queue", "poll.request-queue", "poll.replay-queue");
    /** The bridge reads them without a route that says so. */
    private static final List<String> OF_BEANS = List.of(
            "checkpoint.queue", "checkpoint.lease-queue", "completed.corrections-queue", "history.missing-queue");

    private static final Set<String> POLLS = Set.of("pollEnrich", "poll");
    private static final String REMEDY =
            "; each would get a part, and what it needs would be missing. Use the results (deliver.queue), or a queue of"
                    + " your own.";

    private record Reader(String routeId, String queue, String where) {}

    private final Map<String, String> settings;
    private final List<Reader> readers = new ArrayList<>();

    /** @param settings what placeholders stand for; queues without a name there are not judged */
    TakenQueues(List<RouteFile> files, Map<String, String> settings) {
        this.settings = settings;
        for (RouteFile file : files) {
            file.elements().forEach(element -> look(file, element, "", "", ""));
        }
    }

    /** A sentence for each reader that is one too many. */
    List<String> problems() {
        List<String> problems = new ArrayList<>();
        for (String key : OF_ROUTES) {
            List<Reader> all = of(key);
            for (Reader second : all.subList(Math.min(1, all.size()), all.size())) {
                problems.add(begin(second, key) + ", as route " + all.get(0).routeId() + " does" + REMEDY);
            }
        }
        for (String key : OF_BEANS) {
            of(key).forEach(reader -> problems.add(begin(reader, key) + ", as the bridge does" + REMEDY));
        }
        return problems;
    }

    private static String begin(Reader reader, String key) {
        return reader.where() + ": route " + reader.routeId() + " takes messages from the queue of " + key;
    }

    private List<Reader> of(String key) {
        String name = settings.getOrDefault(key, "");
        return readers.stream()
                .filter(reader -> !name.isEmpty() && reader.queue().equals(name))
                .toList();
    }

    private void look(RouteFile file, Node node, String key, String routeId, String parent) {
        if (node instanceof SequenceNode sequence) {
            sequence.getValue().forEach(child -> look(file, child, key, routeId, parent));
            return;
        }
        boolean isBegin = key.equals("from") && (parent.equals("route") || parent.isEmpty());
        if (isBegin || POLLS.contains(key)) {
            queue(node).ifPresent(queue -> readers.add(new Reader(routeId, queue, RouteFile.where(file.path(), node))));
        }
        if (!(node instanceof MappingNode mapping)) {
            return;
        }
        boolean isRoute = key.equals("route") || (key.equals("from") && routeId.isEmpty());
        if (isRoute && isOff(mapping)) {
            return;
        }
        String id = isRoute
                ? RouteFile.value(mapping, "id").map(RouteFile::text).orElse(RouteFile.where(file.path(), mapping))
                : routeId;
        for (NodeTuple entry : mapping.getValue()) {
            look(file, entry.getValueNode(), RouteFile.text(entry.getKeyNode()), id, key);
        }
    }

    private static boolean isOff(MappingNode route) {
        return RouteFile.value(route, "autoStartup")
                .map(RouteFile::text)
                .filter("false"::equalsIgnoreCase)
                .isPresent();
    }

    private Optional<String> queue(Node endpoint) {
        Node named = endpoint instanceof MappingNode mapping
                ? RouteFile.value(mapping, "constant").orElse(endpoint)
                : endpoint;
        return Address.of(named, settings)
                .filter(address -> address.scheme().equals("jms"))
                .map(Address::name);
    }
}
