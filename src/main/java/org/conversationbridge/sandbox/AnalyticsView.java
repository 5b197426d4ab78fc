// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.sandbox;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.time.Instant;
import org.conversationbridge.sandbox.world.Metric;
import org.conversationbridge.sandbox.world.Part;
import org.conversationbridge.sandbox.world.Segment;
import org.conversationbridge.sandbox.world.Session;
import org.conversationbridge.sandbox.world.Story;

/**
 * A conversation at an instant as the details query reports it: the {@code AnalyticsConversationWithoutAttributes}
 * model. Segments end and metrics are emitted when their time has come; a metric is emitted again for every stretch.
 */
public final class AnalyticsView {
    private final Story story;
    private final Instant now;
    private final Duration lag;

    /** @param lag from the end of after-call work until its wrap-up code and {@code tHandle} are reported */
    public AnalyticsView(Story story, Instant now, Duration lag) {
        this.story = story;
        this.now = now;
        this.lag = lag;
    }

    /** The conversation. */
    public ObjectNode json() {
        ObjectNode conversation = JsonNodeFactory.instance.objectNode();
        conversation.put("conversationId", story.conversationId()).put("conversationStart", Times.text(story.start()));
        story.endedBy(now).ifPresent(end -> conversation.put("conversationEnd", Times.text(end)));
        conversation.put("originatingDirection", story.direction());
        conversation.putArray("divisionIds").add(story.divisionId());
        ArrayNode participants = conversation.putArray("participants");
        story.parts().stream()
                .filter(part -> !part.from().isAfter(now))
                .forEach(part -> participant(participants.addObject(), part));
        return conversation;
    }

    private void participant(ObjectNode participant, Part part) {
        participant
                .put("participantId", part.id())
                .put("participantName", part.purpose().equals("customer") ? "Customer " + story.number() : part.name())
                .put("purpose", part.purpose());
        if (!part.userId().isEmpty()) {
            participant.put("userId", part.userId());
        }
        ArrayNode sessions = participant.putArray("sessions");
        part.sessions().stream()
                .filter(session -> session.segments().get(0).span().hasBegun(now))
                .forEach(session -> session(sessions.addObject(), part, session));
    }

    private void session(ObjectNode json, Part part, Session session) {
        json.put("sessionId", session.id())
                .put("mediaType", session.mediaType())
                .put("direction", session.direction());
        addresses(json, part, session);
        session.marks().forEach(json::put);
        ArrayNode segments = json.putArray("segments");
        session.segments().stream()
                .filter(segment -> segment.span().hasBegun(now))
                .forEach(segment -> segment(segments.addObject(), segment));
        ArrayNode metrics = json.putArray("metrics");
        session.metrics().forEach(metric -> metric(metrics, metric));
    }

    private void addresses(ObjectNode session, Part part, Session told) {
        String customer = part.purpose().equals("external") ? Addresses.PARTNER : Addresses.customer(story);
        boolean outbound = told.direction().equals("outbound");
        switch (told.mediaType()) {
            case "voice" ->
                session.put("ani", outbound ? Addresses.CENTRE : customer)
                        .put("dnis", outbound ? customer : Addresses.CENTRE)
                        .put("provider", "Edge");
            case "callback" -> session.putArray("callbackNumbers").add(Addresses.number(story));
            case "chat", "message", "email" ->
                session.put("addressFrom", outbound ? "centre" : customer)
                        .put("addressTo", outbound ? customer : "centre");
            default -> session.put("provider", "PureCloud");
        }
    }

    /** One that goes on has no end. */
    private void segment(ObjectNode json, Segment segment) {
        json.put("segmentType", segment.type())
                .put("segmentStart", Times.text(segment.span().from()))
                .put("conference", segment.conference());
        Times.putPast(json, "segmentEnd", segment.span().to(), now);
        if (!segment.queueId().isEmpty()) {
            json.put("queueId", segment.queueId());
        }
        if (!segment.wrapUpCode().isEmpty() && segment.span().isOver(now.minus(lag))) {
            json.put("wrapUpCode", segment.wrapUpCode());
        }
    }

    private void metric(ArrayNode metrics, Metric metric) {
        Instant emitted = metric.name().equals("tHandle") ? metric.emitted().plus(lag) : metric.emitted();
        if (!emitted.isAfter(now)) {
            metrics.addObject()
                    .put("emitDate", Times.text(emitted))
                    .put("name", metric.name())
                    .put("value", metric.value());
        }
    }
}
