// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.bench;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** What {@code src/bench/run} starts. */
@Command(
        name = "src/bench/run",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        header = "Measures scenarios of src/bench, and prints medians, ratios and whether the goals are reached.")
final class Bench implements Callable<Integer> {
    private static final Path TARGET = Path.of("target/bench");

    @Parameters(paramLabel = "SCENARIO", arity = "1..*", description = "Numbers or names of scenarios, or all.")
    private List<String> names = new ArrayList<>();

    @Option(
            names = "--set",
            paramLabel = "KEY=VALUE",
            description = "Another value for a key of scenario.properties; may be repeated.")
    private Map<String, String> values = new TreeMap<>();

    @Option(
            names = "--baseline",
            paramLabel = "COMMIT",
            description = "Also measure the program of another commit, or of the folder of a distribution.")
    private String baseline = "";

    @Option(names = "--write", description = "Write the page docs/measurements/bench-SCENARIO.md.")
    private boolean write;

    /** Exit code 0 whether goals are reached or not, as they depend on the machine; 1 if a scenario could not be measured. */
    public static void main(String[] arguments) {
        System.exit(new CommandLine(new Bench()).execute(arguments));
    }

    @Override
    public Integer call() throws Exception {
        List<Scenario> scenarios =
                Scenario.all().stream().filter(this::isWanted).toList();
        if (scenarios.isEmpty()) {
            System.err.println("No such scenario; there are "
                    + Scenario.all().stream().map(Scenario::name).toList());
            return CommandLine.ExitCode.USAGE;
        }
        int exitCode = 0;
        List<String> verdicts = new ArrayList<>();
        for (Scenario scenario : scenarios) {
            try {
                measure(scenario.with(values))
                        .verdicts()
                        .forEach(verdict -> verdicts.add(scenario.name() + "  " + verdict));
            } catch (Exception e) {
                exitCode = 1;
                e.printStackTrace();
                verdicts.add(scenario.name() + "  not measured: " + e);
            }
        }
        System.out.println();
        verdicts.forEach(System.out::println);
        return exitCode;
    }

    private boolean isWanted(Scenario scenario) {
        return names.stream()
                .anyMatch(name -> name.equals("all")
                        || name.equals(scenario.name())
                        || scenario.name().startsWith(name + "-"));
    }

    private Result measure(Scenario scenario) throws Exception {
        Machine machine = Machine.now();
        System.out.println();
        System.out.println(scenario.name() + ": " + scenario.title() + (values.isEmpty() ? "" : ", but " + values)
                + " (" + machine + ")");
        Result result = measure(scenario, peers(scenario));
        System.out.println();
        print(result.table());
        System.out.println();
        result.bottlenecks().forEach(System.out::println);
        if (write) {
            System.out.println(new ResultPage(result, machine, command(scenario)).write() + " is written.");
        }
        return result;
    }

    private List<Peer> peers(Scenario scenario) {
        List<Peer> peers = new ArrayList<>();
        scenario.peers().forEach(name -> peers.add(Peer.named(name)));
        if (!baseline.isEmpty()) {
            peers.add(1, Peer.BASELINE);
        }
        return peers;
    }

    /** One after the other, and all of them again. */
    static Result measure(Scenario scenario, List<Peer> peers) throws Exception {
        Path folder = Files.createTempDirectory(Files.createDirectories(TARGET), scenario.name() + "-")
                .toAbsolutePath();
        Result result = new Result(scenario);
        try (Rig rig = Rig.start(folder, scenario.brokerCurrentMb())) {
            ColdRun cold = new ColdRun(rig, scenario, folder);
            SteadyRun steady = new SteadyRun(rig, scenario, folder);
            for (int run = 1; run <= scenario.runs(); run++) {
                for (int conversations : scenario.conversations()) {
                    for (Peer peer : peers) {
                        for (int processes : scenario.processes()) {
                            String name = name(scenario, peer, conversations, processes);
                            Figures figures = scenario.isSteady()
                                    ? steady.measure(peer, conversations, run)
                                    : cold.measure(peer, conversations, processes, run);
                            result.add(name, figures);
                            System.out.println(result.raw().stream()
                                    .filter(line -> line.startsWith(name + " "))
                                    .reduce("", (before, line) -> line));
                        }
                    }
                }
            }
        }
        return result;
    }

    private static String name(Scenario scenario, Peer peer, int conversations, int processes) {
        return peer
                + (scenario.conversations().size() > 1 ? "-" + conversations : "")
                + (scenario.processes().size() > 1 ? "-x" + processes : "");
    }

    private String command(Scenario scenario) {
        StringBuilder command = new StringBuilder("src/bench/run --write");
        values.forEach((key, value) ->
                command.append(" --set ").append(key).append("='").append(value).append('\''));
        if (!baseline.isEmpty()) {
            // The path of a folder says nothing on another machine.
            command.append(" --baseline ").append(Files.isDirectory(Path.of(baseline)) ? "DISTRIBUTION" : baseline);
        }
        return command.append(' ').append(scenario.name()).toString();
    }

    private static void print(List<List<String>> table) {
        int[] widths = IntStream.range(0, table.get(0).size())
                .map(column -> table.stream()
                        .mapToInt(row -> row.get(column).length())
                        .max()
                        .orElse(0))
                .toArray();
        for (List<String> row : table) {
            StringBuilder line = new StringBuilder();
            for (int column = 0; column < row.size(); column++) {
                int width = widths[column] + 2;
                line.append(String.format(column == 0 ? "%-" + width + "s" : "%" + width + "s", row.get(column)));
            }
            System.out.println(line);
        }
    }
}
