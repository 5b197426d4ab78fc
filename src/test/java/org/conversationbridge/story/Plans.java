// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.story;

import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import org.conversationbridge.sandbox.world.Kind;
import org.conversationbridge.sandbox.world.Plan;
import org.conversationbridge.sandbox.world.SandboxAgent;
import org.conversationbridge.sandbox.world.SandboxQueue;
import org.conversationbridge.sandbox.world.Story;
import org.conversationbridge.sandbox.world.Twist;

/** Any stories. They shrink to the first kind that fails, without twists, in steps of a second. */
public final class Plans {
    private static final int MOST_TWISTS = 4;
    private static final int MOST_STEPS = 12;
    private static final int SHORTEST = 1_000;
    private static final int LONGEST = 600_000;
    private static final Instant BEGIN = Instant.parse("2026-11-20T22:40:00Z");
    private static final List<SandboxAgent> AGENTS = IntStream.rangeClosed(1, 6)
            .mapToObj(i -> new SandboxAgent("000000b1-0000-4000-8000-00000000000" + i, "Agent " + i))
            .toList();
    private static final List<SandboxQueue> QUEUES = IntStream.rangeClosed(1, 3)
            .mapToObj(i -> new SandboxQueue("7c0a54d2-3b7e-4b0f-9a38-6f8f4f1d2e1" + i, "Queue " + i))
            .toList();

    private Plans() {}

    /** Plans of some kinds; of all where none is given. */
    public static Arbitrary<Plan> of(Kind... kinds) {
        return Arbitraries.of(kinds.length == 0 ? Kind.values() : kinds).flatMap(Plans::of);
    }

    private static Arbitrary<Plan> of(Kind kind) {
        return Combinators.combine(
                        Arbitraries.of(kind.media().stream().sorted().toList()),
                        Arbitraries.of(Twist.class).set().ofMaxSize(MOST_TWISTS),
                        Arbitraries.integers()
                                .between(SHORTEST, LONGEST)
                                .shrinkTowards(SHORTEST)
                                .list()
                                .ofMinSize(1)
                                .ofMaxSize(MOST_STEPS),
                        Arbitraries.longs())
                .as((mediaType, twists, steps, seed) -> new Plan(kind, mediaType, twists, steps, seed));
    }

    /** The story of a plan. */
    public static Story story(Plan plan) {
        return Story.of(plan, AGENTS, QUEUES, BEGIN);
    }
}
