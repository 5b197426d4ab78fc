// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.sandbox.world;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A session while the story is being written. Which session carries a metric: what a participant did is on their own,
 * what a queue measured (offered, waited, left) on the queue's, and {@code tAnswered} on that of the agent who
 * answered. Sources: the details of conversations that the vendor published with its blueprints; {@code
 * AnalyticsSession.metrics}.
 */
final class Leg {
    private static final Map<String, String> MEASURED = Map.ofEntries(
            Map.entry("alert", "tAlert"),
            Map.entry("barging", "tBarging"),
            Map.entry("coaching", "tCoaching"),
            Map.entry("contacting", "tContacting"),
            Map.entry("dialing", "tDialing"),
            Map.entry("hold", "tHeld"),
            Map.entry("interact", "tTalk"),
            Map.entry("ivr", "tIvr"),
            Map.entry("monitoring", "tMonitoring"),
            Map.entry("voicemail", "tVoicemail"),
            Map.entry("wrapup", "tAcw"));

    private final Telling telling;
    private final Actor actor;
    private final String id;
    private final String queueId;
    private final String mediaType;
    private final String direction;
    private final List<Segment> segments = new ArrayList<>();
    private final List<Metric> metrics = new ArrayList<>();
    private final Map<String, String> marks = new HashMap<>();
    private final Instant begun;
    private String type = "";
    private Instant since;
    private boolean conference;
    private boolean measured = true;

    Leg(Telling telling, Actor actor, String queueId, String mediaType, String direction) {
        this.telling = telling;
        this.actor = actor;
        this.id = telling.id();
        this.queueId = queueId;
        this.mediaType = mediaType;
        this.direction = direction;
        this.begun = telling.now();
        this.since = telling.now();
    }

    Actor actor() {
        return actor;
    }

    String userId() {
        return actor.userId;
    }

    String queueId() {
        return queueId;
    }

    String mediaType() {
        return mediaType;
    }

    String direction() {
        return direction;
    }

    Instant begun() {
        return begun;
    }

    /** When what it did last was over. */
    Instant until() {
        return segments.get(segments.size() - 1).span().to();
    }

    /** Begins to do something else now. */
    Leg goes(String segmentType) {
        stops();
        type = segmentType;
        since = telling.now();
        return this;
    }

    /** From now on three or more talk, or no longer. */
    Leg confers(boolean newConference) {
        goes("interact");
        conference = newConference;
        return this;
    }

    /** What it does from now on is not measured. */
    Leg unmeasured() {
        measured = false;
        return this;
    }

    Leg mark(String name, String value) {
        marks.put(name, value);
        return this;
    }

    Leg stops() {
        return stops("");
    }

    /** Is over now. */
    Leg stops(String wrapUpCode) {
        if (!type.isEmpty()) {
            Span span = new Span(since, telling.now());
            segments.add(new Segment(type, span, queueId, wrapUpCode, conference));
            if (measured && (actor.isAgent() || type.equals("ivr")) && MEASURED.containsKey(type)) {
                measure(MEASURED.get(type), span.millis());
            }
        }
        type = "";
        return this;
    }

    Leg measure(String name, long value) {
        metrics.add(new Metric(name, value, telling.now()));
        return this;
    }

    /** From a segment that was there to now. */
    long age() {
        return Duration.between(begun, telling.now()).toMillis();
    }

    /** How long it did one of several things. */
    long millis(String... types) {
        return segments.stream()
                .filter(segment -> segment.isOf(types))
                .mapToLong(segment -> segment.span().millis())
                .sum();
    }

    String wrapUpCode() {
        return segments.stream()
                .map(Segment::wrapUpCode)
                .filter(code -> !code.isEmpty())
                .reduce("", (a, b) -> b);
    }

    Session session() {
        return new Session(id, mediaType, direction, segments, metrics, marks);
    }
}
