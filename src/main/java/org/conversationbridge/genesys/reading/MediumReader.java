// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.genesys.reading;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.conversationbridge.conversation.Communication;
import org.conversationbridge.conversation.Media;
import org.conversationbridge.conversation.Phase;
import org.jspecify.annotations.Nullable;

/**
 * Reads what a participant of {@code GET /api/v2/conversations}, or of a notification, does in each medium. Source: the
 * Platform API's models {@code Participant}, {@code Call}, {@code Callback}, {@code ScreenMonitoring}, ... of 2026-07.
 */
final class MediumReader {
    /** A participant's list, and what analytics calls its medium. */
    private record Medium(String list, String mediaType) {
        private boolean isMain() {
            return !Media.isAuxiliary(mediaType);
        }
    }

    private static final String SCREEN_MONITORINGS = "screenMonitorings";

    private static final List<Medium> MEDIA = List.of(
            new Medium("calls", "voice"),
            new Medium("callbacks", "callback"),
            new Medium("chats", "chat"),
            new Medium("emails", "email"),
            new Medium("messages", "message"),
            new Medium("internalMessages", "internalmessage"),
            new Medium("socialExpressions", "social"),
            new Medium("videos", "video"),
            new Medium("cobrowsesessions", "cobrowse"),
            new Medium("screenshares", "screenshare"),
            new Medium(SCREEN_MONITORINGS, "screenmonitoring"));

    private MediumReader() {}

    /**
     * All; one in place of a medium where none is reported.
     *
     * @param unanswered what one does of whom neither a medium nor an answer is reported
     */
    static List<Communication> read(JsonObject participant, Phase unanswered) {
        List<Communication> communications = new ArrayList<>();
        MEDIA.forEach(kind -> participant
                .objects(kind.list())
                .forEach(medium -> communications.add(communication(participant, medium, kind.mediaType()))));
        if (communications.isEmpty()) {
            communications.add(withoutMedium(participant, unanswered));
        }
        return communications;
    }

    private static Communication communication(JsonObject participant, JsonObject medium, String mediaType) {
        Instant alertingAt = medium.time("startAlertingTime");
        Phase phase = phase(participant, medium);
        return new Communication(
                mediaType,
                medium.identifierOrNull("direction"),
                phase,
                alertingAt != null || !isOnlyMedium(participant) ? alertingAt : participant.time("startTime"),
                connectedAt(participant, medium, phase),
                phase == Phase.WRAPUP || phase == Phase.ENDED ? leftAt(participant, medium) : null,
                phase == Phase.HELD ? medium.time("startHoldTime") : null,
                isDialled(medium),
                false,
                address(participant, medium));
    }

    /**
     * The medium's own time; the participant's where the medium reports none, and was not only offered. After-call work
     * follows a talk: where no time of that is reported, it was before.
     */
    private static @Nullable Instant connectedAt(JsonObject participant, JsonObject medium, Phase phase) {
        Instant own = medium.time("connectedTime");
        boolean isUnanswered = switch (phase) {
            case ALERTING, DIALING, SCHEDULED -> true;
            case WRAPUP, ENDED -> medium.time("startAlertingTime") != null;
            case CONNECTED, HELD -> false;
        };
        if (own != null || isUnanswered) {
            return own;
        }
        Instant ofParticipant = participant.time("connectedTime");
        return ofParticipant == null && isWithoutTimes(participant, medium)
                ? participant.time("startAcwTime")
                : ofParticipant;
    }

    /** Then it began when the participant came. */
    private static boolean isOnlyMedium(JsonObject participant) {
        return MEDIA.stream()
                        .mapToInt(kind -> participant.objects(kind.list()).size())
                        .sum()
                == 1;
    }

    private static boolean isDialled(JsonObject medium) {
        return medium.text("direction").orElse("").equals("outbound")
                && Stream.of("state", "initialState")
                        .flatMap(field -> medium.text(field).stream())
                        .anyMatch(state -> state.equals("dialing") || state.equals("contacting"));
    }

