// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.canary;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;

/** A place where a text can be seen, and what was found in the texts seen there. Safe for many threads. */
final class Surface {
    private static final int AROUND = 1500;
    private static final int MOST_EXAMPLES = 20;

    private final String name;
    private final List<Canary> canaries;
    private final Map<Canary.Kind, Integer> hits = new EnumMap<>(Canary.Kind.class);
    private final Map<Canary.Kind, List<String>> examples = new EnumMap<>(Canary.Kind.class);
    private int entries;
    private long bytes;

    Surface(String name, List<Canary> canaries) {
        this.name = name;
        this.canaries = canaries;
    }

    /** Searches a text that was seen. */
    synchronized void add(String text) {
        entries++;
        bytes += text.getBytes(StandardCharsets.UTF_8).length;
        for (Canary canary : canaries) {
            Matcher matcher = canary.pattern().matcher(text);
            while (matcher.find()) {
                hits.merge(canary.kind(), 1, Integer::sum);
                List<String> found = examples.computeIfAbsent(canary.kind(), kind -> new ArrayList<>());
                if (found.size() < MOST_EXAMPLES) {
                    found.add(canary.name() + " on " + name + ": "
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

    synchronized int entries() {
        return entries;
    }

    synchronized long bytes() {
        return bytes;
    }

    synchronized int hits(Canary.Kind kind) {
        return hits.getOrDefault(kind, 0);
    }

    /** Some of what was found, with what stands around it. */
    synchronized List<String> examples(Canary.Kind kind) {
        return List.copyOf(examples.getOrDefault(kind, List.of()));
    }
}
