// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.sandbox.world;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * The whole life of one conversation, decided when it begins: what everybody in it does, and what is to be said of it
 * at each instant and in the end. Both are written side by side, the one does not follow from the other.
 *
 * @param number of the customer, for names and addresses
 * @param direction inbound or outbound
 * @param clockAhead milliseconds by which the clock that reports its start is ahead of the others
 * @param lives from start to end; more than one if it is opened again
 * @param moments what is to be said from an instant on
 * @param works what each agent did, in the order in which they began
 * @param outcome how it went, as a completion names it; the empty text if no word fits
 */
public record Story(
        String conversationId,
        Plan plan,
        int number,
        String direction,
        String divisionId,
        int clockAhead,
        List<Span> lives,
        List<Part> parts,
        TreeMap<Instant, Moment> moments,
        List<Work> works,
        String outcome) {

    public Story {
        lives = List.copyOf(lives);
        parts = List.copyOf(parts);
        moments = new TreeMap<>(moments);
        works = List.copyOf(works);
    }

    /** As the plan says, with those who work there. */
    public static Story of(Plan plan, List<SandboxAgent> agents, List<SandboxQueue> queues, Instant start) {
        return plan.kind().tell(new Telling(plan, agents, queues, start));
    }

    /** When it begins, by the clock that reports so. */
    public Instant start() {
        return lives.get(0).from().plusMillis(clockAhead);
    }

    /** When it ends for the last time. */
    public Instant end() {
        return lives.get(lives.size() - 1).to();
    }

    /** Whether it goes on at an instant. */
    public boolean isLive(Instant at) {
        return !at.isBefore(start()) && lives.stream().anyMatch(life -> life.contains(at));
    }

    /** When it ended as far as can be known at an instant; empty while it goes on. */
    public Optional<Instant> endedBy(Instant at) {
        return isLive(at)
                ? Optional.empty()
                : lives.stream().map(Span::to).filter(to -> !to.isAfter(at)).reduce((a, b) -> b);
    }

    /** What is to be said of it at an instant. */
    public Moment at(Instant at) {
        Map.Entry<Instant, Moment> last = moments.floorEntry(at);
        return last == null ? moments.firstEntry().getValue() : last.getValue();
    }

    /** What the agents have done by an instant at which it is over. */
    public List<Work> worksBy(Instant at) {
        return works.stream().filter(work -> !work.to().isAfter(at)).toList();
    }

    /** From when to when an agent has been there by an instant. */
    public Span presence(String userId, Instant by) {
        List<Span> spans = parts.stream()
                .filter(part -> part.userId().equals(userId))
                .flatMap(part -> part.sessions().stream())
                .flatMap(session -> session.segments().stream())
                .map(Segment::span)
                .filter(span -> span.hasBegun(by))
                .toList();
        Instant from = spans.stream().map(Span::from).min(Instant::compareTo).orElse(by);
        Instant to = spans.stream().map(Span::to).max(Instant::compareTo).orElse(by);
        return new Span(from, to.isAfter(by) ? by : to);
    }

    /** The name of a queue in which it waited. */
    public Optional<String> queueName(String queueId) {
        return parts.stream()
                .filter(part -> part.purpose().equals("acd") && part.queueId().equals(queueId))
                .map(Part::name)
                .findFirst();
    }

    /**
     * As it is reported once it was reprocessed: of every second one the last agent was done sooner, with another code.
     */
    public Story reprocessed() {
        return number % 2 == 1 ? this : Reprocessing.of(this);
    }

    /** Every instant at which something about it changes, in order. */
    public Stream<Instant> turns() {
        Stream<Span> segments = parts.stream()
                .flatMap(part -> part.sessions().stream())
                .flatMap(session -> session.segments().stream())
                .map(Segment::span);
        return Stream.concat(
                        moments.keySet().stream(),
                        Stream.concat(lives.stream(), segments).flatMap(span -> Stream.of(span.from(), span.to())))
                .distinct()
                .sorted();
    }
}
