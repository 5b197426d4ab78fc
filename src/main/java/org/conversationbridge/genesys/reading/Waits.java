// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.genesys.reading;

import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.ToLongFunction;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What the customer waited for each agent, in milliseconds. Source: documents of the Platform API have {@code
 * tAnswered} on the session of the agent who answered, and {@code tAcd} on that of the queue; {@code tWait}, a metric
 * of the aggregates query, is there rarely.
 */
final class Waits {
    /** Two parts of the platform report the same moment. */
    private static final long SAME_MOMENT_MILLIS = 1_000;

    /** When an agent answered from a queue, or a queue was entered. */
    private record Entry(Session session, String queueId, Instant at) {}

    private final List<Entry> answers;
    private final List<Entry> queues;

    Waits(List<Participation> participants, List<AgentPart> parts) {
        this.answers = parts.stream()
                .flatMap(part -> part.handled().stream())
                .flatMap(session -> entry(session, AgentPart.since(List.of(session))).stream())
                .toList();
        this.queues = participants.stream()
                .filter(Participation::isQueue)
                .flatMap(queue -> queue.sessions().stream())
                .flatMap(session -> entry(session, session.start()).stream())
                .toList();
    }

    /** Null if nothing says it, as for an agent who came from no queue. */
    @Nullable
    Long of(AgentPart part) {
        return Stream.of("tAnswered", "tWait")
                .map(metric -> waited(part.handled(), metric))
                .flatMap(Optional::stream)
                .findFirst()
                .or(() -> inQueue(part))
                .orElse(null);
    }

    /** Of sessions that go on at once, as a callback and its call, one wait. */
    private static Optional<Long> waited(List<Session> sessions, String metric) {
        List<Session> emitting =
                sessions.stream().filter(session -> session.emits(metric)).toList();
        if (emitting.isEmpty()) {
            return Optional.empty();
        }
        ToLongFunction<Session> value = session -> session.sum(metric);
        long untimed = emitting.stream()
                .filter(session -> session.span().isEmpty())
                .mapToLong(value)
                .sum();
        List<Stretch> apart = Stretch.merged(
                emitting.stream().flatMap(session -> session.span().stream()).toList());
        return Optional.of(untimed
                + apart.stream()
                        .mapToLong(stretch -> emitting.stream()
                                .filter(session ->
                                        session.span().filter(stretch::contains).isPresent())
                                .mapToLong(value)
                                .max()
                                .orElse(0))
                        .sum());
    }

    /** The wait in the queue that led to the agent: the last there before they answered, unless another answered it. */
    private Optional<Long> inQueue(AgentPart part) {
        return answers.stream()
                .filter(answer -> part.handled().contains(answer.session()))
                .min(Comparator.comparing(Entry::at))
                .flatMap(this::queueOf)
                .map(queue -> queue.session().find("tAcd"))
                .filter(OptionalLong::isPresent)
                .map(OptionalLong::getAsLong);
    }

    private Optional<Entry> queueOf(Entry answer) {
        return queues.stream()
                .filter(queue -> queue.queueId().equals(answer.queueId()))
                .filter(queue -> !queue.at().isAfter(answer.at().plusMillis(SAME_MOMENT_MILLIS)))
                .max(Comparator.comparing(Entry::at))
                .filter(queue -> answers.stream()
                        .filter(other -> other.queueId().equals(answer.queueId()))
                        .noneMatch(other ->
                                other.at().isAfter(queue.at()) && other.at().isBefore(answer.at())));
    }

    private static Optional<Entry> entry(Session session, Instant at) {
        return session.segments().stream()
                .filter(segment -> segment.text("queueId").isPresent())
                .min(Comparator.comparing(Session::start))
                .flatMap(segment -> segment.text("queueId"))
                .map(queueId -> new Entry(session, queueId, at));
    }
}
