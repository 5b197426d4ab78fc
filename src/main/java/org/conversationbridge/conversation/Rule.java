// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.conversation;

import static org.conversationbridge.conversation.Involvement.BARGE;
import static org.conversationbridge.conversation.Involvement.COACH;
import static org.conversationbridge.conversation.Involvement.CONSULT;
import static org.conversationbridge.conversation.Involvement.MONITOR;
import static org.conversationbridge.conversation.Involvement.PARTY;
import static org.conversationbridge.conversation.Phase.ALERTING;
import static org.conversationbridge.conversation.Phase.CONNECTED;
import static org.conversationbridge.conversation.Phase.DIALING;
import static org.conversationbridge.conversation.Phase.ENDED;
import static org.conversationbridge.conversation.Phase.HELD;
import static org.conversationbridge.conversation.Phase.SCHEDULED;
import static org.conversationbridge.conversation.Phase.WRAPUP;

import java.util.Comparator;
import java.util.Locale;
import java.util.Set;
import java.util.function.BiPredicate;

/**
 * The table that decides which agent has which role: the rules from top to bottom, the first that fits an agent
 * decides. A rule for {@link Role#PRIMARY} gives the conversation to one agent, the first in its order, and to none
 * when a rule above it has. An agent whom no rule fits is not listed: one who was offered it and did not answer, or
 * who has ended listening. {@code docs/roles.md} describes the same for consumers.
 */
public enum Rule {
    CONNECTED_LATEST(Role.PRIMARY, as(PARTY), doing(CONNECTED, HELD), Order.LATEST),
    ONLY_CONSULTED_LEFT(Role.PRIMARY, as(CONSULT), doing(CONNECTED, HELD), Order.EARLIEST),
    ONLY_BARGING_LEFT(Role.PRIMARY, as(BARGE), doing(CONNECTED, HELD), Order.LATEST, (a, all) -> all.customerTalks()),
    DIALING_LATEST(Role.PRIMARY, as(PARTY), doing(DIALING), Order.LATEST, (a, all) -> !all.groupRings()),
    ALERTING_LATEST(Role.PRIMARY, as(PARTY, CONSULT), doing(ALERTING), Order.LATEST, (a, all) -> !all.groupRings()),
    ACW_LATEST(
            Role.PRIMARY,
            as(PARTY, CONSULT, BARGE),
            doing(WRAPUP),
            Order.LAST_LEFT,
            (a, all) -> a.hasTakenPart() && !all.isPassedOn(a)),
    SCHEDULED_LATEST(Role.PRIMARY, as(PARTY, CONSULT), doing(SCHEDULED), Order.LATEST, (a, all) -> !all.isPassedOn(a)),

    CONNECTED_EARLIER(Role.CONFERENCE, as(PARTY), doing(CONNECTED, HELD), Order.LATEST),
    CONSULTED_JOINED(
            Role.CONFERENCE, as(CONSULT), doing(CONNECTED, HELD), Order.LATEST, (a, all) -> all.isConference(a)),
    CONSULTED(Role.CONSULT, as(CONSULT), doing(CONNECTED, HELD, DIALING, ALERTING), Order.LATEST),
    BARGING(Role.BARGE, as(BARGE), doing(CONNECTED, HELD, DIALING, ALERTING), Order.LATEST),
    COACHING(Role.COACH, as(COACH), doing(CONNECTED, HELD, DIALING, ALERTING), Order.LATEST),
    MONITORING(Role.MONITOR, as(MONITOR), doing(CONNECTED, HELD, DIALING, ALERTING), Order.LATEST),
    RINGING(Role.ALERTING, as(PARTY), doing(DIALING, ALERTING), Order.LATEST, (a, all) -> all.groupRings()),
    OFFERED(Role.TRANSFER_TARGET, as(PARTY), doing(DIALING, ALERTING), Order.LATEST),
    ACW_EARLIER(Role.FORMER, as(PARTY, CONSULT, BARGE), doing(WRAPUP), Order.LAST_LEFT, (a, all) -> a.hasTakenPart()),
    LEFT(
            Role.FORMER,
            as(PARTY, CONSULT, BARGE),
            doing(SCHEDULED, ENDED),
            Order.LAST_LEFT,
            (a, all) -> a.hasTakenPart());

    private final Role role;
    private final Set<Involvement> involvements;
    private final Set<Phase> phases;
    private final Order order;
    private final BiPredicate<Participant, Roles> condition;

    Rule(Role role, Set<Involvement> involvements, Set<Phase> phases, Order order) {
        this(role, involvements, phases, order, (agent, all) -> true);
    }

    Rule(
            Role role,
            Set<Involvement> involvements,
            Set<Phase> phases,
            Order order,
            BiPredicate<Participant, Roles> condition) {
        this.role = role;
        this.involvements = involvements;
        this.phases = phases;
        this.order = order;
        this.condition = condition;
    }

    /** The role it gives. */
    public Role role() {
        return role;
    }

    /** As messages name it. */
    public String label() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    boolean fits(Participant agent, Roles all) {
        return involvements.contains(all.involvement(agent))
                && phases.contains(agent.phase())
                && condition.test(agent, all);
    }

    /** Whom of several it takes first. */
    Comparator<Participant> order() {
        return order.comparator;
    }

    private static Set<Involvement> as(Involvement... involvements) {
        return Set.of(involvements);
    }

    private static Set<Phase> doing(Phase... phases) {
        return Set.of(phases);
    }

    private enum Order {
        EARLIEST(Comparator.comparing(Participant::start)),
        LATEST(Comparator.comparing(Participant::start).reversed()),
        LAST_LEFT(Comparator.comparing(Participant::leftAt).reversed());

        private final Comparator<Participant> comparator;

        Order(Comparator<Participant> comparator) {
            this.comparator = comparator;
        }
    }
}
