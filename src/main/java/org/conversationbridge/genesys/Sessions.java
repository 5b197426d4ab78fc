// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.genesys;

import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.conversationbridge.completion.AgentWork;

/**
 * What the sessions of one agent in an analytics conversation say together. Metrics are emitted when they complete and may
 * be repeated, so they are summed.
 */
final class Sessions {
    private static final Set<String> HANDLING = Set.of("interact", "hold", "wrapup", "dialing", "contacting");

    private Sessions() {}

    /** Those in which the agent worked on it; where it only rang, or he only listened, he did not. */
    static List<JsonObject> handled(List<JsonObject> sessions) {
        return sessions.stream()
                .filter(session -> handling(List.of(session)).findAny().isPresent())
                .toList();
    }

    /** When the agent began to work on it; the epoch where that is not told. */
    static Instant handledSince(List<JsonObject> sessions) {
        return handling(sessions)
                .map(Sessions::start)
                .min(Comparator.naturalOrder())
                .orElse(Instant.EPOCH);
    }

    /**
     * What the agent did; the handle time is derived where it is not told (yet).
     *
     * @param sessions those that were handled
     */
    static AgentWork work(String userId, List<JsonObject> sessions) {
        long talk = sum(sessions, "tTalk");
        long held = sum(sessions, "tHeld");
        long afterCallWork = sum(sessions, "tAcw");
        long handle = sum(sessions, "tHandle");
        return new AgentWork(
                userId,
                latest(sessions, "queueId").orElse(null),
                latest(sessions, "wrapUpCode").orElse(null),
                talk,
                held,
                afterCallWork,
                handle > 0 ? handle : talk + held + afterCallWork,
                sum(sessions, "tWait"));
    }

    /** The sum of a metric, in milliseconds; 0 where it is not there. */
    private static long sum(List<JsonObject> sessions, String metric) {
        return metrics(sessions, metric)
                .mapToLong(found -> found.millis("value"))
                .sum();
    }

    /** Whether a metric was emitted. */
    static boolean hasMetric(List<JsonObject> sessions, String metric) {
        return metrics(sessions, metric).findAny().isPresent();
    }

    /** The value of a field in the latest segment that has it. */
    private static Optional<String> latest(List<JsonObject> sessions, String field) {
        return segments(sessions)
                .filter(segment -> segment.text(field).isPresent())
                .max(Comparator.comparing(Sessions::start))
                .flatMap(segment -> segment.text(field));
    }

    /** All segments. */
    static Stream<JsonObject> segments(List<JsonObject> sessions) {
        return sessions.stream().flatMap(session -> session.objects("segments").stream());
    }

    private static Stream<JsonObject> handling(List<JsonObject> sessions) {
        return segments(sessions)
                .filter(segment -> HANDLING.contains(segment.text("segmentType").orElse("")));
    }

    private static Instant start(JsonObject segment) {
        return Objects.requireNonNullElse(segment.time("segmentStart"), Instant.EPOCH);
    }

    private static Stream<JsonObject> metrics(List<JsonObject> sessions, String name) {
        return sessions.stream()
                .flatMap(session -> session.objects("metrics").stream())
                .filter(found -> found.text("name").filter(name::equals).isPresent());
    }
}
