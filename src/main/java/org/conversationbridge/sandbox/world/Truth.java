// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.sandbox.world;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What is true in the contact centre at an instant, told from the scripts and not from any answer of the API. */
public final class Truth {
    /**
     * What an agent did in a conversation that has ended.
     *
     * @param wrapUpCode the empty text where he dialled and nobody answered
     */
    public record Finished(String conversationId, String wrapUpCode, long talkMs, long heldMs, long handleMs) {}

    /**
     * How a conversation stands.
     *
     * @param state queued, alerting, connected, held or wrapup
     * @param agentUserId who has it; the empty text for nobody
     * @param queueId where it waits, or where who has it got it from; the empty text for none
     */
    public record Standing(String state, String agentUserId, String queueId) {}

    private final World world;

    public Truth(World world) {
        this.world = world;
    }

    /**
     * Who may be told to have a conversation, when it was observed at some instant of a span: one for each state it was
     * in meanwhile; the empty text for nobody.
     */
    public List<String> agents(String conversationId, Span observed) {
        return world.find(conversationId).stream()
                .flatMap(script -> instants(script, observed).map(at -> agent(script, at)))
                .distinct()
                .toList();
    }

    /** How each conversation that goes on at an instant stands then, by its id. */
    public Map<String, Standing> standings(Instant at) {
        return world.live(at).stream()
                .collect(Collectors.toMap(Script::conversationId, script -> standing(script, at)));
    }

    /** What an agent finished within a window before an instant, newest first. */
    public List<Finished> finished(String userId, Instant at, Duration window) {
        Instant from = at.minus(window);
        return world.begun(at).stream()
                .filter(script -> !script.end().isAfter(at) && !script.end().isBefore(from))
                .filter(script -> !day(script.start()).isBefore(day(from)))
                .sorted(Comparator.comparing(Script::end).reversed())
                .flatMap(script -> script.agents().stream()
                        .filter(leg -> leg.isWork() && leg.agent().userId().equals(userId))
                        .map(leg -> finished(script.conversationId(), leg)))
                .toList();
    }

    private static Finished finished(String conversationId, AgentLeg leg) {
        return leg.handling()
                .map(work ->
                        new Finished(conversationId, work.wrapUpCode(), work.talkMs(), work.heldMs(), work.handleMs()))
                .orElseGet(() -> new Finished(conversationId, "", 0, 0, 0));
    }

    private static Stream<Instant> instants(Script script, Span observed) {
        return Stream.concat(
                Stream.of(observed.from(), observed.to()),
                script.turningPoints().filter(observed::contains));
    }

    private static String agent(Script script, Instant at) {
        return holder(script, at).map(leg -> leg.agent().userId()).orElse("");
    }

    private static Optional<AgentLeg> holder(Script script, Instant at) {
        return last(script, leg -> leg.talks(at))
                .or(() -> last(script, leg -> leg.alert().contains(at)))
                .or(() -> last(script, leg -> leg.wrapsUp(at)));
    }

    private static Standing standing(Script script, Instant at) {
        return holder(script, at)
                .map(leg -> new Standing(state(leg, at), leg.agent().userId(), leg.queueId()))
                .orElseGet(() -> new Standing(
                        "queued",
                        "",
                        script.waiting().isPresent() ? script.queue().id() : ""));
    }

    private static String state(AgentLeg leg, Instant at) {
        if (leg.talks(at)) {
            return leg.isHeld(at) ? "held" : "connected";
        }
        return leg.alert().contains(at) ? "alerting" : "wrapup";
    }

    private static Optional<AgentLeg> last(Script script, Predicate<AgentLeg> condition) {
        return script.legs().stream().filter(condition).reduce((first, second) -> second);
    }

    private static java.time.LocalDate day(Instant instant) {
        return instant.atOffset(ZoneOffset.UTC).toLocalDate();
    }
}
