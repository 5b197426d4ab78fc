// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.sandbox.world;

import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What is true in the contact centre at an instant, derived from the stories and not from any answer of the API. */
public final class Truth {
    /**
     * What an agent did in a conversation that has ended.
     *
     * @param wrapUpCode the empty text if none was chosen
     */
    public record Finished(String conversationId, String wrapUpCode, long talkMs, long heldMs, long handleMs) {}

    /**
     * How a conversation stands.
     *
     * @param state as messages name it
     * @param agentUserId who has it; the empty text for none
     * @param queueId where it waits, or where who has it got it from; the empty text for none
     */
    public record Standing(String state, String agentUserId, String queueId) {}

    private final World world;

    public Truth(World world) {
        this.world = world;
    }

    /**
     * Who may be reported to have a conversation, when it was observed at some instant of a span: one for each state
     * it was in meanwhile; the empty text for none.
     */
    public List<String> agents(String conversationId, Span observed) {
        return world.find(conversationId).stream()
                .flatMap(story ->
                        instants(story, observed).map(at -> story.at(at).agentUserId()))
                .distinct()
                .toList();
    }

    /** How each conversation that goes on at an instant stands then, by its id. */
    public Map<String, Standing> standings(Instant at) {
        return world.live(at).stream()
                .collect(Collectors.toMap(Story::conversationId, story -> standing(story.at(at))));
    }

    /**
     * What an agent finished within a window before an instant, newest first: what belongs to conversations that are
     * over, by the end of the agent's own part.
     */
    public List<Finished> finished(String userId, Instant at, Duration window) {
        Instant from = at.minus(window);
        record Told(Story story, Work work) {}
        return world.begun(at).stream()
                .filter(story -> story.endedBy(at).isPresent())
                .flatMap(story -> story.worksBy(at).stream().map(work -> new Told(story, work)))
                .filter(told ->
                        told.work().userId().equals(userId) && !told.work().to().isBefore(from))
                .sorted(Comparator.comparing((Told told) -> told.work().to()).reversed())
                .map(told -> finished(told.story().conversationId(), told.work()))
                .toList();
    }

    private static Finished finished(String conversationId, Work work) {
        return new Finished(conversationId, work.wrapUpCode(), work.talkMs(), work.heldMs(), work.handleMs());
    }

    private static Stream<Instant> instants(Story story, Span observed) {
        return Stream.concat(
                Stream.of(observed.from(), observed.to()), story.turns().filter(observed::contains));
    }

    private static Standing standing(Moment moment) {
        return new Standing(moment.state(), moment.agentUserId(), moment.queueId());
    }
}
