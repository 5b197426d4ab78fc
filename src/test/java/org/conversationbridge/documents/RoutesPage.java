// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.documents;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * {@code docs/routes.md}, made of the route files: who calls whom, which queue goes in and out, what a failure leads
 * to.
 */
final class RoutesPage {
    private static final ObjectMapper YAML = new ObjectMapper(new YAMLFactory());
    private static final Pattern DIRECT = Pattern.compile("^direct:([a-z-]+)$");
    private static final Pattern QUEUE = Pattern.compile("^jms:queue:\\{\\{(.*)}}$");
    private static final String HEAD = """
            # Routes

            Generated from the files in `routes/`; a test compares them. One file is one route and one `direct:` name. The tens
            digit is the stage: 1 requests and notifications, 2 poll and announce, 3 enrich and deliver, 4 histories, names and
            the next request, 5 call Genesys Cloud, 6 park, replay and restate. Within a stage the numbers follow the flow.
            The comment at the head of each file says In, Out, Fails to and Settings. Names of queues are
            [settings](settings.md). Beans also read `checkpoint.queue`, `checkpoint.lease-queue`, `completed.corrections-queue`,
            `history.missing-queue` and `current.queue`.

            ## Picture

            ```mermaid
            flowchart LR
            """;

    private final List<Route> routes = new ArrayList<>();
    private final List<String> policies = new ArrayList<>();

    /**
     * One route: what starts it, what it calls, which queues it reads and writes; queues by the key of their setting.
     */
    private record Route(
            String id,
            String file,
            String description,
            String source,
            String policy,
            Set<String> calls,
            Set<String> reads,
            Set<String> writes) {}

