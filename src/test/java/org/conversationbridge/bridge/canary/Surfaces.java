// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.bridge.canary;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Every place that was searched, in order. */
final class Surfaces {
    private final List<Canary> canaries;
    private final List<Surface> searched = new ArrayList<>();

    Surfaces(List<Canary> canaries) {
        this.canaries = canaries;
    }

    /** The surface of this name. */
    synchronized Surface of(String name) {
        return searched.stream()
                .filter(surface -> surface.name().equals(name))
                .findFirst()
                .orElseGet(() -> {
                    Surface surface = new Surface(name, canaries);
                    searched.add(surface);
                    return surface;
                });
    }

    synchronized List<Surface> all() {
        return List.copyOf(searched);
    }

    List<String> names() {
        return all().stream().map(Surface::name).toList();
    }

    /** One line per surface. */
    String table() {
        StringBuilder table = new StringBuilder(line("surface", "texts", "characters", "secrets", "customer data"));
        for (Surface surface : all()) {
            table.append(line(
                    surface.name(),
                    surface.texts(),
                    surface.characters(),
                    surface.hits(Canary.Kind.SECRET),
                    surface.hits(Canary.Kind.CUSTOMER)));
        }
        return table.toString();
    }

    private static String line(Object... cells) {
        return String.format(Locale.ROOT, "%-44s %7s %12s %9s %14s%n", cells);
    }
}
