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
 * <p>Which agent has which role is the matter of {@link Rule}, where it stands that of {@link Situation}. Media that
 * only accompany a main one are left out before anything is decided.
 */
public final class Participants {
    private static final Comparator<Participant> LATEST_FIRST =
            Comparator.comparing(Participant::start).reversed();

    private final List<Communication> told;
    private final List<Participant> all;
    private final Customers customers;
    private final Roles roles;
    private final Optional<Participant> holder;
    private final Situation situation;
    private final Scene scene;

    public Participants(List<Participant> participants) {
        this.told = participants.stream()
                .flatMap(participant -> participant.communications().stream())
                .toList();
        boolean hasMain =
                told.stream().anyMatch(c -> !c.isAuxiliary() && !c.mediaType().equals(Communication.NO_MEDIUM));
        this.all = hasMain
                ? participants.stream().map(Participant::withoutAuxiliaryMedia).toList()
                : List.copyOf(participants);
        this.customers = new Customers(all);
        this.roles = new Roles(all, customers);
        this.holder = roles.primary();
        this.scene = new Scene(all, customers, holder);
        this.situation = Situation.of(scene);
    }

    /** The agent who has the conversation now; null also if the API does not say who that is. */
    public @Nullable Agent agent() {
        return holder.isEmpty() || holder.get().userId() == null ? null : agents().get(0);
    }

    /** Every agent who is or was on the conversation, the one who has it first. */
    public List<Agent> agents() {
        return roles.agents();
    }

    /** Where a conversation without an end stands. */
    public State state() {
        return situation.state();
    }

    /** The queue it waits in, or the one the agent who has it got it from; of one who is past the queues the last. */
    public @Nullable QueueRef queue() {
        if (situation == Situation.IN_FLOW || situation == Situation.JUST_BEGUN) {
            return null;
        }
        if (situation == Situation.IN_QUEUE) {
            return latestQueue(customers::areHeldBy);
        }
        return holder.map(Participant::queue)
                .or(() -> Optional.ofNullable(latestQueue(holder.isPresent() ? p -> true : Participant::isPresent)))
                .orElseGet(this::lastQueue);
    }

    /** The queue the customer was in last: of the last agent who answered, or one they waited in after that. */
    public @Nullable QueueRef lastQueue() {
        Optional<Participant> answered = all.stream()
                .filter(p -> p.isAgent() && p.queue() != null && p.hasTalked() && !p.isListening())
                .max(Comparator.comparing(Participant::answeredAt));
        Optional<Participant> waited = all.stream()
                .filter(p -> p.isQueue() && p.queue() != null)
                .filter(p ->
                        answered.filter(agent -> !p.hasHeldCustomerAfter(agent)).isEmpty())
                .max(Comparator.comparing(Participant::start));
        return waited.or(() -> answered)
                .or(() -> all.stream()
                        .filter(p -> p.isAgent() && p.queue() != null)
                        .min(LATEST_FIRST))
                .map(Participant::queue)
                .orElse(null);
    }

    /** The latest time that any of them reports; absent if they report none. */
    @Nullable
    Instant changedAt() {
        return all.stream()
                .flatMap(p -> p.communications().stream())
                .filter(c -> !c.isAuxiliary() || Media.isAuxiliary(mediaType()))
                .flatMap(c -> Stream.of(c.since(), c.connectedAt(), c.leftAt()))
                .filter(Objects::nonNull)
                .max(Comparator.naturalOrder())
                .orElse(null);
    }

    /** When the hold that goes on began. */
    @Nullable
    Instant heldSince() {
        return state() == State.HELD ? scene.heldSince() : null;
    }

    /** The medium of the conversation; {@code unknown} without one. */
    public String mediaType() {
        return customers.mediaType();
    }

    /** The media that go on now and accompany it. */
    public List<String> auxiliaryMedia() {
        return told.stream()
                .filter(c -> c.isAuxiliary() && c.isPresent() && c.phase() != Phase.WRAPUP)
                .map(Communication::mediaType)
                .filter(medium -> !medium.equals(mediaType()))
                .distinct()
                .sorted()
                .toList();
    }

    /**
     * The direction of the customer's side in the conversation's medium, else in any; else that of the participant who
     * came first.
     */
    public @Nullable String direction() {
        List<Communication> ofCustomer = Media.byBegin(customers.everybody()).toList();
        return Stream.of(
                        ofCustomer.stream().filter(c -> c.mediaType().equals(mediaType())),
                        ofCustomer.stream(),
                        Media.byBegin(all))
                .flatMap(communications -> communications)
                .map(Communication::direction)
                .filter(Objects::nonNull)
                .findFirst()
                .orElse(null);
    }

    /** The customer, also when they are gone. */
    public @Nullable Customer customer() {
        return customers
                .first()
                .map(p -> new Customer(p.participantId(), address(p), p.externalContactId(), p.attributes()))
                .orElse(null);
    }

    private @Nullable QueueRef latestQueue(Predicate<Participant> condition) {
        return all.stream()
                .filter(p -> p.isQueue() && p.queue() != null && condition.test(p))
                .min(LATEST_FIRST)
                .map(Participant::queue)
                .orElse(null);
    }

    private static @Nullable String address(Participant customer) {
        return Stream.concat(
                        Stream.ofNullable(customer.address()),
                        Media.byBegin(List.of(customer)).map(Communication::remoteAddress))
                .filter(Objects::nonNull)
                .findFirst()
                .map(Addresses::canonical)
                .orElse(null);
    }
}
