// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.sandbox.world;

import java.util.Optional;

/** An agent has put the customer on hold and asks another, who has answered. */
final class Consultation {
    private final Telling told;
    private final Leg agent;
    private final Leg partner;
    private final Optional<Leg> second;

    private Consultation(Telling told, Leg agent, Leg partner, Optional<Leg> second) {
        this.told = told;
        this.agent = agent;
        this.partner = partner;
        this.second = second;
    }

    static Consultation begin(Telling told, Leg agent) {
        agent.goes("hold").measure("nConsult", 1);
        Optional<Leg> second = told.has(Twist.SECOND_LEG)
                ? Optional.of(agent.actor().leg("voice", "outbound", "dialing"))
                : Optional.empty();
        Actor asked = told.comes("agent", told.agent(1), "").consultedBy(agent);
        Leg partner = asked.leg(told.mediaType(), told.direction(), "alert");
        told.role(asked.userId, "consult");
        told.say("held", agent);
        told.pass();
        second.ifPresent(leg -> leg.goes("interact"));
        partner.goes("interact");
        told.pass();
        return new Consultation(told, agent, partner, second);
    }

    Leg partner() {
        return partner;
    }

    void secondLegEnds() {
        second.ifPresent(Leg::stops);
    }

    /** The customer and the agent leave, and it ends. */
    void ends(Leg customer) {
        customer.stops();
        told.wrapsUp(agent);
        if (!told.has(Twist.NO_WRAP_UP)) {
            told.say("wrapup", agent);
            told.pass();
        }
        isDone();
        told.role(agent.userId(), "former");
        told.ends(agent.queueId());
    }

    /** The agent who asked is done. */
    void isDone() {
        told.isDone(agent, second.map(leg -> leg.millis("interact")).orElse(0L));
    }
}