    private static Phase phase(JsonObject participant, JsonObject medium) {
        String state = medium.text("state").orElse("");
        boolean over = participant.time("endTime") != null || medium.time("disconnectedTime") != null;
        return switch (state) {
            case "disconnected", "terminated" -> ended(participant, medium);
            case "alerting", "offering" -> over ? Phase.ENDED : Phase.ALERTING;
            case "dialing", "contacting" -> over ? Phase.ENDED : Phase.DIALING;
            case "scheduled" -> over ? Phase.ENDED : Phase.SCHEDULED;
            case "none" -> Phase.ENDED;
            default ->
                over
                        ? ended(participant, medium)
                        : medium.flag("held") || medium.flag("confined") ? Phase.HELD : Phase.CONNECTED;
        };
    }

    /**
     * After-call work is pending where the API says so, where it has begun and not ended, or where it is required and
     * nothing reports that it is done.
     */
    private static Phase ended(JsonObject participant, JsonObject medium) {
        String afterCallWork =
                medium.object("afterCallWork").flatMap(acw -> acw.text("state")).orElse("");
        boolean isDone = participant.time("endAcwTime") != null;
        boolean isPending = switch (afterCallWork) {
            case "pending" -> true;
            case "complete", "skipped", "notApplicable" -> participant.time("startAcwTime") != null && !isDone;
            default -> !isDone && (participant.time("startAcwTime") != null || isWrapUpMissing(participant, medium));
        };
        return isPending ? Phase.WRAPUP : Phase.ENDED;
    }

    /** Wrap-up is required of the agent who talked, they have neither given nor skipped it, and have not left. */
    private static boolean isWrapUpMissing(JsonObject participant, JsonObject medium) {
        boolean isGiven = Stream.of(participant, medium)
                .flatMap(holder -> holder.object("wrapup").stream())
                .anyMatch(wrapUp -> wrapUp.text("code").isPresent() && !wrapUp.flag("provisional"));
        return (participant.flag("wrapupRequired") || medium.flag("afterCallWorkRequired"))
                && !participant.flag("wrapupSkipped")
                && !isGiven
                && participant.time("endTime") == null
                && (connectedAt(participant, medium, Phase.ENDED) != null || isWithoutTimes(participant, medium));
    }

    private static boolean isWithoutTimes(JsonObject participant, JsonObject medium) {
        return participant.time("startTime") == null
                && medium.time("startAlertingTime") == null
                && medium.time("disconnectedTime") == null;
    }

    /** The participant's end comes after the after-call work. */
    private static @Nullable Instant leftAt(JsonObject participant, JsonObject medium) {
        Instant disconnectedAt = medium.time("disconnectedTime");
        Instant afterCallWorkAt = participant.time("startAcwTime");
        return disconnectedAt != null
                ? disconnectedAt
                : afterCallWorkAt != null ? afterCallWorkAt : participant.time("endTime");
    }

    /** A participant without any medium: not yet, or over and forgotten. */
    private static Communication withoutMedium(JsonObject participant, Phase unanswered) {
        Instant connectedAt = participant.time("connectedTime");
        Instant leftAt = participant.time("endTime");
        return new Communication(
                Communication.NO_MEDIUM,
                null,
                leftAt != null ? Phase.ENDED : connectedAt == null ? unanswered : Phase.CONNECTED,
                participant.time("startTime"),
                connectedAt,
                leftAt,
                null,
                false,
                false,
                null);
    }

    /**
     * The supervisor's side of a screen monitoring, which names the user whose screen it is; they have no other medium.
     */
    static boolean watchesScreen(JsonObject participant) {
        Optional<String> userId = participant.text("userId");
        return MEDIA.stream()
                        .filter(Medium::isMain)
                        .allMatch(kind -> participant.objects(kind.list()).isEmpty())
                && participant.objects(SCREEN_MONITORINGS).stream()
                        .anyMatch(medium -> medium.object("targetUser")
                                .flatMap(user -> user.text("id"))
                                .filter(target -> userId.filter(target::equals).isPresent())
                                .isEmpty());
    }

    private static @Nullable String address(JsonObject participant, JsonObject medium) {
        boolean outbound = medium.text("direction").orElse("").equals("outbound");
        return normalized(medium, outbound ? "toAddress" : "fromAddress")
                .or(() -> normalized(medium, "self"))
                .or(() -> medium.texts("callbackNumbers").stream().findFirst())
                .or(() -> participant.text(outbound ? "dnis" : "ani"))
                .orElse(null);
    }

    private static Optional<String> normalized(JsonObject medium, String field) {
        return medium.object(field).flatMap(address -> address.text("addressNormalized"));
    }
}
