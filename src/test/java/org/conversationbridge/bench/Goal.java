// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.bench;

import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A bound of a figure: of a number ({@code program requests-per-conversation at-most 0.03}) or of a part of another
 * figure ({@code program rate-per-s at-least 0.5 of loop rate-per-s}).
 *
 * @param reference the figure of which {@code factor} is a part; empty for a number
 */
record Goal(Term figure, boolean isLowerBound, double factor, Optional<Term> reference) {
    private static final Pattern FORM =
            Pattern.compile("(\\S+) (\\S+) (at-least|at-most) ([0-9.]+)(?: of (\\S+) (\\S+))?");

    /** A figure of a case. */
    record Term(String of, String name) {
        Optional<Double> in(Map<String, Figures> medians) {
            return Optional.ofNullable(medians.get(of)).flatMap(figures -> figures.get(name));
        }

        @Override
        public String toString() {
            return of + " " + name;
        }
    }

    static Goal of(String text) {
        Matcher form = FORM.matcher(text);
        if (!form.matches()) {
            throw new IllegalArgumentException("not a goal: " + text);
        }
        return new Goal(
                new Term(form.group(1), form.group(2)),
                form.group(3).equals("at-least"),
                Double.parseDouble(form.group(4)),
                Optional.ofNullable(form.group(5)).map(of -> new Term(of, form.group(6))));
    }

    /** The figure, as a part of the reference where there is one; empty where one of them was not measured. */
    Optional<Double> measured(Map<String, Figures> medians) {
        return figure.in(medians)
                .flatMap(value -> reference.isEmpty()
                        ? Optional.of(value)
                        : reference.get().in(medians).filter(whole -> whole > 0).map(whole -> value / whole));
    }

    /** A line that says whether it is reached. */
    String verdict(Map<String, Figures> medians) {
        return measured(medians)
                .map(value -> this + ": " + Figures.text(value) + ", " + (isReached(value) ? "reached" : "not reached"))
                .orElse(this + ": not measured");
    }

    private boolean isReached(double value) {
        return isLowerBound ? value >= factor : value <= factor;
    }

    @Override
    public String toString() {
        return figure + " " + (isLowerBound ? "at least " : "at most ") + Figures.text(factor)
                + reference.map(term -> " of " + term).orElse("");
    }
}
