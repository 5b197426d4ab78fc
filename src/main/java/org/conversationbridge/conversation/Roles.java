// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.conversation;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The role of each agent on a conversation, by the table of {@link Rule}. An agent who came twice is counted once. One
 * without a user id can have it, and is not listed.
 */
final class Roles {
    private record Decision(Participant agent, Rule rule) {
        private boolean isPrimary() {
            return rule.role() == Role.PRIMARY;
        }

        private boolean hasLeft() {
            return agent.phase() == Phase.ENDED;
        }

        private Instant moment() {
            return hasLeft() ? agent.leftAt() : agent.start();
        }

        private Stream<Agent> told() {
            String userId = agent.userId();
            return userId == null
                    ? Stream.empty()
                    : Stream.of(new Agent(
                            userId,
                            agent.name(),
                            agent.participantId(),
                            rule.role().label(),
                            rule.label(),
                            agent.connectedAt()));
        }
    }

    private final List<Participant> parties;
    private final List<Participant> consulting;
    private final boolean customerTalks;
    private final boolean customerIsOnHold;
    private final boolean groupRings;
    private final List<Participant> holding;
    private final boolean outsideTalks;
    private final List<Decision> decisions;

    Roles(List<Participant> all, Customers customers) {
        List<Participant> agents = all.stream().filter(Participant::isAgent).toList();
        this.consulting = agents.stream()
                .filter(p -> p.userId() != null && p.isConnected())
                .filter(p -> p.consultingSince() != null)
                .toList();
        this.customerTalks = customers.isTalking();
        this.customerIsOnHold = customers.isOnHold();
        this.parties = agents.stream()
                .filter(agent -> agent.involvement() == Involvement.PARTY || agent.involvement() == Involvement.CONSULT)
                .toList();
        this.groupRings = isGroupRing();
        this.holding = all.stream()
                .filter(p -> p.isQueue() || p.isVoicemail() || p.isFlow() && !p.isSurvey())
                .filter(customers::areHeldBy)
                .toList();
        this.outsideTalks = customers.areOutside();
        this.decisions = decide(agents);
    }

    /** The agent who has it now. */
    Optional<Participant> primary() {
        return decisions.stream().filter(Decision::isPrimary).findFirst().map(Decision::agent);
    }

    /** The one who has it first, then those present, the latest first, then those who left, the last to leave first. */
    List<Agent> agents() {
        return decisions.stream()
                .sorted(Comparator.comparing((Decision decision) -> !decision.isPrimary())
                        .thenComparing(Decision::hasLeft)
                        .thenComparing(Decision::moment, Comparator.reverseOrder()))
                .flatMap(Decision::told)
                .toList();
    }

    private List<Decision> decide(List<Participant> agents) {
        List<Decision> made = new ArrayList<>();
        Set<Object> decided = new HashSet<>();
        for (Rule rule : Rule.values()) {
            boolean one = rule.role() == Role.PRIMARY;
            // The rules for it come first in the table.
            if (one && !made.isEmpty()) {
                continue;
            }
            agents.stream()
                    .filter(agent -> !decided.contains(user(agent)) && rule.fits(agent, this))
                    .sorted(Comparator.comparing((Participant agent) -> agent.userId() == null)
                            .thenComparing(rule.order()))
                    .limit(one ? 1 : Long.MAX_VALUE)
                    .toList()
                    .forEach(agent -> {
                        if (decided.add(user(agent))) {
                            made.add(new Decision(agent, rule));
                        }
                    });
        }
        return made;
    }

    private static Object user(Participant agent) {
        @Nullable String userId = agent.userId();
        return userId == null ? agent : userId;
    }

    /** It rings for several, and no one is in the talk or calls out. */
    private boolean isGroupRing() {
        return parties.stream().noneMatch(agent -> agent.isConnected() || callsOut(agent))
                && parties.stream()
                                .filter(agent -> agent.phase().isOffered())
                                .map(Roles::user)
                                .distinct()
                                .count()
                        > 1;
    }

    /** Whose phone is being dialled while a customer waits is called; otherwise they call. */
    private boolean callsOut(Participant agent) {
        return agent.phase() == Phase.DIALING && !customerTalks;
    }

    /** Consulted is who the API says so of, or who joined after another agent, still in the talk, began to consult. */
    Involvement involvement(Participant agent) {
        boolean consulted = agent.involvement() == Involvement.PARTY
                && agent.isPresent()
                && consulting.stream().anyMatch(other -> other.hasConsulted(agent));
        return consulted ? Involvement.CONSULT : agent.involvement();
    }

    boolean customerTalks() {
        return customerTalks;
    }

    /** Whether who was consulted talks with the customer too: it is reported so, or no one is on hold. */
    boolean isConference(Participant consulted) {
        return consulted.isInConference()
                || customerTalks
                        && !customerIsOnHold
                        && !consulted.isOnHold()
                        && parties.stream().noneMatch(agent -> agent.isConnected() && agent.isOnHold());
    }

    boolean groupRings() {
        return groupRings;
    }

    /** Whether a queue, a flow that came after the agent, a voicemail box or an external party has the customer. */
    boolean isPassedOn(Participant agent) {
        return groupRings
                || outsideTalks
                || holding.stream()
                        .anyMatch(other -> other.isQueue() || !other.start().isBefore(agent.start()));
    }
}
