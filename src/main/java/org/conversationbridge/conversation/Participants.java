// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.conversation;

import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The participants of one conversation and what follows from them: who has it, where it stands.
 *
 * <p>Which agent has which role is the matter of {@link Rule}.
 */
public final class Participants {
    private static final Comparator<Participant> LATEST_FIRST =
            Comparator.comparing(Participant::start).reversed();

    private final List<Participant> all;
    private final Roles roles;
    private final Optional<Participant> primary;

    public Participants(List<Participant> all) {
        this.all = List.copyOf(all);
        this.roles = new Roles(this.all);
        this.primary = roles.primary();
    }

    /** The agent who has the conversation now. */
    public @Nullable Agent agent() {
        return primary.isEmpty() ? null : agents().get(0);
    }

    /** Every agent who is or was on the conversation, the one who has it first. */
    public List<Agent> agents() {
        return roles.agents();
    }

    /** Where a conversation without an end stands. */
    public State state() {
        return switch (primary.map(Participant::phase).orElse(Phase.ENDED)) {
            case CONNECTED -> connectedState();
            case HELD -> State.HELD;
            case ALERTING, DIALING -> State.ALERTING;
            case WRAPUP -> State.WRAPUP;
            case ENDED -> State.QUEUED;
        };
    }

    /** The queue it waits in, or the one the agent who has it got it from. */
    public @Nullable QueueRef queue() {
        if (primary.isEmpty()) {
            return latestQueue(p -> p.phase() != Phase.ENDED);
        }
        QueueRef own = primary.get().queue();
        return own != null ? own : latestQueue(p -> true);
    }

    /** The queue of the last agent, else the one it waited in last. */
    public @Nullable QueueRef lastQueue() {
        return all.stream()
                .filter(p -> p.isAgent() && p.queue() != null)
                .min(LATEST_FIRST)
                .map(Participant::queue)
                .orElseGet(() -> latestQueue(p -> true));
    }

    /** The latest time that any of them tells; absent where they tell none. */
    @Nullable
    Instant changedAt() {
        return all.stream()
                .flatMap(p -> p.communications().stream())
                .flatMap(c -> Stream.of(c.since(), c.connectedAt(), c.leftAt()))
                .filter(Objects::nonNull)
                .max(Comparator.naturalOrder())
                .orElse(null);
    }

    /** The medium of the agent who has it, else of the customer, else any; {@code unknown} without one. */
    public String mediaType() {
        return communications().map(Communication::mediaType).findFirst().orElse(Communication.UNKNOWN_MEDIA);
    }

    /** The direction of the customer's side, else any. */
    public @Nullable String direction() {
        return Stream.concat(customers(), all.stream())
                .flatMap(p -> p.communications().stream())
                .map(Communication::direction)
                .filter(direction -> direction != null)
                .findFirst()
                .orElse(null);
    }

    /** The customer, one who is still there before one who left. */
    public @Nullable Customer customer() {
        return customers()
                .findFirst()
                .map(p -> new Customer(p.participantId(), address(p), p.externalContactId(), p.attributes()))
                .orElse(null);
    }

    /** Hold may be told of either side; an outbound call rings at the customer's while the agent is connected. */
    private State connectedState() {
        String mediaType = mediaType();
        return switch (customers().findFirst().map(p -> p.phase(mediaType)).orElse(Phase.CONNECTED)) {
            case HELD -> State.HELD;
            case ALERTING, DIALING -> State.ALERTING;
            case CONNECTED, WRAPUP, ENDED -> State.CONNECTED;
        };
    }

    private @Nullable QueueRef latestQueue(Predicate<Participant> condition) {
        return all.stream()
                .filter(p -> p.isQueue() && p.queue() != null && condition.test(p))
                .min(LATEST_FIRST)
                .map(Participant::queue)
                .orElse(null);
    }

    private Stream<Communication> communications() {
        Stream<Participant> bySignificance =
                Stream.of(primary.stream(), customers(), all.stream()).flatMap(participants -> participants);
        List<Participant> ordered = bySignificance.toList();
        return Stream.concat(
                        ordered.stream().flatMap(p -> p.current().stream()),
                        ordered.stream().flatMap(p -> p.communications().stream()))
                .filter(c -> !c.mediaType().equals(Communication.UNKNOWN_MEDIA));
    }

    private Stream<Participant> customers() {
        return all.stream()
                .filter(Participant::isCustomer)
                .sorted(Comparator.comparing((Participant p) -> p.phase() == Phase.ENDED)
                        .thenComparing(p -> !p.purpose().equals("customer")));
    }

    private static @Nullable String address(Participant customer) {
        return customer.address() != null
                ? customer.address()
                : customer.communications().stream()
                        .map(Communication::remoteAddress)
                        .filter(address -> address != null)
                        .findFirst()
                        .orElse(null);
    }
}
