// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.bench;

import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * What a {@code scenario.properties} says; {@code src/bench/README.md} lists its keys.
 *
 * @param folder of the scenario; its name begins with the number
 * @param values every key with its value
 */
record Scenario(Path folder, Map<String, String> values) {
    static final Path FOLDER = Path.of("src/bench");
    private static final String FILE = "scenario.properties";
    private static final String PROGRAM = "program.";
    private static final String GOAL = "goal.";
    private static final Map<String, String> DEFAULTS = Map.of(
            "processes", "1",
            "runs", "3",
            "timeout-s", "300",
            "latency-ms", "0",
            "rate-limit", "0",
            "linger-s", "0");

    /** All of them, in the order of their numbers. */
    static List<Scenario> all() throws IOException {
        try (Stream<Path> folders = Files.list(FOLDER)) {
            return folders.filter(folder -> Files.exists(folder.resolve(FILE)))
                    .sorted()
                    .map(Scenario::read)
                    .toList();
        }
    }

    private static Scenario read(Path folder) {
        Properties properties = new Properties();
        try (Reader file = Files.newBufferedReader(folder.resolve(FILE))) {
            properties.load(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Map<String, String> values = new TreeMap<>();
        properties.stringPropertyNames().forEach(key -> values.put(key, properties.getProperty(key)));
        return new Scenario(folder, values);
    }

    /** With other values for some keys. */
    Scenario with(Map<String, String> others) {
        Map<String, String> changed = new TreeMap<>(values);
        changed.putAll(others);
        return new Scenario(folder, changed);
    }

    /** As its folder is called. */
    String name() {
        return folder.getFileName().toString();
    }

    String title() {
        return text("title");
    }

    /** Whether polls are measured, not a start. */
    boolean isSteady() {
        return values.containsKey("polls");
    }

    /** Numbers of live conversations; each is measured by itself. */
    List<Integer> conversations() {
        return numbers("conversations");
    }

    /** Agents for so many conversations. */
    int agents(int conversations) {
        List<Integer> agents = numbers("agents");
        return agents.get(Math.min(conversations().indexOf(conversations), agents.size() - 1));
    }

    /** Numbers of processes of the program on one broker. */
    List<Integer> processes() {
        return numbers("processes");
    }

    List<String> peers() {
        return List.of(text("peers").split(" +"));
    }

    int runs() {
        return number("runs");
    }

    int number(String key) {
        return Integer.parseInt(text(key));
    }

    /** How long one peer may take. */
    Duration timeout() {
        return Duration.ofSeconds(number("timeout-s"));
    }

    /** What the broker may hold of the current conversations, in megabytes; empty for the shipped limit. */
    Optional<Integer> brokerCurrentMb() {
        return Optional.ofNullable(values.get("broker-current-mb")).map(Integer::valueOf);
    }

    /** After how many messages a peer is stopped whose rate does not depend on their number. */
    int most(String peer, int conversations) {
        return Math.min(conversations, Integer.parseInt(values.getOrDefault("most." + peer, "1000000000")));
    }

    /** Environment of the program. */
    Map<String, String> programEnvironment() {
        Map<String, String> environment = new TreeMap<>();
        values.forEach((key, value) -> {
            if (key.startsWith(PROGRAM)) {
                environment.put(key.substring(PROGRAM.length()), value);
            }
        });
        return environment;
    }

    /** Ratios to show, as {@code rate-per-s:loop}: a figure of each case as a part of that of one of them. */
    List<Goal.Term> ratios() {
        return Stream.of(values.getOrDefault("ratios", "").split(" +"))
                .filter(ratio -> !ratio.isEmpty())
                .map(ratio -> ratio.split(":", -1))
                .map(words -> new Goal.Term(words[1], words[0]))
                .toList();
    }

    List<Goal> goals() {
        List<Goal> goals = new ArrayList<>();
        values.forEach((key, value) -> {
            if (key.startsWith(GOAL)) {
                goals.add(Goal.of(value));
            }
        });
        return goals;
    }

    private List<Integer> numbers(String key) {
        return Stream.of(text(key).split(" +")).map(Integer::valueOf).toList();
    }

    private String text(String key) {
        String value = values.getOrDefault(key, DEFAULTS.get(key));
        if (value == null) {
            throw new IllegalArgumentException(folder.resolve(FILE) + " lacks " + key);
        }
        return value;
    }

    @Override
    public String toString() {
        return name();
    }
}
