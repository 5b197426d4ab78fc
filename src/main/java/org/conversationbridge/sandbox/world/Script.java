// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.sandbox.world;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The whole life of one conversation, decided when it begins. An inbound one waits in a queue and rings at agents until one
 * answers or the customer leaves; an outbound one is dialled by its first agent. Each further agent who answers gets it by
 * a blind transfer, or after it was opened again.
 *
 * @param number of the customer, for names and addresses
 * @param waiting in the queue; empty for an outbound conversation
 * @param legs the agents in order, also those at whom it rang in vain
 * @param consult an agent whom the first one who answered asks for advice during the talk
 * @param closed between two lives: it has ended, and is opened again at the end of this span
 */
public record Script(
        String conversationId,
        String customerParticipantId,
        String queueParticipantId,
        int number,
        String mediaType,
        String direction,
        SandboxQueue queue,
        String divisionId,
        Instant start,
        Optional<Span> waiting,
        List<AgentLeg> legs,
        Optional<AgentLeg> consult,
        Optional<Span> closed) {

    public Script {
        legs = List.copyOf(legs);
    }

    /** As it is told once it was reprocessed: of every second one the last agent was done sooner, with another code. */
    public Script reprocessed() {
        if (number % 2 == 1 || legs.isEmpty()) {
            return this;
        }
        List<AgentLeg> others = new ArrayList<>(legs);
        others.add(others.remove(legs.size() - 1).reprocessed());
        return new Script(
                conversationId,
                customerParticipantId,
                queueParticipantId,
                number,
                mediaType,
                direction,
                queue,
                divisionId,
                start,
                waiting,
                others,
                consult,
                closed);
    }

    /** How it goes: {@code handled}, {@code abandoned} or {@code unanswered}. */
    public String outcome() {
        if (answered().isPresent()) {
            return "handled";
        }
        return dialling().isPresent() ? "unanswered" : "abandoned";
    }

    /** The first agent who answers, or is answered. */
    public Optional<AgentLeg> answered() {
        return legs.stream().filter(leg -> leg.handling().isPresent()).findFirst();
    }

    /** Until the customer answers, or does not; empty for an inbound conversation. */
    public Optional<Span> dialling() {
        return legs.stream().filter(AgentLeg::dials).map(AgentLeg::alert).findFirst();
    }

    /** When the customer is there, once in each life; never where he does not answer. */
    public List<Span> presence() {
        if (outcome().equals("unanswered")) {
            return List.of();
        }
        Instant connected = dialling().map(Span::to).orElse(start);
        return closed.map(pause -> List.of(
                        new Span(connected, answered().orElseThrow().leftAt()), new Span(pause.to(), customerLeft())))
                .orElseGet(() -> List.of(new Span(connected, customerLeft())));
    }

    /** When the customer leaves, or is given up. */
    public Instant customerLeft() {
        Instant left = waiting.map(Span::to).orElse(start);
        for (AgentLeg leg : legs) {
            left = later(left, leg.leftAt());
        }
        return left;
    }

    /** When the last agent is done. */
    public Instant end() {
        Instant end = customerLeft();
        for (AgentLeg leg : legs) {
            end = later(end, leg.doneAt());
        }
        return end;
    }

    private static Instant later(Instant one, Instant other) {
        return other.isAfter(one) ? other : one;
    }

    /** Whether it goes on at an instant. */
    public boolean isLive(Instant at) {
        return new Span(start, end()).contains(at)
                && closed.filter(span -> span.contains(at)).isEmpty();
    }

    /** When it ended as far as can be known at an instant; empty while it goes on. */
    public Optional<Instant> endedBy(Instant at) {
        return Stream.concat(
                        closed.filter(span -> span.contains(at)).map(Span::from).stream(),
                        Stream.of(end()).filter(end -> !end.isAfter(at)))
                .findFirst();
    }

    /** Everybody who has a part in it. */
    public List<AgentLeg> agents() {
        return Stream.concat(legs.stream(), consult.stream()).toList();
    }

    /** Every instant at which something about it changes, those of a consultation and of a break between two lives too. */
    Stream<Instant> turns() {
        Stream<Span> more = Stream.concat(closed.stream(), consult.stream().flatMap(AgentLeg::spans));
        return Stream.concat(turningPoints(), more.flatMap(span -> Stream.of(span.from(), span.to())))
                .distinct();
    }

    /** Every instant at which something about it changes. */
    public Stream<Instant> turningPoints() {
        Stream<Span> spans = Stream.concat(waiting.stream(), legs.stream().flatMap(AgentLeg::spans));
        return Stream.concat(Stream.of(start), spans.flatMap(span -> Stream.of(span.from(), span.to())));
    }
}
