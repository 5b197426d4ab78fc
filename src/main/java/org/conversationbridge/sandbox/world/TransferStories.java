// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.sandbox.world;

/** One agent passes it on, or asks another. */
final class TransferStories {
    private TransferStories() {}

    static Story toQueue(Telling told) {
        Leg customer = told.customer("interact");
        Leg agent = Talk.answered(told, Talk.waitsFirst(told), told.agent(0));
        Talk.goesOn(told, agent);
        Leg waiting = told.waits(told.queue(1));
        Talk.leaves(told, agent);
        told.say("queued", "", waiting.queueId());
        told.pass();
        told.isDone(agent);
        Leg other = Talk.answered(told, waiting, told.agent(1));
        told.pass();
        Talk.ends(told, customer, other, other.queueId());
        return told.story("handled");
    }

    static Story toUser(Telling told) {
        Leg customer = told.customer("interact");
        Leg agent = Talk.answered(told, Talk.waitsFirst(told), told.agent(0));
        Talk.goesOn(told, agent);
        Leg other = Talk.rings(told, told.agent(1), "");
        Talk.leaves(told, agent);
        told.say("alerting", other.userId(), agent.queueId());
        told.pass();
        told.isDone(agent);
        other.goes("interact");
        told.say("connected", other.userId(), agent.queueId());
        told.pass();
        Talk.ends(told, customer, other, agent.queueId());
        return told.story("handled");
    }

    /** The partner gives advice and leaves. */
    static Story consult(Telling told) {
        Leg customer = told.customer("interact");
        Leg agent = Talk.answered(told, Talk.waitsFirst(told), told.agent(0));
        told.pass();
        Consultation asked = Consultation.begin(told, agent);
        asked.secondLegEnds();
        asked.partner().stops();
        told.role(asked.partner().userId(), "former");
        agent.goes("interact");
        told.say("connected", agent);
        told.isDone(asked.partner());
        told.pass();
        asked.ends(customer);
        return told.story("handled");
    }

    /** The partner takes it. */
    static Story consultTransfer(Telling told) {
        Leg customer = told.customer("interact");
        Leg agent = Talk.answered(told, Talk.waitsFirst(told), told.agent(0));
        told.pass();
        Consultation asked = Consultation.begin(told, agent);
        asked.secondLegEnds();
        agent.measure("nConsultTransferred", 1);
        Talk.leaves(told, agent);
        told.say("connected", asked.partner().userId(), agent.queueId());
        told.pass();
        asked.isDone();
        told.pass();
        Talk.ends(told, customer, asked.partner(), agent.queueId());
        return told.story("handled");
    }

    /** All three talk in the end. */
    static Story consultThenConference(Telling told) {
        Leg customer = told.customer("interact");
        Leg agent = Talk.answered(told, Talk.waitsFirst(told), told.agent(0));
        told.pass();
        Consultation asked = Consultation.begin(told, agent);
        asked.secondLegEnds();
        Leg partner = asked.partner();
        customer.confers(true);
        agent.confers(true);
        partner.confers(true);
        told.role(partner.userId(), "conference");
        told.say("connected", agent);
        told.pass();
        partner.stops();
        told.role(partner.userId(), "former");
        customer.confers(false);
        agent.confers(false);
        told.say("connected", agent);
        told.isDone(partner);
        told.pass();
        asked.ends(customer);
        return told.story("handled");
    }

    /** The agent passes the customer on to a number outside, and goes. */
    static Story toTheOutside(Telling told) {
        Leg customer = told.customer("interact");
        Leg agent = Talk.answered(told, Talk.waitsFirst(told), told.agent(0));
        Talk.goesOn(told, agent);
        Leg outside = told.comes("external", "Partner").leg("voice", "outbound", "dialing");
        agent.goes("hold");
        told.say("held", agent);
        told.pass();
        outside.goes("interact");
        agent.stops();
        told.isDone(agent);
        told.role(agent.userId(), "former");
        told.say("external", "", agent.queueId());
        told.pass();
        customer.stops();
        outside.stops();
        told.ends(agent.queueId());
        return told.story("handled");
    }
}
