// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.routecheck;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.conversationbridge.expression.Mistake;

/** The route files as text, to find the line of a word that Camel refuses: it names the word, and seldom the line. */
public final class RouteTexts {
    private record Text(Path file, List<String> lines) {
        Optional<String> place(Pattern word) {
            return placeFrom(1, word);
        }

        Optional<String> placeFrom(int line, Pattern word) {
            return IntStream.range(Math.max(0, line - 1), lines.size())
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

    public RouteTexts(List<Path> files) {
        this.texts = files.stream().map(RouteTexts::read).toList();
    }

    /**
     * File and line of a word: in the file of the route first, then in the others; else the line of the route's id.
     *
     * @param routeId where the word is expected; may be empty
     * @param word as it stands in the file
     */
    public Optional<String> place(String routeId, String word) {
        List<Text> ofRoute = routeId.isEmpty()
                ? List.of()
                : texts.stream().filter(text -> text.holdsRoute(routeId)).toList();
        Optional<String> ofId = find(ofRoute, Pattern.compile("\\bid: \\S*" + Pattern.quote(routeId)));
        return word.isEmpty()
                ? ofId
                : find(ofRoute, whole(word)).or(() -> find(texts, whole(word))).or(() -> ofId);
    }

    /** File and line of a mistake, at its step or below it, and what it is. */
    public String explain(Mistake mistake) {
        return texts.stream()
                        .filter(text -> text.holdsRoute(mistake.routeId()))
                        .flatMap(text -> text.placeFrom(mistake.line(), whole(mistake.word())).stream())
                        .findFirst()
                        .or(() -> place(mistake.routeId(), mistake.word()))
                        .map(place -> place + ": ")
                        .orElse("")
                + mistake.sentence();
    }

    /** The same in one file, where Camel names it. */
    Optional<String> placeIn(Path file, String word) {
        return find(texts.stream().filter(text -> text.file().endsWith(file)).toList(), whole(word));
    }

    private static Pattern whole(String word) {
        return Pattern.compile("(?<![A-Za-z0-9])" + Pattern.quote(word) + "(?![A-Za-z0-9])");
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
