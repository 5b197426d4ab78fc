// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.sandbox.world;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.TreeMap;

/**
 * The contact centre over time. Each of its lines carries one conversation after the other without a gap, so that the
 * number of active ones is the same at any time; before the start every agent finished some. Safe for many threads.
 */
public final class World {
    private static final Duration PAST = Duration.ofHours(2);
    private static final Duration KEPT = Duration.ofDays(1);

    private record Line(StoryWriter writer, List<Story> stories) {
        Story last() {
            return stories.get(stories.size() - 1);
        }
    }

    private final Clock clock;
    private final List<SandboxAgent> agents = new ArrayList<>();
    private final List<SandboxQueue> queues = new ArrayList<>();
    private final List<Line> lines = new ArrayList<>();
    private final Map<String, Story> past = new TreeMap<>();

    public World(WorldSettings settings, Clock clock) {
        this.clock = clock;
        SplittableRandom random = new SplittableRandom(settings.seed());
        for (int i = 1; i <= settings.agents(); i++) {
            agents.add(new SandboxAgent(Ids.uuid(random).toString(), "Agent " + i));
        }
        for (int i = 1; i <= settings.queues(); i++) {
            queues.add(new SandboxQueue(Ids.uuid(random).toString(), "Queue " + i));
        }
        Instant now = now();
        writePast(settings, random, now);
        for (int i = 0; i < settings.conversations(); i++) {
            lines.add(line(settings, random.split(), now));
        }
    }

    /** The instant now, in whole milliseconds. */
    public Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MILLIS);
    }

    /** Who works there. */
    public List<SandboxAgent> agents() {
        return List.copyOf(agents);
    }

    /** Where conversations wait. */
    public List<SandboxQueue> queues() {
        return List.copyOf(queues);
    }

    /** What agents choose from in their after-call work. */
    public List<SandboxWrapUpCode> wrapUpCodes() {
        return Ids.WRAP_UP_CODES;
    }

    /** The division of everything. */
    public String divisionId() {
        return Ids.DIVISION;
    }

    /** Every conversation that has begun by an instant, the oldest first. */
    public synchronized List<Story> begun(Instant at) {
        grow(at);
        List<Story> begun = new ArrayList<>(past.values());
        lines.forEach(line -> begun.addAll(line.stories()));
        begun.removeIf(story -> story.start().isAfter(at));
        begun.sort(Comparator.comparing(Story::start).thenComparing(Story::conversationId));
        return begun;
    }

    /** What changes after an instant and until another, in order. */
    public synchronized List<Turn> turns(Instant after, Instant until) {
        grow(until);
        return lines.stream()
                .flatMap(line -> line.stories().stream())
                .filter(story -> !story.end().isBefore(after) && !story.start().isAfter(until))
                .flatMap(story -> story.turns()
                        .filter(at -> at.isAfter(after) && !at.isAfter(until))
                        .map(at -> new Turn(story, at)))
                .sorted(Comparator.comparing(Turn::at))
                .toList();
    }

    /** The conversations that go on at an instant. */
    public List<Story> live(Instant at) {
        return begun(at).stream().filter(story -> story.isLive(at)).toList();
    }

    /** One conversation. */
    public Optional<Story> find(String conversationId) {
        return begun(now()).stream()
                .filter(story -> story.conversationId().equals(conversationId))
                .findFirst();
    }

    /** Lets every line go on until an instant, and forgets what is long over. */
    private void grow(Instant at) {
        for (Line line : lines) {
            while (line.last().end().isBefore(at) || line.last().end().equals(at)) {
                line.stories().add(line.writer().write(line.last().end()));
            }
            line.stories().removeIf(story -> story.end().plus(KEPT).isBefore(at));
        }
    }

    private void writePast(WorldSettings settings, SplittableRandom random, Instant now) {
        long step = PAST.toMillis() / (settings.historyPerAgent() + 1L);
        Duration longest =
                Duration.ofMillis(Math.min(step / 2, Duration.ofMinutes(10).toMillis()));
        for (SandboxAgent agent : agents) {
            StoryWriter writer = new StoryWriter(List.of(agent), queues, longest, random.split(), false);
            for (int i = 1; i <= settings.historyPerAgent(); i++) {
                Story story = writer.write(now.minusMillis(step * i + random.nextInt((int) (step / 4))));
                past.put(story.conversationId(), story);
            }
        }
    }

    /** A line whose first conversation is somewhere in its life now. */
    private Line line(WorldSettings settings, SplittableRandom random, Instant now) {
        StoryWriter writer = new StoryWriter(agents, queues, settings.longest(), random, settings.varied());
        Instant start = now.minusMillis(random.nextLong(settings.longest().toMillis() / 5));
        return new Line(writer, new ArrayList<>(List.of(writer.write(start))));
    }
}
