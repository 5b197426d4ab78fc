// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.route;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.conversationbridge.settings.SettingsException;
import org.conversationbridge.settings.SettingsReader;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;

/**
 * The route files of a folder, looked at before Camel loads them, for what Camel reports late, without a line or not at
 * all: placeholders no setting answers to, {@code direct:} names no route listens to, error policies that are not there.
 */
public final class RouteFiles {
    private static final Pattern PLACEHOLDER = Pattern.compile("\\{\\{\\??([^{}:!?]+)(:[^{}]*)?}}");
    private static final Pattern DIRECT = Pattern.compile("direct:(?://)?([A-Za-z0-9._-]+).*");

    /** Something a file names, and where: {@code routes/10-request-poll.camel.yaml line 12}. */
    private record Named(String name, String where) {}

    private final List<Path> files;
    private final List<Named> placeholders = new ArrayList<>();
    private final List<Named> senders = new ArrayList<>();
    private final Set<String> listeners = new TreeSet<>();
    private final List<Named> policiesWanted = new ArrayList<>();
    private final Set<String> policies = new TreeSet<>();

    private RouteFiles(List<Path> files) {
        this.files = files;
    }

    /**
     * Reads the {@code *.camel.yaml} files of a folder.
     *
     * @throws SettingsException when there are none, or one is no YAML
     */
    public static RouteFiles read(Path folder) {
        List<Path> files = new ArrayList<>();
        try (DirectoryStream<Path> found = Files.newDirectoryStream(folder, "*.camel.yaml")) {
            found.forEach(files::add);
        } catch (IOException e) {
            throw new SettingsException(folder + ": no such folder. Give the folder of the routes with --routes DIR.");
        }
        if (files.isEmpty()) {
            throw new SettingsException(
                    folder + ": no *.camel.yaml file in it. Give the folder of the routes with" + " --routes DIR.");
        }
        files.sort(null);
        RouteFiles routes = new RouteFiles(files);
        files.forEach(routes::scan);
        return routes;
    }

    /** How many there are. */
    public int count() {
        return files.size();
    }

    /** The keys named as placeholders. */
    public Set<String> placeholders() {
        return placeholders.stream().map(Named::name).collect(Collectors.toSet());
    }

    /**
     * Refuses what can not work.
     *
     * @param keys what placeholders may name
     * @throws SettingsException naming file and line of each problem
     */
    public void check(Collection<String> keys) {
        List<String> problems = new ArrayList<>();
        unknown(placeholders, keys, "no setting for the placeholder ", problems);
        unknown(senders, listeners, "no route listens to direct:", problems);
        unknown(policiesWanted, policies, "no routeConfiguration with id ", problems);
        if (!problems.isEmpty()) {
            throw new SettingsException(problems);
        }
    }

    private static void unknown(List<Named> wanted, Collection<String> known, String what, List<String> problems) {
        for (Named named : wanted) {
            if (!known.contains(named.name())) {
                String nearest = known.isEmpty() ? "" : "; did you mean " + SettingsReader.nearest(named.name(), known);
                problems.add(named.where() + ": " + what + named.name() + nearest + "?");
            }
        }
    }

    private void scan(Path file) {
        LoadSettings settings = LoadSettings.builder().setLabel(file.toString()).build();
        try {
            for (Node document : new Compose(settings).composeAllFromString(Files.readString(file))) {
                scan(document, file, "");
            }
        } catch (MarkedYamlEngineException e) {
            int line = e.getProblemMark().map(mark -> mark.getLine() + 1).orElse(0);
            throw new SettingsException(file + " line " + line + ": not YAML: " + e.getProblem());
        } catch (IOException | YamlEngineException e) {
            throw new SettingsException(file + ": cannot be read as YAML: " + e.getMessage());
        }
    }

    private void scan(Node node, Path file, String parentKey) {
        if (node instanceof SequenceNode sequence) {
            sequence.getValue().forEach(child -> scan(child, file, parentKey));
        } else if (node instanceof MappingNode mapping) {
            endpoint(mapping, file, parentKey);
            if (parentKey.equals("routeConfiguration")) {
                value(mapping, "id").map(RouteFiles::text).ifPresent(policies::add);
            }
            for (NodeTuple entry : mapping.getValue()) {
                scan(entry.getValueNode(), file, text(entry.getKeyNode()));
            }
        } else if (node instanceof ScalarNode scalar) {
            scan(scalar, file, parentKey);
        }
    }

    private void scan(ScalarNode scalar, Path file, String key) {
        Matcher placeholder = PLACEHOLDER.matcher(scalar.getValue());
        while (placeholder.find()) {
            if (placeholder.group(2) == null) {
                placeholders.add(new Named(placeholder.group(1).strip(), where(file, scalar)));
            }
        }
        if (key.equals("routeConfigurationId")) {
            policiesWanted.add(new Named(scalar.getValue(), where(file, scalar)));
        }
        Matcher direct = DIRECT.matcher(scalar.getValue());
        if (direct.matches() && !key.equals("uri")) {
            senders.add(new Named(direct.group(1), where(file, scalar)));
        }
    }

    /** A mapping with a uri is an endpoint; under {@code from} it listens. */
    private void endpoint(MappingNode mapping, Path file, String parentKey) {
        String uri = value(mapping, "uri").map(RouteFiles::text).orElse("");
        String name = uri.equals("direct")
                ? value(mapping, "parameters")
                        .filter(MappingNode.class::isInstance)
                        .flatMap(parameters -> value((MappingNode) parameters, "name"))
                        .map(RouteFiles::text)
                        .orElse("")
                : nameIn(uri);
        if (name.isEmpty()) {
            return;
        }
        if (parentKey.equals("from")) {
            listeners.add(name);
        } else {
            senders.add(new Named(name, where(file, mapping)));
        }
    }

    private static String nameIn(String uri) {
        Matcher direct = DIRECT.matcher(uri);
        return direct.matches() ? direct.group(1) : "";
    }

    private static java.util.Optional<Node> value(MappingNode mapping, String key) {
        return mapping.getValue().stream()
                .filter(entry -> text(entry.getKeyNode()).equals(key))
                .map(NodeTuple::getValueNode)
                .findFirst();
    }

    private static String text(Node node) {
        return node instanceof ScalarNode scalar ? scalar.getValue() : "";
    }

    private static String where(Path file, Node node) {
        return file
                + node.getStartMark()
                        .map(mark -> " line " + (mark.getLine() + 1))
                        .orElse("");
    }
}
