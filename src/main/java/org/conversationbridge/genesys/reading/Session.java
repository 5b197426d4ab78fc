// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.genesys.reading;

import java.time.Instant;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * One session ({@code AnalyticsSession}) of a participant in a conversation that is over: its segments say when what
 * happened, its metrics how long it took. Metrics are emitted when they complete and may be repeated, so they are
 * summed.
 */
final class Session {
    /** Talk, and what goes on in its stead while the customer is held. */
    static final Set<String> TALK = Set.of("interact", "hold", "barging");

    /** The agent calls: their own phone first, then the other's. */
    static final Set<String> DIALING = Set.of("dialing", "contacting");

    /** What an agent handles a conversation with. */
    static final Set<String> HANDLING =
            Set.of("interact", "hold", "barging", "dialing", "contacting", "voicemail", "callback", "wrapup");

    private static final Set<String> AUXILIARY = Set.of("cobrowse", "screenshare", "screenmonitoring");
    private static final Set<String> CALLS = Set.of("voice", "video", "");
    private static final Set<String> SUPERVISING = Set.of("monitoring", "coaching");

    private record Segment(String type, JsonObject json, Optional<Stretch> stretch) {}

    private final JsonObject json;
    private final List<Segment> segments;
    private final List<JsonObject> metrics;
    private final Optional<Stretch> span;

    /** @param conversationEnd taken for the end of a segment that is open */
    Session(JsonObject json, @Nullable Instant conversationEnd) {
        this.json = json;
        this.segments = json.objects("segments").stream()
                .map(segment ->
                        new Segment(segment.text("segmentType").orElse(""), segment, stretch(segment, conversationEnd)))
                .toList();
        this.metrics = json.objects("metrics");
        this.span = span(segments);
    }

    JsonObject json() {
        return json;
    }

    String text(String field) {
        return json.text(field).orElse("");
    }

    boolean isAuxiliary() {
        return AUXILIARY.contains(text("mediaType")) || isScreenMonitoring();
    }

    /** A supervisor watches an agent's screen: never work on the conversation, whatever else there is. */
    boolean isScreenMonitoring() {
        return text("mediaType").equals("screenmonitoring")
                || !text("screenMonitoredUserId").isEmpty();
    }

    boolean isCallback() {
        return text("mediaType").equals("callback");
    }

    /** A phone rings in it, unlike a message or a callback that waits for its call. */
    boolean isCall() {
        return CALLS.contains(text("mediaType"));
    }

    /** Listens to, coaches or barges in on another participant. */
    boolean isSupervision() {
        return Stream.of("monitoredParticipantId", "coachedParticipantId", "bargedParticipantId")
                        .anyMatch(field -> json.text(field).isPresent())
                || has(SUPERVISING)
                || has("barging");
    }

    /**
     * Whether its agent worked on the conversation. It does not matter that it rang for them, that they were put into
     * after-call work without having answered, or that they listened or coached.
     */
    boolean isWork() {
        if (isSupervision()) {
            return has("barging") || sum("tBarging") > 0 || hasTakenOver();
        }
        boolean answered =
                Stream.of("interact", "hold", "voicemail", "callback").anyMatch(this::has)
                        || Stream.of("tTalk", "tHeld", "tVoicemail").anyMatch(metric -> sum(metric) > 0)
                        || segments.isEmpty() && emits("tAnswered");
        return answered || hasDialed();
    }

    /** Their own phone is dialled too where it is not always connected: then the session is an inbound one. */
    private boolean hasDialed() {
        return !text("direction").equals("inbound")
                && !emits("tNotResponding")
                && (has(DIALING) || sum("tDialing", "tContacting") > 0);
    }

    /** Talks on after having listened or coached. */
    private boolean hasTakenOver() {
        return stretches(SUPERVISING).stream()
                .map(Stretch::to)
                .max(Comparator.naturalOrder())
                .filter(last -> stretches(Set.of("interact")).stream()
                        .anyMatch(talk -> !talk.from().isBefore(last)))
                .isPresent();
    }

    List<JsonObject> segments() {
        return segments.stream().map(Segment::json).toList();
    }

    boolean has(String segmentType) {
        return has(Set.of(segmentType));
    }

    boolean has(Set<String> segmentTypes) {
        return segments.stream().anyMatch(segment -> segmentTypes.contains(segment.type()));
    }

    /** From a queue, or for one: what is dialled or requested directly has none. */
    boolean isForQueue() {
        return segments.stream()
                .anyMatch(segment -> segment.json().text("queueId").isPresent());
    }

    boolean emits(String metric) {
        return metrics(metric).findAny().isPresent();
    }

    Stream<JsonObject> metrics(String name) {
        return metrics.stream()
                .filter(found -> found.text("name").filter(name::equals).isPresent());
    }

    /** In milliseconds; 0 if there is none of them. */
    long sum(String... names) {
        return Arrays.stream(names)
                .flatMap(this::metrics)
                .mapToLong(found -> found.millis("value"))
                .sum();
    }

    OptionalLong find(String metric) {
        return emits(metric) ? OptionalLong.of(sum(metric)) : OptionalLong.empty();
    }

    /** The segments of these types whose begin is known; one that is open ends with the conversation. */
    List<Stretch> stretches(Set<String> types) {
        return segments.stream()
                .filter(segment -> types.contains(segment.type()))
                .flatMap(segment -> segment.stretch().stream())
                .toList();
    }

    /** From the first segment to the last, of whatever type; empty if no segment has a start. */
    Optional<Stretch> span() {
        return span;
    }

    /** The epoch if it is not known. */
    Instant start() {
        return span().map(Stretch::from).orElse(Instant.EPOCH);
    }

    /** The epoch if it is not known. */
    Instant end() {
        return span().map(Stretch::to).orElse(Instant.EPOCH);
    }

    private static Optional<Stretch> stretch(JsonObject segment, @Nullable Instant conversationEnd) {
        Instant from = segment.time("segmentStart");
        Instant to = segment.time("segmentEnd");
        Instant until = to == null ? conversationEnd : to;
        return from == null ? Optional.empty() : Optional.of(new Stretch(from, until == null ? from : until));
    }

    private static Optional<Stretch> span(List<Segment> segments) {
        List<Stretch> all =
                segments.stream().flatMap(segment -> segment.stretch().stream()).toList();
        return all.stream()
                .map(Stretch::from)
                .min(Comparator.naturalOrder())
                .map(from -> new Stretch(
                        from,
                        all.stream()
                                .map(Stretch::to)
                                .max(Comparator.naturalOrder())
                                .orElse(from)));
    }

    static Instant start(JsonObject segment) {
        return Objects.requireNonNullElse(segment.time("segmentStart"), Instant.EPOCH);
    }
}
