// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.genesys.reading;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.conversationbridge.Fixtures;
import org.jspecify.annotations.Nullable;

/** A case as the details query reports it: the {@code AnalyticsConversationWithoutAttributes} model. */
final class RoleCaseInAnalytics {
    private RoleCaseInAnalytics() {}

    static ObjectNode json(RoleCase told) {
        ObjectNode conversation = JsonNodeFactory.instance
                .objectNode()
                .put("conversationId", Fixtures.id(1))
                .put("conversationStart", Timeline.time(0))
                .put("originatingDirection", told.direction());
        if (told.ended() != null) {
            conversation.put("conversationEnd", Timeline.time(told.ended()));
        }
        for (int i = 0; i < told.participants().size(); i++) {
            RoleCase.Part part = told.participants().get(i);
            ObjectNode participant = conversation
                    .withArray("participants")
                    .addObject()
                    .put("participantId", told.participantId(i))
                    .put("purpose", part.purpose());
            if (part.user() != null) {
                participant.put("userId", part.user());
            }
            part.timelines().forEach((medium, timeline) -> {
                ObjectNode session = participant
                        .withArray("sessions")
                        .addObject()
                        .put("mediaType", RoleCase.Part.medium(medium))
                        .put("direction", told.direction());
                putId(session, "bargedParticipantId", told, part.barges());
                putId(session, "coachedParticipantId", told, part.coaches());
                putId(session, "monitoredParticipantId", told, part.monitors());
                if (medium.equals("screenmonitoring") && part.watches() != null) {
                    session.put("screenMonitoredUserId", part.watches());
                }
                segments(session, timeline, part.queue());
                consults(session, told, part.user());
            });
        }
        return conversation;
    }

    private static void segments(ObjectNode session, Timeline timeline, @Nullable String queue) {
        session.putArray("segments");
        for (Timeline.Step step : timeline.steps()) {
            if (!step.activity().equals("done")) {
                ObjectNode segment = session.withArray("segments")
                        .addObject()
                        .put("segmentType", type(step.activity()))
                        .put("segmentStart", step.time());
                timeline.after(step).ifPresent(next -> segment.put("segmentEnd", next.time()));
                if (queue != null) {
                    segment.put("queueId", queue);
                }
            }
        }
    }

    /** It is the consulting agent whose session counts consults, and those which became a transfer. */
    private static void consults(ObjectNode session, RoleCase told, @Nullable String user) {
        told.participants().stream()
                .filter(part -> user != null && user.equals(part.consultedBy()))
                .forEach(part -> part.timelines().values().forEach(timeline -> {
                    metric(session, "nConsult", timeline.begin().second());
                    if (part.transferredAt() != null) {
                        metric(session, "nConsultTransferred", part.transferredAt());
                    }
                }));
    }

    private static void metric(ObjectNode session, String name, int second) {
        session.withArray("metrics")
                .addObject()
                .put("name", name)
                .put("value", 1)
                .put("emitDate", Timeline.time(second));
    }

    private static String type(String activity) {
        return switch (activity) {
            case "ring" -> "alert";
            case "dial" -> "dialing";
            case "schedule" -> "scheduled";
            case "park" -> "parked";
            case "acw" -> "wrapup";
            case "talk" -> "interact";
            case "monitor" -> "monitoring";
            case "coach" -> "coaching";
            case "barge" -> "barging";
            default -> activity;
        };
    }

    private static void putId(ObjectNode json, String field, RoleCase told, @Nullable String user) {
        if (user != null) {
            json.put(field, told.participantId(user));
        }
    }
}
