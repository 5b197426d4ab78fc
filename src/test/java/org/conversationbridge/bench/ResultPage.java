// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.bench;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** A result as a page of {@code docs/measurements}: date, commit, machine, command, medians, ratios, bottleneck, raw figures. */
final class ResultPage {
    private static final Path FOLDER = Path.of("docs/measurements");

    private final Result result;
    private final Machine machine;
    private final String command;

    ResultPage(Result result, Machine machine, String command) {
        this.result = result;
        this.machine = machine;
        this.command = command;
    }

    Path write() throws IOException {
        return Files.writeString(FOLDER.resolve("bench-" + result.scenario().name() + ".md"), text());
    }

    String text() throws IOException {
        List<String> lines = new ArrayList<>();
        lines.add("# Benchmark " + result.scenario().name() + ": "
                + result.scenario().title());
        lines.add("");
        lines.add(LocalDate.now(ZoneOffset.UTC) + ", commit " + commit() + ", " + machine + ".");
        lines.add("");
        lines.add("```sh");
        lines.add(command);
        lines.add("```");
        lines.add("");
        List<List<String>> table = result.table();
        for (int row = 0; row < table.size(); row++) {
            lines.add("| " + String.join(" | ", table.get(row)) + " |");
            if (row == 0) {
                lines.add("| --- " + "| ---: ".repeat(table.get(0).size() - 1) + "|");
            }
        }
        section(lines, "Goals", result.verdicts());
        section(lines, "Bottleneck", result.bottlenecks());
        lines.add("");
        lines.add("## Raw figures");
        lines.add("");
        lines.add("```");
        lines.addAll(result.raw());
        lines.add("```");
        return lines.stream().collect(Collectors.joining("\n", "", "\n"));
    }

    private static void section(List<String> lines, String title, List<String> entries) {
        if (!entries.isEmpty()) {
            lines.add("");
            lines.add("## " + title);
            lines.add("");
            entries.forEach(entry -> lines.add("- " + entry));
        }
    }

    private static String commit() throws IOException {
        String commit = output("git", "rev-parse", "--short", "HEAD");
        return output("git", "status", "--porcelain", "--untracked-files=no", "--", ".", ":!" + FOLDER)
                        .isEmpty()
                ? commit
                : commit + " with changes";
    }

    private static String output(String... command) throws IOException {
        Process process = new ProcessBuilder(command).start();
        return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
    }
}
