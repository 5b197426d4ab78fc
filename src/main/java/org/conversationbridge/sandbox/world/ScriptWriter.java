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

    /** How a conversation begins: what it is, and when it is offered to an agent, or he dials. */
    private record Opening(
            Instant start,
            String mediaType,
            boolean outbound,
            SandboxQueue queue,
            SandboxAgent first,
            Instant offered) {
        /** The queue that the first agent answers from. */
        private String queueId() {
            return outbound ? "" : queue.id();
        }
    }

    /** How it goes on; {@code until} somebody answers, or the customer leaves. */
    private record Course(Instant until, List<AgentLeg> legs, Optional<AgentLeg> consult, Optional<Span> closed) {}

    private final List<SandboxAgent> agents;
    private final List<SandboxQueue> queues;
    private final SplittableRandom random;
    private final LegWriter legs;
    private final boolean varied;

    /** @param varied as {@link WorldSettings} tells */
    ScriptWriter(
            List<SandboxAgent> agents,
            List<SandboxQueue> queues,
            Duration longest,
            SplittableRandom random,
            boolean varied) {
        this.agents = agents;
        this.queues = queues;
        this.random = random;
        this.legs = new LegWriter(longest, random);
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
        return write(start, anybody());
    }

    /** A conversation whose first agent is given; in a varied world it may ring in vain before, or be given up. */
    Script write(Instant start, SandboxAgent first) {
        String mediaType = MEDIA.get(random.nextInt(MEDIA.size()));
        boolean outbound = mediaType.equals("voice") && random.nextInt(8) == 0;
        SandboxQueue queue = queues.get(random.nextInt(queues.size()));
        Instant offered = start.plus(legs.share(0.02, outbound ? 0.03 : 0.25));
        List<AgentLeg> all = new ArrayList<>();
        if (varied && !outbound && random.nextInt(6) == 0) {
            AgentLeg missed =
                    legs.unanswered(anybody(), queue.id(), false, offered, offered.plus(legs.share(0.02, 0.05)));
            all.add(missed);
            offered = missed.doneAt().plus(legs.share(0.02, 0.08));
        }
        Opening opening = new Opening(start, mediaType, outbound, queue, first, offered);
        Course course = varied && isGivenUp(opening) ? givenUp(opening) : handled(opening);
        all.addAll(course.legs());
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
                outbound ? Optional.empty() : Optional.of(new Span(start, course.until())),
                all,
                course.consult(),
                course.closed());
    }

    /** Who calls or chats may lose patience; who is called may not answer. */
    private boolean isGivenUp(Opening opening) {
        boolean live =
                opening.mediaType().equals("voice") || opening.mediaType().equals("chat");
        return live && random.nextInt(opening.outbound() ? 4 : 8) == 0;
    }

    /** It rings at the customer in vain; or he leaves the queue, in every second case while it rings at an agent. */
    private Course givenUp(Opening opening) {
        Instant until = opening.offered().plus(legs.share(0.22, 0.4));
        boolean dials = opening.outbound();
        Instant from = dials ? opening.offered() : until.minus(legs.share(0.02, 0.08));
        List<AgentLeg> rung = dials || random.nextBoolean()
                ? List.of(legs.unanswered(opening.first(), opening.queueId(), dials, from, until))
                : List.of();
        return new Course(until, rung, Optional.empty(), Optional.empty());
    }

    private Course handled(Opening opening) {
        SandboxAgent first = opening.first();
        String mediaType = opening.mediaType();
        Instant offered = opening.offered();
        Instant answered = offered.plus(legs.share(0.02, 0.08));
        Instant left = answered.plus(legs.share(0.15, 0.4));
        AgentLeg one = legs.answered(
                first,
                opening.queueId(),
                opening.outbound(),
                offered,
                answered,
                left,
                millis(opening.start(), answered));
        if (varied && mediaType.equals("email") && random.nextInt(3) == 0) {
            Span closed = new Span(one.doneAt(), one.doneAt().plus(legs.share(1.5, 3)));
            List<AgentLeg> both = List.of(one, next(opening, closed.to()));
            return new Course(answered, both, Optional.empty(), Optional.of(closed));
        }
        if (varied && mediaType.equals("voice") && random.nextInt(5) == 0) {
            AgentLeg asked = legs.consulted(another(first), answered, left);
            return new Course(answered, List.of(one), Optional.of(asked), Optional.empty());
        }
        boolean transferred = agents.size() > 1 && random.nextInt(5) == 0;
        return new Course(
                answered,
                transferred ? List.of(one, next(opening, left)) : List.of(one),
                Optional.empty(),
                Optional.empty());
    }

    /** Another agent who gets it at an instant. */
    private AgentLeg next(Opening opening, Instant offered) {
        SandboxAgent agent = another(opening.first());
        Instant answered = offered.plus(legs.share(0.02, 0.06));
        Instant left = answered.plus(legs.share(0.05, 0.15));
        return legs.answered(agent, opening.queue().id(), false, offered, answered, left, millis(offered, answered));
    }

    private SandboxAgent anybody() {
        return agents.get(random.nextInt(agents.size()));
    }

    private SandboxAgent another(SandboxAgent agent) {
        SandboxAgent other = agents.get(random.nextInt(agents.size() - 1));
        return other.equals(agent) ? agents.get(agents.size() - 1) : other;
    }

    private static long millis(Instant from, Instant to) {
        return Duration.between(from, to).toMillis();
    }
}
