// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.judge;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.conversationbridge.sandbox.world.Span;
import org.conversationbridge.sandbox.world.Story;
import org.conversationbridge.sandbox.world.Truth.Standing;
import org.conversationbridge.sandbox.world.World;

/**
 * What is reported twice, judged against what happened. A message is a double when its {@code messageId} came before,
 * when it reports the same as the one before it of its conversation, or when it reports a standing from before the one
 * that was reported: however it is numbered, there is no way through the conversation's history on which it follows.
 * What was never true is not judged here.
 */
public final class Doubles {
    /** By how much the time at which something was observed may lie before the time at which it happened. */
    private static final Duration MARGIN = Duration.ofSeconds(2);

    /**
     * A message that is a double.
     *
     * @param why in words
     */
    public record Double(String conversationId, String why) {}

    /**
     * What was to be said of a conversation from an instant on.
     *
     * @param standing its end has neither agent nor queue
     */
    public record Turn(Instant at, Standing standing) {}

    private static final Standing OVER = new Standing("ended", "", "");

    private final Map<String, List<Turn>> courses;

    /** @param courses the turns of each conversation, in order */
    public Doubles(Map<String, List<Turn>> courses) {
        this.courses = Map.copyOf(courses);
    }

    /** Against the stories of a world that have begun. */
    public static Doubles against(World world) {
        Map<String, List<Turn>> courses = new HashMap<>();
        world.begun(world.now()).forEach(story -> courses.put(story.conversationId(), course(story)));
        return new Doubles(courses);
    }

    /** Whether it is known what happened to a conversation. */
    public boolean knows(String conversationId) {
        return courses.containsKey(conversationId);
    }

    /** The doubles among messages in the order in which they arrived. */
    public List<Double> among(List<Told> messages) {
        List<Double> doubles = new ArrayList<>();
        Set<String> ids = new HashSet<>();
        Map<String, Told> last = new HashMap<>();
        Map<String, Integer> reached = new HashMap<>();
        for (Told message : messages) {
            String id = message.conversationId();
            Told before = last.put(id, message);
            int turn = reached.getOrDefault(id, 0);
            if (!ids.add(message.messageId())) {
                doubles.add(new Double(id, "its id came before: " + message));
            } else if (before != null && before.content().equals(message.content())) {
                doubles.add(new Double(id, "tells the same as the one before: " + message));
            } else if (!message.isStale()) {
                Optional<Integer> next = from(turn, message);
                if (next.isEmpty() && from(0, message).isPresent()) {
                    doubles.add(new Double(id, "tells what was before " + before + ": " + message));
                }
                next.ifPresent(index -> reached.put(id, index));
            }
        }
        return doubles;
    }

    /** The first turn from an index on that had happened and that a message reports. */
    private Optional<Integer> from(int index, Told message) {
        List<Turn> course = courses.getOrDefault(message.conversationId(), List.of());
        Instant observed = Instant.parse(message.observedAt()).plus(MARGIN);
        for (int i = index; i < course.size() && !course.get(i).at().isAfter(observed); i++) {
            Standing standing = course.get(i).standing();
            if (message.isEnd() ? standing.equals(OVER) : standing.equals(message.standing())) {
                return Optional.of(i);
            }
        }
        return Optional.empty();
    }

    private static List<Turn> course(Story story) {
        TreeMap<Instant, Standing> turns = new TreeMap<>();
        story.moments()
                .forEach((at, moment) ->
                        turns.put(at, new Standing(moment.state(), moment.agentUserId(), moment.queueId())));
        for (Span life : story.lives()) {
            turns.put(life.to(), OVER);
        }
        List<Turn> course = new ArrayList<>();
        turns.forEach((at, standing) -> course.add(new Turn(at, standing)));
        return course;
    }
}
