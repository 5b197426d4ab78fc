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

/** A conversation at one moment, as far as its state depends on it: what {@link Situation} needs to know. */
final class Scene {
    private final List<Participant> all;
    private final Customers customers;
    private final Optional<Participant> holder;
    private final Optional<Communication> leg;

    Scene(List<Participant> all, Customers customers, Optional<Participant> holder) {
        this.all = all;
        this.customers = customers;
        this.holder = holder;
        this.leg = holder.flatMap(this::legToCustomer);
    }

    /** What the agent who has it does. */
    boolean agentIs(Phase phase) {
        return holder.filter(agent -> agent.phase() == phase).isPresent();
    }

    boolean agentTalks() {
        return holder.filter(Participant::isConnected).isPresent();
    }

    /** The agent holds the leg to the customer, whatever they do on another, or the customer's side says so. */
    boolean customerIsHeld() {
        return agentTalks()
                && (leg.filter(own -> own.phase() == Phase.HELD).isPresent()
                        || customerIn(leg, p -> p == Phase.HELD).isPresent());
    }

    /** The customer's phone rings, or the agent calls them: they do not talk with each other yet. */
    boolean customerIsDialled() {
        return (holder.isEmpty() || agentTalks())
                && (leg.filter(own -> own.phase().isOffered()).isPresent()
                        || customerIn(leg, Phase::isOffered).isPresent());
    }

    boolean ringsAtAgents() {
        return holder.isEmpty()
                && all.stream()
                        .anyMatch(p -> p.isAgent() && isParty(p) && p.phase().isOffered()
                                || p.isGroup() && customers.areHeldBy(p));
    }

    boolean isHeld(Predicate<Participant> by) {
        return all.stream().anyMatch(p -> by.test(p) && customers.areHeldBy(p));
    }

    boolean isOutside() {
        return customers.areOutside();
    }

    boolean partnerIsDialled() {
        return customers.isTalking()
                && customers.partners().stream().anyMatch(p -> p.phase().isOffered());
    }

    boolean isScheduled() {
        return all.stream().flatMap(p -> p.communications().stream()).anyMatch(c -> c.phase() == Phase.SCHEDULED);
    }

    /** The customer is there, and no agent has been yet. */
    boolean hasJustBegun() {
        return customers.everybody().stream().anyMatch(Participant::isPresent)
                && all.stream().noneMatch(p -> p.isAgent() && isParty(p) && p.hasTakenPart());
    }

    /** Only supervisors are there, and there is no customer. */
    boolean isOnlySupervised() {
        return customers.everybody().isEmpty()
                && all.stream()
                        .anyMatch(p -> p.isAgent() && p.isConnected() && Media.isAuxiliary(customers.mediaType()));
    }

    /** When the hold that the customer is in began; null if that is not reported. */
    @Nullable
    Instant heldSince() {
        return Stream.concat(leg.stream(), customerIn(leg, phase -> phase == Phase.HELD).stream())
                .filter(c -> c.phase() == Phase.HELD)
                .map(Communication::heldSince)
                .filter(Objects::nonNull)
                .findFirst()
                .orElse(null);
    }

    private static boolean isParty(Participant agent) {
        return agent.involvement() == Involvement.PARTY || agent.involvement() == Involvement.CONSULT;
    }

    /** Of the legs of an agent who talks the one on which the customer is: in a medium of theirs, the first of it. */
    private Optional<Communication> legToCustomer(Participant agent) {
        List<Communication> legs = all.stream()
                .filter(p -> p == agent || p.isSameUser(agent))
                .flatMap(p -> p.communications().stream())
                .filter(c -> c.phase().isConnected() || c.phase().isOffered())
                .toList();
        List<Communication> shared = legs.stream()
                .filter(own -> customers.everybody().stream()
                        .flatMap(p -> p.communications().stream())
                        .anyMatch(c -> c.isPresent() && c.mediaType().equals(own.mediaType())))
                .toList();
        List<Communication> calls = withoutCallback(shared.isEmpty() ? legs : shared);
        return calls.stream()
                .max(Comparator.comparing((Communication c) -> c.phase().isConnected())
                        .thenComparing(Communication::start))
                .flatMap(latest -> calls.stream()
                        .filter(c -> c.mediaType().equals(latest.mediaType()))
                        .min(Comparator.comparing(
                                        (Communication c) -> !c.phase().isConnected())
                                .thenComparing(Communication::start)));
    }

    /**
     * What the customer does in the medium of a leg, in any where they are in it no more; the call before the callback.
     */
    private Optional<Communication> customerIn(Optional<Communication> leg, Predicate<Phase> phase) {
        List<Communication> theirs = withoutCallback(customers.everybody().stream()
                .flatMap(p -> p.communications().stream())
                .filter(Communication::isPresent)
                .toList());
        List<Communication> shared = theirs.stream()
                .filter(c ->
                        leg.filter(own -> own.mediaType().equals(c.mediaType())).isPresent())
                .toList();
        return (shared.isEmpty() ? theirs : shared)
                .stream()
                        .min(Comparator.comparing((Communication c) -> c.phase().rank())
                                .thenComparing(Communication::start, Comparator.reverseOrder()))
                        .filter(c -> phase.test(c.phase()));
    }

    private static List<Communication> withoutCallback(List<Communication> communications) {
        List<Communication> others = communications.stream()
                .filter(c -> !Media.isCallback(c.mediaType()) && c.phase() != Phase.SCHEDULED)
                .toList();
        return others.isEmpty() ? communications : others;
    }
}
