// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.conversation;

import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A person or system that takes part in a conversation.
 *
 * @param participantId not unique within a conversation
 * @param purpose {@code customer}, {@code external}, {@code acd}, {@code agent}, {@code user}, {@code ivr}, ...: any
 *     text
 * @param queue the queue it waits in (acd) or answered from (agent)
 * @param address its address as reported of the participant itself, not of a medium
 * @param attributes of the participant, by name; the details query reports none
 * @param consultSince when this agent began to consult another; agents who joined from then on give advice
 */
public record Participant(
        @Nullable String participantId,
        String purpose,
        @Nullable String userId,
        @Nullable String name,
        @Nullable QueueRef queue,
        @Nullable String address,
        @Nullable String externalContactId,
        Map<String, String> attributes,
        Involvement involvement,
        @Nullable Instant consultSince,
        List<Communication> communications) {

    /** What neither talks with the customer nor holds them: lines, campaigns and the like. */
    private static final Set<String> BYSTANDERS =
            Set.of("station", "fax", "dialer", "campaign", "api", "manual", "inbound", "outbound");

    public Participant {
        attributes = Map.copyOf(attributes);
        communications = List.copyOf(communications);
    }

    boolean isAgent() {
        return purpose.equals("agent") || purpose.equals("user");
    }

    boolean isCustomer() {
        return purpose.equals("customer");
    }

    boolean isOutside() {
        return purpose.equals("external");
    }

    boolean isQueue() {
        return purpose.equals("acd");
    }

    boolean isVoicemail() {
        return purpose.equals("voicemail");
    }

    /** A group of users at whom it rings. */
    boolean isGroup() {
        return purpose.equals("group");
    }

    /** An IVR, a bot, a workflow, or whatever else the API may come to know. */
    boolean isFlow() {
        return !isAgent()
                && !isCustomer()
                && !isOutside()
                && !isQueue()
                && !isVoicemail()
                && !isGroup()
                && !BYSTANDERS.contains(purpose);
    }

    /** It asks the customer how it was, while the agent does after-call work. */
    boolean isSurvey() {
        return purpose.contains("survey");
    }

    /** Without the media that only accompany; a supervisor keeps the screen that they watch. */
    Participant withoutAuxiliaryMedia() {
        if (involvement == Involvement.MONITOR && communications.stream().allMatch(Communication::isAuxiliary)) {
            return this;
        }
        List<Communication> main =
                communications.stream().filter(c -> !c.isAuxiliary()).toList();
        return main.size() == communications.size()
                ? this
                : new Participant(
                        participantId,
                        purpose,
                        userId,
                        name,
                        queue,
                        address,
                        externalContactId,
                        attributes,
                        involvement,
                        consultSince,
                        main);
    }

    /** Those that matter most now: in the talk before ringing, before after-call work, before scheduled. */
    private Stream<Communication> foremost() {
        int rank = phase().rank();
        return communications.stream().filter(c -> c.phase().rank() == rank);
    }

    /** The communication that matters most now: connected before alerting before wrap-up, then the latest. */
    private Optional<Communication> current() {
        return communications.stream()
                .filter(Communication::isPresent)
                .min(Comparator.comparing((Communication c) -> c.phase().rank())
                        .thenComparing(Participant::latestFirst));
    }

    Phase phase() {
        return current().map(Communication::phase).orElse(Phase.ENDED);
    }

    boolean isPresent() {
        return communications.stream().anyMatch(Communication::isPresent);
    }

    boolean isConnected() {
        return phase().isConnected();
    }

    boolean isOnHold() {
        return communications.stream().anyMatch(c -> c.phase() == Phase.HELD);
    }

    /** Whether the API says of the talk that goes on that it is a conference. */
    boolean isInConference() {
        return communications.stream().anyMatch(c -> c.phase() == Phase.CONNECTED && c.isConference());
    }

    /** When it was answered, else when it began; of several that go on the first. The epoch if neither is known. */
    Instant start() {
        return (isPresent() ? foremost().min(Comparator.comparing(Communication::start)) : newest())
                .map(Communication::start)
                .orElse(Instant.EPOCH);
    }

    /** When the one that goes on was answered, of several the first; of one who left the last. */
    @Nullable
    Instant connectedAt() {
        return (isPresent()
                        ? foremost()
                                .map(Communication::connectedAt)
                                .filter(Objects::nonNull)
                                .min(Comparator.naturalOrder())
                        : Optional.<Instant>empty())
                .orElseGet(() -> newest().map(Communication::connectedAt).orElse(null));
    }

    private Optional<Communication> newest() {
        return current().or(() -> communications.stream().min(Participant::latestFirst));
    }

    /** When the talk was over; the epoch if that is not known. */
    Instant leftAt() {
        return communications.stream()
                .map(Communication::leftAt)
                .filter(Objects::nonNull)
                .max(Comparator.naturalOrder())
                .orElse(Instant.EPOCH);
    }

    /** A supervisor whom the customer does not hear. */
    boolean isListening() {
        return involvement == Involvement.MONITOR || involvement == Involvement.COACH;
    }

    /** When it was answered last; the epoch if that is not known. */
    Instant answeredAt() {
        return communications.stream()
                .map(Communication::connectedAt)
                .filter(Objects::nonNull)
                .max(Comparator.naturalOrder())
                .orElse(Instant.EPOCH);
    }

    /** Whether the customer waited in this queue once the agent had left; while they talk it is only consulted. */
    boolean hasHeldCustomerAfter(Participant agent) {
        return start().isAfter(agent.answeredAt())
                && (leftAt().equals(Instant.EPOCH) || leftAt().isAfter(agent.leftAt()));
    }

    boolean hasTalked() {
        return communications.stream().anyMatch(Communication::isAnswered);
    }

    /** Answered, or called out: what history and completion count as well. Who was only offered it took no part. */
    boolean hasTakenPart() {
        return hasTalked()
                || involvement == Involvement.PARTY && communications.stream().anyMatch(Communication::isDialled);
    }

    boolean isSameUser(Participant other) {
        return userId != null && userId.equals(other.userId);
    }

    /** Whether this one had begun to consult when the other came. */
    boolean hasConsulted(Participant other) {
        Instant since = consultingSince();
        return since != null && !isSameUser(other) && !other.start().isBefore(since);
    }

    /** When this agent began to consult: as reported, else when they began a second leg beside one that they hold. */
    @Nullable
    Instant consultingSince() {
        return consultSince != null
                ? consultSince
                : communications.stream()
                        .filter(c -> c.phase() == Phase.HELD)
                        .flatMap(held -> communications.stream()
                                .filter(c -> c.phase() == Phase.CONNECTED
                                        || c.phase().isOffered())
                                .filter(c -> c.mediaType().equals(held.mediaType())
                                        && c.start().isAfter(held.start())))
                        .map(Communication::begin)
                        .filter(Objects::nonNull)
                        .min(Comparator.naturalOrder())
                        .orElse(null);
    }

    private static int latestFirst(Communication a, Communication b) {
        return b.start().compareTo(a.start());
    }
}
