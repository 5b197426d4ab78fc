// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.bench;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What was measured of a scenario.
 *
 * @param runs of each case, in the order of the runs; a case is a peer, with the number of conversations or processes
 *     where there are several
 */
record Result(Scenario scenario, Map<String, List<Figures>> runs) {
    private static final List<String> CORES =
            List.of("cores-peer", "cores-broker", "cores-sandbox", "cores-consumer", "cores-others");
    private static final double NEARLY_ALL = 0.85;
    private static final double DISTURBED = 0.1;

    Result(Scenario scenario) {
        this(scenario, new LinkedHashMap<>());
    }

    void add(String name, Figures figures) {
        runs.computeIfAbsent(name, none -> new ArrayList<>()).add(figures);
    }

    Map<String, Figures> medians() {
        Map<String, Figures> medians = new LinkedHashMap<>();
        runs.forEach((name, figures) -> medians.put(name, Figures.medians(figures)));
        return medians;
    }

    /** A row for each figure, a column for each case; then the ratios that the scenario wants. */
    List<List<String>> table() {
        Map<String, Figures> medians = medians();
        List<List<String>> rows = new ArrayList<>();
        List<String> head = new ArrayList<>(List.of("median of " + scenario.runs()));
        head.addAll(medians.keySet());
        rows.add(head);
        for (String name : Figures.names(List.copyOf(medians.values()))) {
            List<String> row = new ArrayList<>(List.of(name));
            medians.values()
                    .forEach(figures ->
                            row.add(figures.get(name).map(Figures::text).orElse("-")));
            rows.add(row);
        }
        for (Goal.Term whole : scenario.ratios()) {
            whole.in(medians).filter(value -> value > 0).ifPresent(value -> {
                List<String> row = new ArrayList<>(List.of(whole.name() + " / " + whole.of()));
                medians.values()
                        .forEach(figures -> row.add(figures.get(whole.name())
                                .map(part -> Figures.text(part / value))
                                .orElse("-")));
                rows.add(row);
            });
        }
        return rows;
    }

    /** A line for each goal, and before them one for each run in which not every message arrived once. */
    List<String> verdicts() {
        List<String> lines = new ArrayList<>();
        runs.forEach((name, all) -> all.forEach(figures -> {
            double missing = figures.get("missing").orElse(0.0);
            double doubled = figures.get("doubled").orElse(0.0);
            if (missing + doubled > 0) {
                lines.add("INVALID: a run of " + name + " has " + Figures.text(missing) + " messages missing and "
                        + Figures.text(doubled) + " doubled");
            }
        }));
        Map<String, Figures> medians = medians();
        scenario.goals().forEach(goal -> lines.add(goal.verdict(medians)));
        return lines;
    }

    /** For each case that says so, who kept the processors busy while it was measured. */
    List<String> bottlenecks() {
        List<String> lines = new ArrayList<>();
        medians().forEach((name, figures) -> {
            if (figures.get("cores-peer").isPresent()) {
                lines.add(name + ": " + bottleneck(figures));
            }
        });
        return lines;
    }

    private static String bottleneck(Figures figures) {
        int cores = Runtime.getRuntime().availableProcessors();
        double sum = CORES.stream()
                .mapToDouble(name -> figures.get(name).orElse(0.0))
                .sum();
        String busiest = CORES.stream()
                .filter(name -> figures.get(name).isPresent())
                .max((one, other) -> Double.compare(
                        figures.get(one).orElse(0.0), figures.get(other).orElse(0.0)))
                .map(name -> name.substring("cores-".length()) + " with "
                        + Figures.text(figures.get(name).orElse(0.0)))
                .orElse("none");
        double others = figures.get("cores-others").orElse(0.0);
        return (others > DISTURBED * cores ? "DISTURBED by other processes (" + Figures.text(others) + " cores): " : "")
                + Figures.text(sum) + " of " + cores + " cores busy, most the "
                + busiest + "; "
                + (sum > NEARLY_ALL * cores ? "the processors are the bottleneck" : "it waits (requests, commits)");
    }

    /** Every figure of every run: case, run, figure, value. */
    List<String> raw() {
        List<String> lines = new ArrayList<>();
        runs.forEach((name, all) -> {
            for (int run = 0; run < all.size(); run++) {
                StringBuilder line = new StringBuilder(name + " run=" + (run + 1));
                all.get(run)
                        .values()
                        .forEach((figure, value) ->
                                line.append(' ').append(figure).append('=').append(Figures.plain(value)));
                lines.add(line.toString());
            }
        });
        return lines;
    }
}
