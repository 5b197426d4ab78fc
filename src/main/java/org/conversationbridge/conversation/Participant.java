// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.conversation;

import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Somebody or something that takes part in a conversation.
 *
 * @param participantId not unique within a conversation
 * @param purpose {@code customer}, {@code external}, {@code acd}, {@code agent}, {@code user}, {@code ivr}, ...: any text
 * @param queue the queue it waits in (acd) or answered from (agent)
 * @param address its address as told of the participant itself, not of a medium
 * @param attributes of the participant, by name; the details query tells none
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

    public Participant {
        attributes = Map.copyOf(attributes);
        communications = List.copyOf(communications);
    }

    boolean isAgent() {
        return userId != null && (purpose.equals("agent") || purpose.equals("user"));
    }

    boolean isCustomer() {
        return purpose.equals("customer") || purpose.equals("external");
    }

    boolean isQueue() {
        return purpose.equals("acd");
    }

    /** The communication that matters most now: connected before alerting before wrap-up, then the latest. */
    Optional<Communication> current() {
        return current(communications.stream());
    }

    private static Optional<Communication> current(Stream<Communication> communications) {
        return communications
                .filter(c -> c.phase() != Phase.ENDED)
                .min(Comparator.comparing((Communication c) -> c.phase().rank())
                        .thenComparing(Participant::latestFirst));
    }

    /** The current one; of somebody who left the last. */
    Optional<Communication> newest() {
        return current().or(() -> communications.stream().min(Participant::latestFirst));
    }

    Phase phase() {
        return current().map(Communication::phase).orElse(Phase.ENDED);
    }

    /** In one medium; in any where that is over. */
    Phase phase(String mediaType) {
        return current(communications.stream().filter(c -> c.mediaType().equals(mediaType)))
                .map(Communication::phase)
                .orElse(phase());
    }

    /** When it was answered, else when it began; the epoch where neither is known. */
    Instant start() {
        return newest().map(Participant::start).orElse(Instant.EPOCH);
    }

    /** When the talk was over; the epoch where that is not known. */
    Instant leftAt() {
        return communications.stream()
                .map(Communication::leftAt)
                .filter(Objects::nonNull)
                .max(Comparator.naturalOrder())
                .orElse(Instant.EPOCH);
    }

    boolean hasTalked() {
        return communications.stream().anyMatch(c -> c.connectedAt() != null);
    }

    boolean isSameUser(Participant other) {
        return userId != null && userId.equals(other.userId);
    }

    /** Whether this one had begun to consult when the other came. */
    boolean hasConsulted(Participant other) {
        return consultSince != null && !isSameUser(other) && !other.start().isBefore(consultSince);
    }

    private static int latestFirst(Communication a, Communication b) {
        return start(b).compareTo(start(a));
    }

    private static Instant start(Communication c) {
        Instant start = c.connectedAt() != null ? c.connectedAt() : c.since();
        return start == null ? Instant.EPOCH : start;
    }
}
