// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.genesys.reading;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What somebody does in one medium, step after step: {@code ring@10 talk@12 hold@40 acw@60 done@90} with the second at
 * which each step begins. A step lasts until the next; {@code done} ends the last.
 */
record Timeline(List<Step> steps) {
    private static final Instant START = Instant.parse("2026-11-20T10:00:00Z");
    private static final Set<String> UNANSWERED = Set.of("ring", "dial", "schedule");

    record Step(String activity, int second) {
        String time() {
            return Timeline.time(second);
        }
    }

    static Timeline of(String text) {
        return new Timeline(Stream.of(text.split(" "))
                .map(step -> step.split("@"))
                .map(step -> new Step(step[0], Integer.parseInt(step[1])))
                .toList());
    }

    static String time(int second) {
        return START.plusSeconds(second).toString();
    }

    String now() {
        return steps.get(steps.size() - 1).activity();
    }

    boolean isDone() {
        return now().equals("done");
    }

    Step begin() {
        return steps.get(0);
    }

    @Nullable
    Step answered() {
        return first(step -> !UNANSWERED.contains(step.activity()) && !isOver(step));
    }

    @Nullable
    Step over() {
        return first(Timeline::isOver);
    }

    @Nullable
    Step step(String activity) {
        return first(step -> step.activity().equals(activity));
    }

    Optional<Step> after(Step step) {
        int next = steps.indexOf(step) + 1;
        return next < steps.size() ? Optional.of(steps.get(next)) : Optional.empty();
    }

    private @Nullable Step first(Predicate<Step> condition) {
        return steps.stream().filter(condition).findFirst().orElse(null);
    }

    private static boolean isOver(Step step) {
        return step.activity().equals("acw") || step.activity().equals("done");
    }
}
