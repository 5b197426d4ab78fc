// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.bench;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.ToDoubleFunction;

/**
 * What was measured of one run, by name; a name ends with its unit. What could not be measured is absent.
 *
 * @param values in the order in which they are shown
 */
record Figures(Map<String, Double> values) {

    Figures() {
        this(new LinkedHashMap<>());
    }

    Figures put(String name, double value) {
        values.put(name, value);
        return this;
    }

    Figures put(String name, Optional<Double> value) {
        value.ifPresent(known -> values.put(name, known));
        return this;
    }

    Optional<Double> get(String name) {
        return Optional.ofNullable(values.get(name));
    }

    /** The median of each. */
    static Figures medians(List<Figures> runs) {
        return each(runs, Figures::median);
    }

    /** The mean of each: of polls, some of which pay for others as well. */
    static Figures means(List<Figures> polls) {
        return each(
                polls,
                values -> values.stream().mapToDouble(Double::doubleValue).sum() / values.size());
    }

    private static Figures each(List<Figures> all, ToDoubleFunction<List<Double>> function) {
        Figures figures = new Figures();
        for (String name : names(all)) {
            figures.put(
                    name,
                    function.applyAsDouble(
                            all.stream().flatMap(one -> one.get(name).stream()).toList()));
        }
        return figures;
    }

    /** Of an even number the mean of the two in the middle. */
    static double median(List<Double> values) {
        List<Double> sorted = values.stream().sorted().toList();
        int middle = sorted.size() / 2;
        return sorted.size() % 2 == 1 ? sorted.get(middle) : (sorted.get(middle - 1) + sorted.get(middle)) / 2;
    }

    /** The names that occur, each once, in order. */
    static List<String> names(List<Figures> all) {
        LinkedHashMap<String, Boolean> names = new LinkedHashMap<>();
        all.forEach(figures -> figures.values().keySet().forEach(name -> names.put(name, true)));
        return List.copyOf(names.keySet());
    }

    /** For programs that read it. */
    static String plain(double value) {
        return value == Math.rint(value) ? Long.toString(Math.round(value)) : String.format(Locale.ROOT, "%.4g", value);
    }

    /** With enough digits to compare, and no more. */
    static String text(double value) {
        if (value == Math.rint(value) || Math.abs(value) >= 100) {
            return String.format(Locale.ROOT, "%,d", Math.round(value));
        }
        return Math.abs(value) >= 10
                ? String.format(Locale.ROOT, "%.1f", value)
                : Math.abs(value) >= 1
                        ? String.format(Locale.ROOT, "%.2f", value)
                        : String.format(Locale.ROOT, "%.3f", value);
    }
}