    static String of(Path folder) throws IOException {
        RoutesPage page = new RoutesPage();
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.sorted().toList()) {
                for (JsonNode element : YAML.readTree(Files.readString(file))) {
                    page.add(file, element);
                }
            }
        }
        return page.text();
    }

    private void add(Path file, JsonNode element) {
        if (element.has("route")) {
            routes.add(route(file, element.path("route")));
        }
        JsonNode configuration = element.path("routeConfiguration");
        configuration
                .path("onException")
                .forEach(each -> policies.add(policy(configuration, each.path("onException"))));
    }

    private static Route route(Path file, JsonNode route) {
        JsonNode from = route.path("from");
        Set<String> calls = new TreeSet<>();
        Set<String> reads = new TreeSet<>();
        Set<String> writes = new TreeSet<>();
        collect(from.path("steps"), calls, reads, writes);
        String source = source(from);
        queue(from).ifPresent(reads::add);
        return new Route(
                route.path("id").asText(),
                file.getFileName().toString(),
                route.path("description").asText(),
                source,
                route.path("routeConfigurationId").asText(),
                calls,
                reads,
                writes);
    }

    private static String source(JsonNode from) {
        JsonNode parameters = from.path("parameters");
        return switch (from.path("uri").asText()) {
            case "quartz" -> "cron " + key(parameters.path("cron"));
            case "timer" -> "timer";
            default -> "";
        };
    }

    private static Optional<String> queue(JsonNode endpoint) {
        return endpoint.path("uri").asText().equals("jms")
                ? Optional.of(key(endpoint.path("parameters").path("destinationName")))
                : Optional.empty();
    }

    private static String key(JsonNode placeholder) {
        return placeholder.asText().replaceAll("[{}]", "");
    }

    /**
     * What is below a step: an endpoint is an object with uri and parameters, or a text that a dynamic step is given.
     */
    private static void collect(JsonNode node, Set<String> calls, Set<String> reads, Set<String> writes) {
        if (node.path("uri").asText().equals("direct")) {
            calls.add(node.path("parameters").path("name").asText());
        }
        queue(node).ifPresent(writes::add);
        if (node.isTextual()) {
            Matcher direct = DIRECT.matcher(node.asText());
            Matcher queue = QUEUE.matcher(node.asText());
            if (direct.matches()) {
                calls.add(direct.group(1));
            }
            if (queue.matches()) {
                reads.add(queue.group(1));
            }
        }
        node.forEach(child -> collect(child, calls, reads, writes));
    }

    private static String policy(JsonNode configuration, JsonNode failure) {
        JsonNode repeats = failure.path("redeliveryPolicy");
        List<String> exceptions = new ArrayList<>();
        failure.path("exception").forEach(name -> exceptions.add(name.asText().replaceAll(".*\\.", "")));
        String first = repeats.path("redeliveryDelay").asText();
        String longest = repeats.path("maximumRedeliveryDelay").asText();
        return "| `%s` | `%s` | %s | %s | %s | %s |"
                .formatted(
                        configuration.path("id").asText(),
                        failure.path("id").asText(),
                        code(exceptions),
                        times(repeats.path("maximumRedeliveries").asText()),
                        Stream.of(first, longest)
                                .distinct()
                                .filter(pause -> !pause.isEmpty())
                                .map(pause -> "`" + pause + "`")
                                .collect(Collectors.joining(" to ")),
                        failure.path("description")
                                .asText(configuration.path("description").asText()));
    }

    private static String times(String maximum) {
        if (maximum.equals("-1")) {
            return "without limit";
        }
        return maximum.startsWith("{") ? "`" + maximum + "`" : maximum;
    }

    private String text() {
        return HEAD
                + picture()
                + "```\n\n## Table\n\n| Route | File | What it does | Called by | Calls | Queue in | Queue out |\n"
                + "| --- | --- | --- | --- | --- | --- | --- |\n"
                + routes.stream().map(this::row).collect(Collectors.joining("\n"))
                + "\n\n## What happens when a step fails\n\nFrom `routes/00-error-policy.camel.yaml`. Pauses are in milliseconds, or"
                + " the setting. Routes without a policy pass a failure on to their caller.\n\n"
                + "| Policy | Failure | Exceptions | Repeats | Pause | What happens |\n| --- | --- | --- | --- | --- | --- |\n"
                + String.join("\n", policies)
                + "\n";
    }

    private String picture() {
        StringBuilder picture = new StringBuilder();
        for (Route route : routes) {
            String node = "    " + node(route.id());
            if (!route.source().isEmpty()) {
                picture.append("    ")
                        .append(node("start of " + route.id()))
                        .append("([")
                        .append(route.source())
                        .append("]) --> ")
                        .append(route.id())
                        .append('\n');
            }
            route.reads()
                    .forEach(queue -> picture.append("    ")
                            .append(node(queue))
                            .append("[(\"")
                            .append(queue)
                            .append("\")] --> ")
                            .append(route.id())
                            .append('\n'));
            route.calls()
                    .forEach(called ->
                            picture.append(node).append(" --> ").append(called).append('\n'));
            route.writes()
                    .forEach(queue -> picture.append(node)
                            .append(" -.-> ")
                            .append(node(queue))
                            .append("[(\"")
                            .append(queue)
                            .append("\")]\n"));
        }
        return picture.toString();
    }

    /** A name that Mermaid takes for a node: without dots and blanks. */
    private static String node(String name) {
        return name.replaceAll("[. ]", "-");
    }

    private String row(Route route) {
        List<String> callers = routes.stream()
                .filter(other -> other.calls().contains(route.id()))
                .map(Route::id)
                .toList();
        String policy = route.policy().isEmpty() ? "" : " Fails to: `" + route.policy() + "`.";
        return "| `%s` | [%s](../routes/%s) | %s.%s | %s | %s | %s | %s |"
                .formatted(
                        route.id(),
                        route.file().replace(".camel.yaml", ""),
                        route.file(),
                        route.description(),
                        policy,
                        callers.isEmpty()
                                        && route.reads().isEmpty()
                                        && route.source().isEmpty()
                                ? "the program"
                                : route.source() + code(callers),
                        code(route.calls()),
                        code(route.reads()),
                        code(route.writes()));
    }

    private static String code(Iterable<String> names) {
        List<String> all = new ArrayList<>();
        names.forEach(name -> all.add("`" + name + "`"));
        return String.join(", ", all);
    }
}
