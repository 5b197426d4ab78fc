// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.bridge.canary;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;

/** A place where a text can be seen, and what was found in the texts seen there. Safe for many threads. */
final class Surface {
    private static final int AROUND = 200;
    private static final int MOST_EXAMPLES = 5;

    private final String name;
    private final List<Canary> canaries;
    private final Map<String, Integer> hits = new TreeMap<>();
    private final List<String> examples = new ArrayList<>();
    private int texts;
    private long characters;

    Surface(String name, List<Canary> canaries) {
        this.name = name;
        this.canaries = canaries;
    }

    /** Searches a text that was seen. */
    synchronized void add(String text) {
        texts++;
        characters += text.length();
        String plain = text.replace("\\", "");
        for (Canary canary : canaries) {
            if (!canary.isPossibleIn(plain)) {
                continue;
            }
            Matcher matcher = canary.pattern().matcher(text);
            while (matcher.find()) {
                if (hits.merge(canary.name(), 1, Integer::sum) <= MOST_EXAMPLES) {
                    examples.add(canary.name() + ": "
                            + text.substring(
                                    Math.max(0, matcher.start() - AROUND),
                                    Math.min(text.length(), matcher.end() + AROUND)));
                }
            }
        }
    }

    String name() {
        return name;
    }

    synchronized int texts() {
        return texts;
    }

    synchronized long characters() {
        return characters;
    }

    /** How often each canary was found that was found at all, by its name. */
    synchronized Map<String, Integer> hits() {
        return Map.copyOf(hits);
    }

    /** How many canaries of a kind were found. */
    synchronized int hits(Canary.Kind kind) {
        return canaries.stream()
                .filter(canary -> canary.kind() == kind)
                .mapToInt(canary -> hits.getOrDefault(canary.name(), 0))
                .sum();
    }

    /** Some of what was found, with what stands around it. */
    synchronized List<String> examples() {
        return List.copyOf(examples);
    }
}
