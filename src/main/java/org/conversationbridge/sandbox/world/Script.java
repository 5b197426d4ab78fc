// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.sandbox.world;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The whole life of one conversation, decided when it begins. An inbound one waits in a queue, an outbound one is dialled
 * by its first agent; each further agent gets it by a blind transfer, or after it was opened again.
 *
 * @param number of the customer, for names and addresses
 * @param waiting in the queue; empty for an outbound conversation
 * @param dialling until the customer answers; empty for an inbound one
 * @param legs the agents in order, at least one
 * @param consult an agent whom the first one asks for advice during the talk
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
        Optional<Span> dialling,
        List<AgentLeg> legs,
        Optional<AgentLeg> consult,
        Optional<Span> closed) {

    public Script {
        legs = List.copyOf(legs);
    }

    /** As it is told once it was reprocessed: of every second one the last agent was done sooner, with another code. */
    public Script reprocessed() {
        if (number % 2 == 1) {
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
                dialling,
                others,
                consult,
                closed);
    }

    /** When the customer leaves. */
    public Instant talkEnd() {
        return legs.get(legs.size() - 1).talk().to();
    }

    /** When the last agent is done. */
    public Instant end() {
        Instant end = start;
        for (AgentLeg leg : legs) {
            Instant done = leg.afterCallWork().to();
            end = done.isAfter(end) ? done : end;
        }
        return end;
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
        Stream<Span> more = Stream.concat(
                closed.stream(),
                consult.stream().flatMap(leg -> Stream.of(leg.alert(), leg.talk(), leg.afterCallWork())));
        return Stream.concat(turningPoints(), more.flatMap(span -> Stream.of(span.from(), span.to())))
                .distinct();
    }

    /** Every instant at which something about it changes. */
    public Stream<Instant> turningPoints() {
        Stream<Span> spans = Stream.concat(
                Stream.concat(waiting.stream(), dialling.stream()),
                legs.stream()
                        .flatMap(leg -> Stream.concat(
                                Stream.of(leg.alert(), leg.talk(), leg.afterCallWork()), leg.holds().stream())));
        return Stream.concat(Stream.of(start), spans.flatMap(span -> Stream.of(span.from(), span.to())));
    }
}
