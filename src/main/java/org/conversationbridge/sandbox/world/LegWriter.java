// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.sandbox.world;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;

/** Decides what an agent does in a conversation. */
final class LegWriter {
    private final Duration longest;
    private final SplittableRandom random;

    LegWriter(Duration longest, SplittableRandom random) {
        this.longest = longest;
        this.random = random;
    }

    /** One that is answered. */
    AgentLeg answered(
            SandboxAgent agent,
            String queueId,
            boolean dials,
            Instant offered,
            Instant answered,
            Instant left,
            long waitMs) {
        Instant done = left.plus(share(0.05, 0.15));
        return new AgentLeg(
                id(),
                id(),
                agent,
                queueId,
                dials,
                new Span(offered, answered),
                Optional.of(new Handling(
                        new Span(answered, left), holds(answered, left), new Span(left, done), anyCode(), waitMs)));
    }

    /** One that is not. */
    AgentLeg unanswered(SandboxAgent agent, String queueId, boolean dials, Instant from, Instant to) {
        return new AgentLeg(id(), id(), agent, queueId, dials, new Span(from, to), Optional.empty());
    }

    /** In the middle of a talk; the agent who is asked is done when the talk ends. */
    AgentLeg consulted(SandboxAgent agent, Instant answered, Instant left) {
        Duration talk = Duration.between(answered, left);
        Instant joined = answered.plus(talk.dividedBy(3));
        Instant leaves = answered.plus(talk.dividedBy(2));
        return new AgentLeg(
                id(),
                id(),
                agent,
                "",
                false,
                new Span(answered.plus(talk.dividedBy(4)), joined),
                Optional.of(new Handling(new Span(joined, leaves), List.of(), new Span(leaves, left), anyCode(), 0)));
    }

    /** Between two shares of about the longest conversation. */
    Duration share(double least, double most) {
        return Duration.ofMillis(1 + (long) (longest.toMillis() * (least + random.nextDouble() * (most - least))));
    }

    /** One or two holds in every third talk. */
    private List<Span> holds(Instant from, Instant to) {
        if (random.nextInt(3) != 0) {
            return List.of();
        }
        long sixth = Duration.between(from, to).dividedBy(6).toMillis();
        Span first = new Span(from.plusMillis(sixth), from.plusMillis(2 * sixth));
        Span second = new Span(from.plusMillis(4 * sixth), from.plusMillis(5 * sixth));
        return random.nextBoolean() ? List.of(first) : List.of(first, second);
    }

    private String anyCode() {
        return ScriptWriter.WRAP_UP_CODES
                .get(random.nextInt(ScriptWriter.WRAP_UP_CODES.size()))
                .id();
    }

    private String id() {
        return ScriptWriter.uuid(random).toString();
    }
}
