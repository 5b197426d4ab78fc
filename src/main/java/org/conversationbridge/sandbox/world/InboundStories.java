// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.sandbox.world;

/** A customer comes and waits in a queue. */
final class InboundStories {
    /** Steps between two lives. */
    private static final int REST = 24;

    private InboundStories() {}

    static Story answered(Telling told) {
        Leg customer = told.customer("interact");
        Leg waiting = Talk.waitsFirst(told);
        Leg agent = Talk.answered(told, waiting, told.agent(0));
        Talk.goesOn(told, agent);
        Talk.ends(told, customer, agent, agent.queueId());
        return told.story("handled");
    }

    static Story abandoned(Telling told) {
        Leg customer = told.customer("interact");
        Leg waiting = Talk.waitsFirst(told);
        givesUp(told, customer, waiting);
        return told.story("abandoned");
    }

    static Story abandonedWhileItRings(Telling told) {
        Leg customer = told.customer("interact");
        Leg waiting = Talk.waitsFirst(told);
        Leg agent = Talk.rings(told, told.agent(0), waiting.queueId());
        told.say("alerting", agent);
        told.pass();
        agent.stops();
        givesUp(told, customer, waiting);
        return told.story("abandoned");
    }

    static Story abandonedInTheSecondQueue(Telling told) {
        Leg customer = told.customer("interact");
        Leg first = Talk.waitsFirst(told);
        first.stops().measure("tFlowOut", first.age());
        Leg second = told.waits(told.queue(1));
        told.say("queued", "", second.queueId());
        told.pass();
        givesUp(told, customer, second);
        return told.story("abandoned");
    }

    /** One of whom the Platform API does not say who it is. */
    static Story answeredByOneWithoutUserId(Telling told) {
        Leg customer = told.customer("interact");
        Leg waiting = Talk.waitsFirst(told);
        Leg agent = told.comesUnnamed(waiting.queueId()).leg(told.mediaType(), told.direction(), "alert");
        told.say("alerting", agent);
        told.pass();
        told.answers(agent, waiting);
        told.pass();
        customer.stops();
        agent.stops();
        told.ends(agent.queueId());
        return told.story("handled");
    }

    /** Everybody leaves, and the end is known only later. */
    static Story everybodyLeavesFirst(Telling told) {
        Leg customer = told.customer("interact");
        Leg waiting = Talk.waitsFirst(told);
        Leg agent = Talk.answered(told, waiting, told.agent(0));
        Talk.goesOn(told, agent);
        customer.stops();
        told.wrapsUp(agent);
        if (!told.has(Twist.NO_WRAP_UP)) {
            told.say("wrapup", agent);
            told.pass();
        }
        told.isDone(agent);
        told.role(agent.userId(), "former");
        told.say("disconnected", "", agent.queueId());
        told.pass();
        told.ends(agent.queueId());
        return told.story("handled");
    }

    /** Over, and opened again by the customer: a thread of messages, an e-mail. */
    static Story openedAgain(Telling told) {
        Leg customer = told.customer("interact");
        Leg waiting = Talk.waitsFirst(told);
        Leg agent = Talk.answered(told, waiting, told.agent(0));
        Talk.goesOn(told, agent);
        Talk.ends(told, customer, agent, agent.queueId());
        for (int i = 0; i < REST; i++) {
            told.pass();
        }
        told.opensAgain();
        Leg again = customer.actor().leg(told.mediaType(), told.direction(), "interact");
        Leg waitingAgain = told.waits(told.queue(0));
        told.say("queued", "", waitingAgain.queueId());
        told.pass();
        Leg other = Talk.answered(told, waitingAgain, told.agent(1));
        told.pass();
        Talk.ends(told, again, other, other.queueId());
        return told.story("handled");
    }

    private static void givesUp(Telling told, Leg customer, Leg waiting) {
        customer.stops();
        waiting.stops().measure("tAbandon", waiting.age());
        told.ends(waiting.queueId());
    }
}
