// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.genesys.reading;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.conversationbridge.Fixtures;
import org.jspecify.annotations.Nullable;

/** A case as {@code GET /api/v2/conversations} reports it: the {@code Conversation} model. */
final class RoleCaseInListing {
    private static final Map<String, String> LISTS = Map.of(
            "voice",
            "calls",
            "message",
            "messages",
            "chat",
            "chats",
            "email",
            "emails",
            "callback",
            "callbacks",
            "cobrowse",
            "cobrowsesessions",
            "screenshare",
            "screenshares",
            "screenmonitoring",
            "screenMonitorings");

    private RoleCaseInListing() {}

    static ObjectNode json(RoleCase told) {
        ObjectNode conversation =
                JsonNodeFactory.instance.objectNode().put("id", Fixtures.id(1)).put("startTime", Timeline.time(0));
        if (told.ended() != null) {
            conversation.put("endTime", Timeline.time(told.ended()));
        }
        conversation.putArray("participants");
        for (int i = 0; i < told.participants().size(); i++) {
            RoleCase.Part part = told.participants().get(i);
            ObjectNode participant =
                    conversation.withArray("participants").addObject().put("id", told.participantId(i));
            participant.put("purpose", part.purpose());
            put(participant, "userId", part.user());
            put(participant, "queueId", part.queue());
            marks(participant, told, part);
            times(participant, part, part.timelines().values());
            part.timelines().forEach((name, timeline) -> {
                String medium = RoleCase.Part.medium(name);
                ObjectNode json = participant.withArray(LISTS.get(medium)).addObject();
                if (Set.of("cobrowse", "screenshare", "screenmonitoring").contains(medium)) {
                    accompanying(json, part, timeline);
                } else {
                    medium(json, medium, told.direction(), timeline);
                    if (timeline.now().equals("acw") && part.wrapUp() == null) {
                        json.putObject("afterCallWork").put("state", "pending");
                    }
                }
            });
        }
        return conversation;
    }

    /** The same as a notification reports it: without begin, end, and the times of alerting. */
    static ObjectNode event(RoleCase told) {
        ObjectNode conversation = json(told);
        conversation.remove(List.of("startTime", "endTime"));
        conversation.path("participants").forEach(participant -> {
            ((ObjectNode) participant).remove(List.of("startTime"));
            participant.forEach(list -> {
                if (list.isArray()) {
                    list.forEach(medium -> ((ObjectNode) medium).remove(List.of("startAlertingTime")));
                }
            });
        });
        return conversation;
    }

    private static void marks(ObjectNode participant, RoleCase told, RoleCase.Part part) {
        if (part.consultedBy() != null) {
            participant.put("consultParticipantId", told.participantId(0));
        }
        putId(participant, "bargedParticipantId", told, part.barges());
        putId(participant, "coachedParticipantId", told, part.coaches());
        putId(participant, "monitoredParticipantId", told, part.monitors());
    }

    /** These have neither direction nor hold. */
    private static void accompanying(ObjectNode json, RoleCase.Part part, Timeline timeline) {
        json.put("state", timeline.isDone() ? "disconnected" : "connected");
        put(json, "connectedTime", time(timeline.answered()));
        put(json, "disconnectedTime", time(timeline.over()));
        if (part.watches() != null) {
            json.putObject("targetUser").put("id", part.watches());
        }
    }

    private static void times(ObjectNode participant, RoleCase.Part part, Collection<Timeline> timelines) {
        timelines.stream()
                .map(Timeline::begin)
                .min(Comparator.comparing(Timeline.Step::second))
                .ifPresent(step -> participant.put("startTime", step.time()));
        timelines.stream()
                .map(Timeline::answered)
                .filter(Objects::nonNull)
                .min(Comparator.comparing(Timeline.Step::second))
                .ifPresent(step -> participant.put("connectedTime", step.time()));
        if (part.wrapUp() == null) {
            timelines.stream()
                    .map(timeline -> timeline.step("acw"))
                    .filter(Objects::nonNull)
                    .forEach(step -> participant.put("startAcwTime", step.time()));
        } else {
            participant.put("wrapupRequired", true);
        }
        if (timelines.stream().allMatch(Timeline::isDone)) {
            timelines.forEach(timeline -> {
                String end = Objects.requireNonNull(timeline.step("done")).time();
                participant.put("endTime", end);
                if (timeline.step("acw") != null) {
                    participant.put("endAcwTime", end);
                }
            });
        }
    }

    private static void medium(ObjectNode json, String medium, String direction, Timeline timeline) {
        json.put("direction", direction).put("held", timeline.now().equals("hold"));
        json.put("state", state(medium, timeline.now()));
        put(json, "startHoldTime", timeline.now().equals("hold") ? time(timeline.step("hold")) : null);
        put(json, "startAlertingTime", time(timeline.step("ring")));
        put(json, "connectedTime", time(timeline.answered()));
        put(json, "disconnectedTime", time(timeline.over()));
    }

    private static String state(String medium, String activity) {
        return switch (activity) {
            case "ring" -> "alerting";
            case "dial" -> "contacting";
            case "schedule" -> "scheduled";
            case "park" -> "parked";
            case "acw", "done" -> medium.equals("voice") || medium.equals("callback") ? "terminated" : "disconnected";
            default -> "connected";
        };
    }

    private static @Nullable String time(Timeline.@Nullable Step step) {
        return step == null ? null : step.time();
    }

    private static void put(ObjectNode json, String field, @Nullable String value) {
        if (value != null) {
            json.put(field, value);
        }
    }

    private static void putId(ObjectNode json, String field, RoleCase told, @Nullable String user) {
        if (user != null) {
            json.put(field, told.participantId(user));
        }
    }
}
