// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.sandbox;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.time.Instant;
import org.conversationbridge.sandbox.world.AgentLeg;
import org.conversationbridge.sandbox.world.Handling;
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
        script.dialling().ifPresent(dialling -> segment(segments, "dialing", dialling));
        script.presence().forEach(present -> segment(segments, "interact", present));
        ArrayNode metrics = session.putArray("metrics");
        script.presence().stream().limit(1).forEach(first -> metric(metrics, "nConnected", 1, first.from()));
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
        if (script.outcome().equals("abandoned")) {
            metric(metrics, "tAbandon", waiting.millis(), waiting.to());
        }
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
        if (script.answered().filter(leg::equals).isPresent()) {
            script.consult()
                    .ifPresent(asked ->
                            metric(metrics, "nConsult", 1, asked.alert().from()));
        }
    }

    private void segments(ArrayNode segments, AgentLeg leg) {
        queueId(segment(segments, leg.dials() ? "dialing" : "alert", leg.alert()), leg.queueId());
        leg.handling().ifPresent(handling -> {
            handling.interactions().forEach(span -> queueId(segment(segments, "interact", span), leg.queueId()));
            handling.holds().forEach(span -> queueId(segment(segments, "hold", span), leg.queueId()));
            ObjectNode wrapUp = segment(segments, "wrapup", handling.afterCallWork());
            queueId(wrapUp, leg.queueId());
            if (handling.afterCallWork().isOver(now.minus(lag))) {
                wrapUp.put("wrapUpCode", handling.wrapUpCode());
            }
        });
    }

    private void metrics(ArrayNode metrics, AgentLeg leg) {
        Span alert = leg.alert();
        metric(metrics, leg.dials() ? "tDialing" : "tAlert", alert.millis(), alert.to());
        if (!leg.isWork() && alert.to().isBefore(script.customerLeft())) {
            metric(metrics, "tNotResponding", alert.millis(), alert.to());
        }
        leg.handling().ifPresent(handling -> metrics(metrics, handling));
    }

    private void metrics(ArrayNode metrics, Handling handling) {
        Span talk = handling.talk();
        Span afterCallWork = handling.afterCallWork();
        metric(metrics, "tWait", handling.waitMs(), talk.from());
        metric(metrics, "tAnswered", handling.waitMs(), talk.from());
        handling.holds().forEach(span -> metric(metrics, "tHeld", span.millis(), span.to()));
        handling.interactions().forEach(span -> metric(metrics, "tTalk", span.millis(), span.to()));
        metric(metrics, "tTalkComplete", handling.talkMs(), talk.to());
        metric(metrics, "tHeldComplete", handling.heldMs(), talk.to());
        metric(metrics, "tAcw", afterCallWork.millis(), afterCallWork.to());
        metric(metrics, "tHandle", handling.handleMs(), afterCallWork.to().plus(lag));
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
