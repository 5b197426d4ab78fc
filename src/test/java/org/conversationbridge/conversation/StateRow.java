// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.conversation;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** A row of the table in {@code docs/states.md}. */
public record StateRow(String situation, String state, String meaning, String inAnalytics, String inListing) {
    private static final Path PAGE = Path.of("docs/states.md");

    /** All rows, in their order. */
    public static List<StateRow> all() throws IOException {
        return Files.readAllLines(PAGE).stream()
                .filter(line -> line.startsWith("| `"))
                .map(StateRow::of)
                .toList();
    }

    private static StateRow of(String line) {
        List<String> cells =
                Stream.of(line.split("\\|")).skip(1).map(String::strip).toList();
        return new StateRow(
                cells.get(0).replace("`", ""), cells.get(1).replace("`", ""), cells.get(2), cells.get(3), cells.get(4));
    }
}
