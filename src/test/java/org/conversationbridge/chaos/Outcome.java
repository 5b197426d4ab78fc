// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.chaos;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.conversationbridge.chaos.Verdict.Kind;
import org.conversationbridge.chaos.Verdict.Violation;
import org.conversationbridge.judge.Told;

/**
 * How a run went.
 *
 * @param places connectors at the same time
 * @param isNotified whether the connectors used notifications
 * @param faults requests to Genesys Cloud that were spoilt
 * @param polls good ones
 * @param recovered whether a good poll came and was delivered after the storm
 * @param died connectors that ended by themselves
 * @param aside messages left on queues where at the end there should be none
 */
record Outcome(
        long seed,
        Duration duration,
        int places,
        boolean isNotified,
        Schedule schedule,
        int faults,
        int polls,
        Oracle oracle,
        Verdict verdict,
        boolean recovered,
        List<String> died,
        Map<String, Long> aside) {

    /** Whether everything is as it should be. */
    boolean isFlawless() {
        return verdict.violations().isEmpty()
                && recovered
                && died.isEmpty()
                && aside.values().stream().allMatch(count -> count == 0);
    }

    /** One line. */
    String summary() {
        return "chaos seed=" + seed + " duration=" + duration.toSeconds() + "s connectors=" + places
                + (isNotified ? " notifications=true poller-kills=" + schedule.pollerKills() : "")
                + " connector-kills=" + schedule.connectorKills() + " broker-kills=" + schedule.brokerKills()
                + " freezes=" + schedule.freezes() + " cuts=" + schedule.cuts() + " genesys-faults=" + faults
                + " polls=" + polls + " conversations="
                + oracle.messages().stream()
                        .map(Told::conversationId)
                        .distinct()
                        .count()
                + " seen=" + oracle.seen().size() + " messages="
                + oracle.messages().size()
                + " held=" + told("held")
                + " lost=" + verdict.count(Kind.LOST)
                + " duplicates=" + verdict.count(Kind.DUPLICATE)
                + " doubled=" + verdict.count(Kind.DOUBLED)
                + " ghosts=" + verdict.count(Kind.GHOST)
                + " out-of-order=" + verdict.count(Kind.OUT_OF_ORDER)
                + " recovered=" + recovered + " died=" + died.size() + " left=" + aside;
    }

    /** Messages that report a state. */
    long told(String state) {
        return oracle.messages().stream()
                .filter(message -> message.standing().state().equals(state))
                .count();
    }

    /** The line, and each conversation that was wronged with everything that is known of it. */
    String report() {
        return summary() + "\n"
                + (died.isEmpty() ? "" : "ended by themselves: " + died + "\n")
                + verdict.violations().stream()
                        .map(Violation::conversationId)
                        .collect(Collectors.toCollection(TreeSet::new))
                        .stream()
                        .map(this::history)
                        .collect(Collectors.joining());
    }

    private String history(String id) {
        StringBuilder text = new StringBuilder("\nconversation " + id + "\n");
        verdict.violations().stream()
                .filter(violation -> violation.conversationId().equals(id))
                .forEach(violation -> text.append("  ")
                        .append(violation.kind())
                        .append(' ')
                        .append(violation.text())
                        .append('\n'));
        oracle.messages().stream()
                .filter(message -> message.conversationId().equals(id))
                .forEach(message -> text.append("  arrived ").append(message).append('\n'));
        text.append("  checkpoint ").append(Objects.toString(oracle.checkpoint().get(id), "none"));
        text.append(", true ")
                .append(Objects.toString(oracle.truth().get(id), "(over)"))
                .append('\n');
        return text.toString();
    }
}
