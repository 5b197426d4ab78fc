// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.sandbox;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.conversationbridge.sandbox.world.Segment;
import org.conversationbridge.sandbox.world.Session;
import org.conversationbridge.sandbox.world.Story;

/**
 * One medium of a participant at an instant: {@code Call}, {@code Message} and so on of the {@code Conversation} model.
 */
final class MediumView {
    static final String SCREEN = "screenMonitoredUserId";
    private static final Map<String, String> LISTS = Map.of(
            "voice", "calls",
            "message", "messages",
            "chat", "chats",
            "email", "emails",
            "callback", "callbacks",
            "cobrowse", "cobrowsesessions",
            "screenshare", "screenshares",
            "screenmonitoring", "screenMonitorings");
    /** Media whose models report neither direction nor hold. */
    private static final Set<String> BESIDE = Set.of("cobrowse", "screenshare", "screenmonitoring");

    private final Session session;
    private final Story story;
    private final Instant now;

    MediumView(Session session, Story story, Instant now) {
        this.session = session;
        this.story = story;
        this.now = now;
    }

    /** Adds it to the list of its kind. */
    void addTo(ObjectNode participant, boolean agent) {
        List<Segment> begun = session.segments().stream()
                .filter(segment -> segment.span().hasBegun(now))
                .toList();
        Segment last = begun.get(begun.size() - 1);
        ObjectNode medium = participant
                .withArray(LISTS.getOrDefault(session.mediaType(), "calls"))
                .addObject()
                .put("id", session.id())
                .put("state", state(last))
                .put("initialState", going(begun.get(0)));
        first(begun, "alert").ifPresent(time -> medium.put("startAlertingTime", Times.text(time)));
        begun.stream()
                .filter(PartAt::isConnected)
                .findFirst()
                .ifPresent(first ->
                        medium.put("connectedTime", Times.text(first.span().from())));
        begun.stream()
                .filter(segment -> !segment.isOf("wrapup"))
                .reduce((one, other) -> other)
                .filter(segment -> segment.span().isOver(now) && (segment.equals(last) || last.isOf("wrapup")))
                .ifPresent(segment ->
                        medium.put("disconnectedTime", Times.text(segment.span().to())));
        medium.putArray("segments");
        if (session.mediaType().equals("screenmonitoring")) {
            medium.putObject("targetUser").put("id", session.marks().getOrDefault(SCREEN, ""));
            medium.put("monitoringType", "ConversationLevel");
        }
        if (!BESIDE.contains(session.mediaType())) {
            beyond(medium, last, agent);
        }
    }

    private void beyond(ObjectNode medium, Segment last, boolean agent) {
        boolean held = last.isOf("hold") && !last.span().isOver(now);
        medium.put("direction", session.direction()).put("held", held).put("provider", "Edge");
        if (held) {
            medium.put("startHoldTime", Times.text(last.span().from()));
        }
        if (session.mediaType().equals("callback")) {
            medium.putArray("callbackNumbers").add(Addresses.number(story));
        }
        if (agent) {
            boolean wrapsUp = last.isOf("wrapup");
            String state = !wrapsUp ? "unknown" : last.span().isOver(now) ? "complete" : "pending";
            medium.putObject("afterCallWork").put("state", state);
        }
    }

    private String state(Segment last) {
        if (last.isOf("wrapup") || last.span().isOver(now)) {
            return session.mediaType().equals("voice") || session.mediaType().equals("callback")
                    ? "terminated"
                    : "disconnected";
        }
        return going(last);
    }

    private static String going(Segment segment) {
        return switch (segment.type()) {
            case "alert" -> "alerting";
            case "contacting", "dialing", "scheduled" -> segment.type();
            default -> "connected";
        };
    }

    private static Optional<Instant> first(List<Segment> segments, String type) {
        return segments.stream()
                .filter(segment -> segment.isOf(type))
                .map(segment -> segment.span().from())
                .findFirst();
    }
}
