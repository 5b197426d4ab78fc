// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.sandbox.world;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;

/** Decides how conversations go. The same random numbers make the same conversations. */
final class StoryWriter {
    private static final List<String> MEDIA =
            List.of("voice", "voice", "voice", "voice", "voice", "voice", "message", "message", "chat", "email");
    private static final int STEPS = 40;

    private final List<SandboxAgent> agents;
    private final List<SandboxQueue> queues;
    private final Duration longest;
    private final SplittableRandom random;
    private final boolean varied;

    /** @param varied as {@link WorldSettings} says */
    StoryWriter(
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

    /** A conversation that begins at an instant. */
    Story write(Instant start) {
        Kind kind = kind();
        String mediaType = MEDIA.get(random.nextInt(MEDIA.size()));
        if (!kind.media().contains(mediaType)) {
            mediaType = kind.media().stream().sorted().findFirst().orElseThrow();
        }
        return Story.of(new Plan(kind, mediaType, twists(), steps(), random.nextLong()), agents, queues, start);
    }

    private Kind kind() {
        List<Kind> possible = new ArrayList<>(varied ? List.of(Kind.values()) : List.of());
        for (int i = 0; i < (varied ? 20 : 8); i++) {
            possible.add(Kind.ANSWERED);
        }
        possible.addAll(List.of(Kind.OUTBOUND, Kind.TRANSFER_TO_QUEUE, Kind.CALLBACK));
        possible.removeIf(kind -> kind.agents() > agents.size());
        return possible.get(random.nextInt(possible.size()));
    }

    private Set<Twist> twists() {
        Set<Twist> twists = EnumSet.noneOf(Twist.class);
        add(twists, Twist.HOLD, 3);
        if (varied) {
            add(twists, Twist.ACCOMPANIED, 8);
            add(twists, Twist.FLOW_FIRST, 4);
            add(twists, Twist.NO_WRAP_UP, 8);
            add(twists, Twist.OTHER_CLOCK, 8);
            add(twists, Twist.SECOND_LEG, 2);
            add(twists, Twist.NO_HANDLE_TIME, 2);
            add(twists, Twist.GONE_BEFORE_WRAP_UP, 4);
        }
        if (varied && agents.size() > 3) {
            add(twists, Twist.NOT_ANSWERED, 6);
        }
        if (varied && agents.size() > 4) {
            add(twists, Twist.SCREEN_WATCHED, 12);
        }
        return twists;
    }

    private void add(Set<Twist> twists, Twist twist, int oneOf) {
        if (random.nextInt(oneOf) == 0) {
            twists.add(twist);
        }
    }

    /** Between a fiftieth and an eighth of about the longest conversation. */
    private List<Integer> steps() {
        List<Integer> steps = new ArrayList<>();
        for (int i = 0; i < STEPS; i++) {
            steps.add(1 + (int) (longest.toMillis() * (0.02 + random.nextDouble() * 0.1)));
        }
        return steps;
    }
}
