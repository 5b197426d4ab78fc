// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.conversation;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The role of each agent on a conversation, by the table of {@link Rule}. An agent who came twice counts once. */
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

        private Agent told() {
            return new Agent(
                    user(agent),
                    agent.name(),
                    agent.participantId(),
                    rule.role().label(),
                    rule.label(),
                    agent.newest().map(Communication::connectedAt).orElse(null));
        }
    }

    private final List<Decision> decisions;
    private final List<Participant> consulting;
    private final boolean customerTalks;
    private final boolean waiting;

    Roles(List<Participant> all) {
        this.consulting = all.stream()
                .filter(p -> p.isAgent() && p.phase().isConnected())
                .filter(p -> p.consultSince() != null)
                .toList();
        this.customerTalks =
                all.stream().anyMatch(p -> p.isCustomer() && p.phase().isConnected());
        this.waiting = all.stream().anyMatch(p -> p.isQueue() && p.phase() != Phase.ENDED);
        this.decisions = decide(all.stream().filter(Participant::isAgent).toList());
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
                .map(Decision::told)
                .toList();
    }

    private List<Decision> decide(List<Participant> agents) {
        List<Decision> made = new ArrayList<>();
        Set<String> decided = new HashSet<>();
        for (Rule rule : Rule.values()) {
            boolean one = rule.role() == Role.PRIMARY;
            // The rules for it come first in the table.
            if (one && !made.isEmpty()) {
                continue;
            }
            agents.stream()
                    .filter(agent -> !decided.contains(user(agent)) && rule.fits(agent, this))
                    .sorted(rule.order())
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

    private static String user(Participant agent) {
        return String.valueOf(agent.userId());
    }

    /** Consulted is who the API says so of, or who joined after another agent, still in the talk, began to consult. */
    Involvement involvement(Participant agent) {
        boolean consulted = agent.involvement() == Involvement.PARTY
                && agent.phase() != Phase.ENDED
                && consulting.stream().anyMatch(other -> other.hasConsulted(agent));
        return consulted ? Involvement.CONSULT : agent.involvement();
    }

    boolean customerTalks() {
        return customerTalks;
    }

    boolean isWaiting() {
        return waiting;
    }
}
