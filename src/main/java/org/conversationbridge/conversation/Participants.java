// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.conversation;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The participants of one conversation and what follows from them: who has it, where it stands.
 *
 * <p>The agent who has it is the one connected, before one alerting, before one in after-call work; of several the
 * latest. Whoever consults, coaches, monitors or barges never has it, unless a consulted agent is the last one left (a
 * completed consult transfer).
 */
public final class Participants {
    private static final Comparator<Participant> LATEST_FIRST =
            Comparator.comparing(Participants::start).reversed();

    private final List<Participant> all;
    private final List<Participant> agentsPresent;
    private final Optional<Participant> primary;

    public Participants(List<Participant> all) {
        this.all = List.copyOf(all);
        this.agentsPresent = oncePerUser(this.all.stream().filter(p -> p.isAgent() && p.phase() != Phase.ENDED));
        this.primary = findPrimary();
    }

    /** The agent who has the conversation now. */
    public @Nullable Agent agent() {
        return primary.map(p -> agent(p, "primary")).orElse(null);
    }

    /** Every agent on the conversation now, the one who has it first, then the latest first. */
    public List<Agent> agents() {
        List<Agent> agents = new ArrayList<>();
        primary.ifPresent(p -> agents.add(agent(p, "primary")));
        agentsPresent.stream()
                .filter(p -> primary.filter(p::equals).isEmpty())
                .sorted(LATEST_FIRST)
                .forEach(p -> agents.add(agent(p, role(p))));
        return agents;
    }

    /** Where a conversation without an end stands. */
    public State state() {
        return switch (primary.map(Participant::phase).orElse(Phase.ENDED)) {
            case CONNECTED -> connectedState();
            case HELD -> State.HELD;
            case ALERTING -> State.ALERTING;
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

    private Optional<Participant> findPrimary() {
        List<Participant> parties = present(p -> p.involvement() == Involvement.PARTY && !isConsulted(p));
        Optional<Participant> talking = best(parties, p -> p.phase().isConnected());
        if (talking.isEmpty()) {
            talking = present(p -> isConsulted(p) && p.phase().isConnected()).stream()
                    .min(Comparator.comparing(Participants::start));
        }
        return talking.or(() -> best(parties, p -> p.phase() == Phase.ALERTING))
                .or(() -> isWaiting() ? Optional.empty() : best(parties, p -> true));
    }

    private static Optional<Participant> best(List<Participant> agents, Predicate<Participant> condition) {
        return agents.stream().filter(condition).min(LATEST_FIRST);
    }

    private List<Participant> present(Predicate<Participant> condition) {
        return agentsPresent.stream().filter(condition).toList();
    }

    /** Told so by the API, or joined after another agent, still in the talk, began to consult. */
    private boolean isConsulted(Participant agent) {
        return agent.involvement() == Involvement.CONSULT
                || agent.involvement() == Involvement.PARTY
                        && agentsPresent.stream().anyMatch(other -> consults(other, agent));
    }

    private static boolean consults(Participant agent, Participant other) {
        Instant since = agent.consultSince();
        return since != null
                && agent.phase().isConnected()
                && !agent.equals(other)
                && !start(other).isBefore(since);
    }

    private boolean isWaiting() {
        return all.stream().anyMatch(p -> p.isQueue() && p.phase() != Phase.ENDED);
    }

    /** Hold may be told of either side; an outbound call rings at the customer's while the agent is connected. */
    private State connectedState() {
        return switch (customers().findFirst().map(Participant::phase).orElse(Phase.CONNECTED)) {
            case HELD -> State.HELD;
            case ALERTING -> State.ALERTING;
            case CONNECTED, WRAPUP, ENDED -> State.CONNECTED;
        };
    }

    private String role(Participant agent) {
        return switch (agent.involvement()) {
            case COACH -> "coach";
            case MONITOR -> "monitor";
            case BARGE -> "barge";
            case CONSULT -> agent.phase() == Phase.WRAPUP ? "former" : "consult";
            case PARTY -> partyRole(agent);
        };
    }

    private String partyRole(Participant agent) {
        return switch (agent.phase()) {
            case WRAPUP, ENDED -> "former";
            case ALERTING -> isConsulted(agent) ? "consult" : "transferTarget";
            case CONNECTED, HELD -> isConsulted(agent) ? "consult" : "conference";
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

    private static Agent agent(Participant p, String role) {
        Instant connectedAt = p.current().map(Communication::connectedAt).orElse(null);
        return new Agent(String.valueOf(p.userId()), p.name(), p.participantId(), role, connectedAt);
    }

    private static Instant start(Participant p) {
        return p.current()
                .or(() -> p.communications().stream().max(Comparator.comparing(Participant::start)))
                .map(Participant::start)
                .orElse(Instant.EPOCH);
    }

    /** An agent who came twice counts once, with what matters most. */
    private static List<Participant> oncePerUser(Stream<Participant> agents) {
        Set<String> seen = new HashSet<>();
        return agents.sorted(Comparator.comparing((Participant p) -> p.phase().rank())
                        .thenComparing(LATEST_FIRST))
                .filter(p -> seen.add(String.valueOf(p.userId())))
                .toList();
    }
}
