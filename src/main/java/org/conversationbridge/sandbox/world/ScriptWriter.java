// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.sandbox.world;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.UUID;

/** Decides how conversations go. The same random numbers make the same conversations. */
final class ScriptWriter {
    static final List<SandboxWrapUpCode> WRAP_UP_CODES = List.of(
            new SandboxWrapUpCode("9a7c3d5e-2f41-4b8a-8c6d-1e0f2a3b4c01", "Sold"),
            new SandboxWrapUpCode("9a7c3d5e-2f41-4b8a-8c6d-1e0f2a3b4c02", "Claim opened"),
            new SandboxWrapUpCode("9a7c3d5e-2f41-4b8a-8c6d-1e0f2a3b4c03", "Call back"),
            new SandboxWrapUpCode("9a7c3d5e-2f41-4b8a-8c6d-1e0f2a3b4c04", "No interest"));
    static final String DIVISION = "e1d6f3a4-9b1c-4d7c-8b60-0c2c5d7e9f01";
    private static final List<String> MEDIA = List.of(
            "voice", "voice", "voice", "voice", "voice", "voice", "message", "message", "chat", "email", "callback");

    private final List<SandboxAgent> agents;
    private final List<SandboxQueue> queues;
    private final Duration longest;
    private final SplittableRandom random;
    private final boolean varied;

    /** @param varied with consultations and e-mails that are opened again */
    ScriptWriter(
            List<SandboxAgent> agents,
            List<SandboxQueue> queues,
            Duration longest,
            SplittableRandom random,
            boolean varied) {
        this.agents = agents;
        this.queues = queues;
        this.longest = longest;
        this.random = random;
        this.varied = varied;
    }

    static UUID uuid(SplittableRandom random) {
        long most = random.nextLong() & 0xFFFF_FFFF_FFFF_0FFFL | 0x4000L;
        long least = random.nextLong() & 0x3FFF_FFFF_FFFF_FFFFL | 0x8000_0000_0000_0000L;
        return new UUID(most, least);
    }

    /** Another wrap-up code, always the same one. */
    static String otherCode(String code) {
        List<String> ids = WRAP_UP_CODES.stream().map(SandboxWrapUpCode::id).toList();
        return ids.get((ids.indexOf(code) + 1) % ids.size());
    }

    /** A conversation that begins at an instant, with any agents. */
    Script write(Instant start) {
        return write(start, agents.get(random.nextInt(agents.size())));
    }

    /** A conversation whose first agent is given. */
    Script write(Instant start, SandboxAgent first) {
        String mediaType = MEDIA.get(random.nextInt(MEDIA.size()));
        boolean outbound = mediaType.equals("voice") && random.nextInt(8) == 0;
        SandboxQueue queue = queues.get(random.nextInt(queues.size()));
        Instant offered = start.plus(share(0.02, outbound ? 0.03 : 0.25));
        Instant answered = offered.plus(share(0.02, 0.08));
        Instant left = answered.plus(share(0.15, 0.4));
        List<AgentLeg> legs = new ArrayList<>();
        legs.add(leg(first, outbound ? "" : queue.id(), offered, answered, left, millis(start, answered)));
        Optional<AgentLeg> consult = Optional.empty();
        Optional<Span> closed = Optional.empty();
        if (varied && mediaType.equals("email") && random.nextInt(3) == 0) {
            Instant over = legs.get(0).afterCallWork().to();
            closed = Optional.of(new Span(over, over.plus(share(1.5, 3))));
            Instant opened = closed.get().to();
            SandboxAgent second = another(first);
            legs.add(
                    leg(second, queue.id(), opened, opened.plus(share(0.02, 0.04)), opened.plus(share(0.06, 0.15)), 0));
        } else if (varied && mediaType.equals("voice") && random.nextInt(5) == 0) {
            consult = Optional.of(consult(another(first), answered, left));
        } else if (agents.size() > 1 && random.nextInt(5) == 0) {
            SandboxAgent second = another(first);
            Instant answeredAgain = left.plus(share(0.02, 0.06));
            Instant leftAgain = answeredAgain.plus(share(0.05, 0.15));
            legs.add(leg(second, queue.id(), left, answeredAgain, leftAgain, millis(left, answeredAgain)));
        }
        return new Script(
                uuid(random).toString(),
                uuid(random).toString(),
                uuid(random).toString(),
                random.nextInt(10_000),
                mediaType,
                outbound ? "outbound" : "inbound",
                queue,
                DIVISION,
                start,
                outbound ? Optional.empty() : Optional.of(new Span(start, answered)),
                outbound ? Optional.of(new Span(offered, answered)) : Optional.empty(),
                legs,
                consult,
                closed);
    }

    private AgentLeg leg(
            SandboxAgent agent, String queueId, Instant offered, Instant answered, Instant left, long waitMs) {
        Instant done = left.plus(share(0.05, 0.15));
        return new AgentLeg(
                uuid(random).toString(),
                uuid(random).toString(),
                agent,
                queueId,
                new Span(offered, answered),
                new Span(answered, left),
                holds(answered, left),
                new Span(left, done),
                WRAP_UP_CODES.get(random.nextInt(WRAP_UP_CODES.size())).id(),
                waitMs);
    }

    /** In the middle of a talk; the agent who is asked is done when the talk ends. */
    private AgentLeg consult(SandboxAgent agent, Instant answered, Instant left) {
        Duration talk = Duration.between(answered, left);
        Instant joined = answered.plus(talk.dividedBy(3));
        Instant leaves = answered.plus(talk.dividedBy(2));
        return new AgentLeg(
                uuid(random).toString(),
                uuid(random).toString(),
                agent,
                "",
                new Span(answered.plus(talk.dividedBy(4)), joined),
                new Span(joined, leaves),
                List.of(),
                new Span(leaves, left),
                WRAP_UP_CODES.get(random.nextInt(WRAP_UP_CODES.size())).id(),
                0);
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

    private SandboxAgent another(SandboxAgent agent) {
        SandboxAgent other = agents.get(random.nextInt(agents.size() - 1));
        return other.equals(agent) ? agents.get(agents.size() - 1) : other;
    }

    private Duration share(double least, double most) {
        return Duration.ofMillis(1 + (long) (longest.toMillis() * (least + random.nextDouble() * (most - least))));
    }

    private static long millis(Instant from, Instant to) {
        return Duration.between(from, to).toMillis();
    }
}
