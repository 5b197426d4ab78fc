// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.bridge;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** The route files as text, to find the line of a word that Camel refuses: it names the word, and seldom the line. */
final class RouteTexts {
    private record Text(Path file, List<String> lines) {
        Optional<String> place(Pattern word) {
            return IntStream.range(0, lines.size())
                    .filter(i -> !lines.get(i).strip().startsWith("#"))
                    .filter(i -> word.matcher(lines.get(i)).find())
                    .mapToObj(i -> file + " line " + (i + 1))
                    .findFirst();
        }

        boolean holdsRoute(String id) {
            return place(Pattern.compile("\\bid: [\"']?" + Pattern.quote(id) + "[\"']?\\s*$"))
                    .isPresent();
        }
    }

    private final List<Text> texts;

    RouteTexts(List<Path> files) {
        this.texts = files.stream().map(RouteTexts::read).toList();
    }

    /**
     * File and line of a word: in the file of the route first, then in the others; else the line of the route's id.
     *
     * @param routeId where the word is expected; may be empty
     * @param word as it stands in the file
     */
    Optional<String> place(String routeId, String word) {
        Pattern whole = Pattern.compile("(?<![A-Za-z0-9])" + Pattern.quote(word) + "(?![A-Za-z0-9])");
        List<Text> ofRoute =
                texts.stream().filter(text -> text.holdsRoute(routeId)).toList();
        return Stream.of(
                        find(ofRoute, whole),
                        find(texts, whole),
                        find(ofRoute, Pattern.compile("\\bid: \\S*" + Pattern.quote(routeId))))
                .flatMap(Optional::stream)
                .findFirst();
    }

    /** The same in one file, where Camel names it. */
    Optional<String> placeIn(Path file, String word) {
        Pattern whole = Pattern.compile("(?<![A-Za-z0-9])" + Pattern.quote(word) + "(?![A-Za-z0-9])");
        return find(texts.stream().filter(text -> text.file().endsWith(file)).toList(), whole);
    }

    private static Optional<String> find(List<Text> texts, Pattern word) {
        return texts.stream().flatMap(text -> text.place(word).stream()).findFirst();
    }

    private static Text read(Path file) {
        try {
            return new Text(file, Files.readAllLines(file));
        } catch (IOException e) {
            return new Text(file, List.of());
        }
    }
}
