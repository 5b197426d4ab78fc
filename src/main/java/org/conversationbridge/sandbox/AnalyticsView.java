// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.sandbox;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.time.Instant;
import org.conversationbridge.sandbox.world.AgentLeg;
import org.conversationbridge.sandbox.world.Script;
import org.conversationbridge.sandbox.world.Span;

/**
 * A conversation at an instant as the details query tells it: the {@code AnalyticsConversationWithoutAttributes} model.
 * Segments end and metrics are emitted when their time has come; a metric is emitted again for every stretch.
 */
final class AnalyticsView {
    private final Script script;
    private final Instant now;
    private final Duration lag;

    /** @param lag from the end of after-call work until its wrap-up code and {@code tHandle} are told */
    AnalyticsView(Script script, Instant now, Duration lag) {
        this.script = script;
        this.now = now;
        this.lag = lag;
    }

    ObjectNode json() {
        ObjectNode conversation = JsonNodeFactory.instance.objectNode();
        conversation
                .put("conversationId", script.conversationId())
                .put("conversationStart", Times.text(script.start()));
        script.endedBy(now).ifPresent(end -> conversation.put("conversationEnd", Times.text(end)));
        conversation.put("originatingDirection", script.direction());
        conversation.putArray("divisionIds").add(script.divisionId());
        ArrayNode participants = conversation.putArray("participants");
        customer(participants.addObject());
        script.waiting().ifPresent(waiting -> queue(participants.addObject(), waiting));
        script.agents().stream()
                .filter(leg -> leg.alert().hasBegun(now))
                .forEach(leg -> agent(participants.addObject(), leg));
        return conversation;
    }

    private void customer(ObjectNode participant) {
        participant
                .put("participantId", script.customerParticipantId())
                .put("participantName", "Customer " + script.number())
                .put("purpose", "customer");
        ObjectNode session = session(participant, script.customerParticipantId());
        ArrayNode segments = session.putArray("segments");
        Instant connected = script.dialling().map(Span::to).orElse(script.start());
        script.dialling().ifPresent(dialling -> segment(segments, "dialing", dialling));
        Instant left = script.closed().isPresent() ? script.legs().get(0).talk().to() : script.talkEnd();
        segment(segments, "interact", new Span(connected, left));
        script.closed().ifPresent(closed -> segment(segments, "interact", new Span(closed.to(), script.talkEnd())));
        metric(session.putArray("metrics"), "nConnected", 1, connected);
    }

    private void queue(ObjectNode participant, Span waiting) {
        participant
                .put("participantId", script.queueParticipantId())
                .put("participantName", script.queue().name())
                .put("purpose", "acd");
        ObjectNode session = session(participant, script.queueParticipantId());
        queueId(
                segment(session.putArray("segments"), "interact", waiting),
                script.queue().id());
        ArrayNode metrics = session.putArray("metrics");
        metric(metrics, "nOffered", 1, waiting.from());
        metric(metrics, "tAcd", waiting.millis(), waiting.to());
    }

    private void agent(ObjectNode participant, AgentLeg leg) {
        participant
                .put("participantId", leg.participantId())
                .put("participantName", leg.agent().name())
                .put("purpose", "agent")
                .put("userId", leg.agent().userId());
        ObjectNode session = session(participant, leg.sessionId());
        segments(session.putArray("segments"), leg);
        ArrayNode metrics = session.putArray("metrics");
        metrics(metrics, leg);
        if (leg.equals(script.legs().get(0))) {
            script.consult()
                    .ifPresent(asked ->
                            metric(metrics, "nConsult", 1, asked.alert().from()));
        }
    }

    private void segments(ArrayNode segments, AgentLeg leg) {
        queueId(segment(segments, "alert", leg.alert()), leg.queueId());
        leg.interactions().forEach(span -> queueId(segment(segments, "interact", span), leg.queueId()));
        leg.holds().forEach(span -> queueId(segment(segments, "hold", span), leg.queueId()));
        ObjectNode wrapUp = segment(segments, "wrapup", leg.afterCallWork());
        queueId(wrapUp, leg.queueId());
        if (leg.afterCallWork().isOver(now.minus(lag))) {
            wrapUp.put("wrapUpCode", leg.wrapUpCode());
        }
    }

    private void metrics(ArrayNode metrics, AgentLeg leg) {
        metric(metrics, "tAlert", leg.alert().millis(), leg.alert().to());
        metric(metrics, "tWait", leg.waitMs(), leg.alert().to());
        metric(metrics, "tAnswered", leg.waitMs(), leg.alert().to());
        leg.holds().forEach(span -> metric(metrics, "tHeld", span.millis(), span.to()));
        leg.interactions().forEach(span -> metric(metrics, "tTalk", span.millis(), span.to()));
        metric(metrics, "tTalkComplete", leg.talkMs(), leg.talk().to());
        metric(metrics, "tHeldComplete", leg.heldMs(), leg.talk().to());
        metric(
                metrics,
                "tAcw",
                leg.afterCallWork().millis(),
                leg.afterCallWork().to());
        metric(metrics, "tHandle", leg.handleMs(), leg.afterCallWork().to().plus(lag));
    }

    private ObjectNode session(ObjectNode participant, String id) {
        ObjectNode session = participant
                .putArray("sessions")
                .addObject()
                .put("sessionId", id)
                .put("mediaType", script.mediaType())
                .put("direction", script.direction());
        boolean outbound = script.direction().equals("outbound");
        switch (script.mediaType()) {
            case "voice" ->
                session.put("ani", outbound ? Addresses.CENTRE : Addresses.customer(script))
                        .put("dnis", outbound ? Addresses.customer(script) : Addresses.CENTRE)
                        .put("provider", "Edge");
            case "callback" -> session.putArray("callbackNumbers").add(Addresses.customer(script));
            default -> session.put("addressFrom", Addresses.customer(script)).put("addressTo", "centre");
        }
        return session;
    }

    /** A segment that has not begun is not there; one that goes on has no end. */
    private ObjectNode segment(ArrayNode segments, String type, Span span) {
        if (!span.hasBegun(now)) {
            return JsonNodeFactory.instance.objectNode();
        }
        ObjectNode segment = segments.addObject()
                .put("segmentType", type)
                .put("segmentStart", Times.text(span.from()))
                .put("conference", false);
        Times.putPast(segment, "segmentEnd", span.to(), now);
        return segment;
    }

    private static void queueId(ObjectNode segment, String queueId) {
        if (!queueId.isEmpty()) {
            segment.put("queueId", queueId);
        }
    }

    private void metric(ArrayNode metrics, String name, long value, Instant emitted) {
        if (!emitted.isAfter(now)) {
            metrics.addObject()
                    .put("emitDate", Times.text(emitted))
                    .put("name", name)
                    .put("value", value);
        }
    }
}
