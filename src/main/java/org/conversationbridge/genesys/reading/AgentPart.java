// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.genesys.reading;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What one agent had to do with a conversation. The one place that decides who took part, for the history as for the
 * completion: an agent or user of whose sessions one {@link Session#isWork() is work}.
 *
 * @param sessions all that count
 * @param handled those in which the agent worked on it; empty if they did not take part
 */
record AgentPart(String userId, List<Session> sessions, List<Session> handled) {
    /** Of each agent, once however often they came; in the order in which they first worked on it. */
    static List<AgentPart> of(List<Participation> participants) {
        Map<String, List<Session>> byUser = new LinkedHashMap<>();
        participants.forEach(participant -> participant
                .userId()
                .ifPresent(userId ->
                        byUser.computeIfAbsent(userId, id -> new ArrayList<>()).addAll(participant.sessions())));
        return byUser.entrySet().stream()
                .map(own -> new AgentPart(
                        own.getKey(),
                        own.getValue(),
                        own.getValue().stream().filter(Session::isWork).toList()))
                .sorted(Comparator.comparing(AgentPart::since))
                .toList();
    }

    /** What the agent did at different times, in order: sessions that go on at once are one piece of work. */
    List<AgentPart> pieces() {
        List<Stretch> times = Stretch.merged(
                handled.stream().flatMap(session -> session.span().stream()).toList());
        if (times.size() < 2
                || handled.stream().anyMatch(session -> session.span().isEmpty())) {
            return List.of(this);
        }
        return times.stream()
                .map(time -> new AgentPart(
                        userId,
                        sessions,
                        handled.stream()
                                .filter(session ->
                                        session.span().filter(time::contains).isPresent())
                                .toList()))
                .filter(AgentPart::tookPart)
                .toList();
    }

    boolean tookPart() {
        return !handled.isEmpty();
    }

    /** When the agent began to work on it; the epoch if that is not known. */
    Instant since() {
        return since(handled);
    }

    static Instant since(List<Session> sessions) {
        return sessions.stream()
                .flatMap(session -> session.stretches(Session.HANDLING).stream())
                .map(Stretch::from)
                .min(Comparator.naturalOrder())
                .orElse(Instant.EPOCH);
    }

    /**
     * When the agent was done, wrap-up included: the conversation's end where a segment is open, or none has an end.
     */
    Instant endedAt(Instant conversationEnd) {
        List<@Nullable Instant> ends =
                segments().map(segment -> segment.time("segmentEnd")).toList();
        return ends.contains(null)
                ? conversationEnd
                : ends.stream()
                        .filter(Objects::nonNull)
                        .max(Comparator.naturalOrder())
                        .orElse(conversationEnd);
    }

    /** The value of a field in the latest segment that has it. */
    Optional<String> latest(String field) {
        return segments()
                .filter(segment -> segment.text(field).isPresent())
                .max(Comparator.comparing(Session::start))
                .flatMap(segment -> segment.text(field));
    }

    private Stream<JsonObject> segments() {
        return handled.stream().flatMap(session -> session.segments().stream());
    }
}
