// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.conversation;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

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
                    String.valueOf(agent.userId()),
                    agent.name(),
                    agent.participantId(),
                    rule.role().label(),
                    rule.label(),
                    agent.newest().map(Communication::connectedAt).orElse(null));
        }
    }

    private final List<Participant> all;
    private final List<Participant> consulting;
    private final List<Decision> decisions = new ArrayList<>();

    Roles(List<Participant> all) {
        this.all = all;
        this.consulting = all.stream()
                .filter(p ->
                        p.isAgent() && p.consultSince() != null && p.phase().isConnected())
                .toList();
        decide();
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

    private void decide() {
        List<Participant> undecided =
                new ArrayList<>(all.stream().filter(Participant::isAgent).toList());
        for (Rule rule : Rule.values()) {
            undecided.stream()
                    .filter(agent -> rule.fits(agent, this))
                    .sorted(rule.order())
                    .limit(room(rule))
                    .toList()
                    .forEach(agent -> {
                        if (undecided.removeIf(agent::isSameUser)) {
                            decisions.add(new Decision(agent, rule));
                        }
                    });
        }
    }

    private long room(Rule rule) {
        if (rule.role() != Role.PRIMARY) {
            return Long.MAX_VALUE;
        }
        return primary().isPresent() ? 0 : 1;
    }

    /** Consulted is who the API says so of, or who joined after another agent, still in the talk, began to consult. */
    Involvement involvement(Participant agent) {
        boolean consulted = agent.involvement() == Involvement.PARTY
                && agent.phase() != Phase.ENDED
                && consulting.stream().anyMatch(other -> other.hasConsulted(agent));
        return consulted ? Involvement.CONSULT : agent.involvement();
    }

    boolean customerTalks() {
        return all.stream().anyMatch(p -> p.isCustomer() && p.phase().isConnected());
    }

    boolean isWaiting() {
        return all.stream().anyMatch(p -> p.isQueue() && p.phase() != Phase.ENDED);
    }
}
