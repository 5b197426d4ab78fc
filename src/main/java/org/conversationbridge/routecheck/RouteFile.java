// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.routecheck;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.conversationbridge.settings.SettingsException;
import org.conversationbridge.text.TextFile;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.api.lowlevel.Parse;
import org.snakeyaml.engine.v2.events.AliasEvent;
import org.snakeyaml.engine.v2.events.CollectionEndEvent;
import org.snakeyaml.engine.v2.events.CollectionStartEvent;
import org.snakeyaml.engine.v2.events.DocumentStartEvent;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;

/**
 * One route file as YAML, with its lines. It is a list, and no mapping in it has a key twice.
 *
 * @param elements what the list holds: routes, error policies, ...
 */
record RouteFile(Path path, List<Node> elements) {
    private static final int MOST_LEVELS = 200;

    /**
     * Reads it.
     *
     * @throws SettingsException when it cannot be read, is no YAML, is no list, or has a key twice
     */
    static RouteFile read(Path path) {
        LoadSettings settings = LoadSettings.builder().setLabel(path.toString()).build();
        List<Node> elements = new ArrayList<>();
        try {
            String text = TextFile.read(path);
            refuseShape(path, new Parse(settings).parseString(text));
            for (Node document : new Compose(settings).composeAllFromString(text)) {
                if (!(document instanceof SequenceNode list)) {
                    throw new SettingsException(where(path, document)
                            + ": this is not a list of routes. A route file begins with '- route:', with its steps"
                            + " indented below; other files do not belong in this folder.");
                }
                elements.addAll(list.getValue());
            }
        } catch (MarkedYamlEngineException e) {
            int line = e.getProblemMark().map(mark -> mark.getLine() + 1).orElse(0);
            throw new SettingsException(path + " line " + line + ": not YAML: " + e.getProblem()
                    + ". Check the spaces before this line and the one above it, and dashes, colons and quotes.");
        } catch (IOException | YamlEngineException e) {
            throw new SettingsException(path + ": cannot be read: " + e.getMessage() + ".");
        }
        if (elements.isEmpty()) {
            throw new SettingsException(
                    path + ": there is no route in it. Remove the file, or begin it with '- route:'.");
        }
        elements.forEach(element -> refuseKeysTwice(path, element));
        return new RouteFile(path, elements);
    }

    /**
     * Refuses, before nodes are made of it, what Camel cannot read or what has no end: several documents, an alias
     * inside of what it stands for, and more levels than any route has.
     */
    private static void refuseShape(Path path, Iterable<Event> events) {
        Deque<String> open = new ArrayDeque<>();
        int documents = 0;
        for (Event event : events) {
            if (event instanceof DocumentStartEvent && ++documents > 1) {
                throw new SettingsException(
                        at(path, event) + ": a second document begins here (---), and Camel reads one in"
                                + " a file. Remove the line, or begin another file.");
            }
            if (event instanceof CollectionStartEvent begin) {
                open.push(begin.getAnchor().map(Object::toString).orElse(""));
                if (open.size() > MOST_LEVELS) {
                    throw new SettingsException(at(path, event) + ": more than " + MOST_LEVELS
                            + " levels in one another. Is a bracket not closed?");
                }
            }
            if (event instanceof CollectionEndEvent) {
                open.pop();
            }
            if (event instanceof AliasEvent alias
                    && open.contains(alias.getAlias().toString())) {
                throw new SettingsException(at(path, event) + ": the alias *" + alias.getAlias()
                        + " stands inside of what it stands for. Write the steps out.");
            }
        }
    }

    private static String at(Path path, Event event) {
        return path
                + event.getStartMark()
                        .map(mark -> " line " + (mark.getLine() + 1))
                        .orElse("");
    }

    /** What stands under a key of a mapping. */
    static Optional<Node> value(MappingNode mapping, String key) {
        return mapping.getValue().stream()
                .filter(entry -> text(entry.getKeyNode()).equals(key))
                .map(NodeTuple::getValueNode)
                .findFirst();
    }

    /** The text of a scalar; empty for anything else. */
    static String text(Node node) {
        return node instanceof ScalarNode scalar ? scalar.getValue() : "";
    }

    /** File and line, for messages. */
    static String where(Path path, Node node) {
        return path
                + node.getStartMark()
                        .map(mark -> " line " + (mark.getLine() + 1))
                        .orElse("");
    }

    private static void refuseKeysTwice(Path path, Node node) {
        if (node instanceof SequenceNode sequence) {
            sequence.getValue().forEach(child -> refuseKeysTwice(path, child));
        } else if (node instanceof MappingNode mapping) {
            Map<String, Node> seen = new HashMap<>();
            for (NodeTuple entry : mapping.getValue()) {
                if (text(entry.getKeyNode()).equals("<<")) {
                    throw new SettingsException(where(path, entry.getKeyNode())
                            + ": << merges nothing here: Camel reads it as the name of an option. Write the keys out.");
                }
                Node before = seen.putIfAbsent(text(entry.getKeyNode()), entry.getKeyNode());
                if (before != null) {
                    throw new SettingsException(where(path, entry.getKeyNode()) + ": '" + text(before)
                            + "' is set twice in the same place, first at line "
                            + (before.getStartMark().orElseThrow().getLine() + 1)
                            + ". Keep one; a further step begins with a dash.");
                }
                refuseKeysTwice(path, entry.getValueNode());
            }
        }
    }
}
