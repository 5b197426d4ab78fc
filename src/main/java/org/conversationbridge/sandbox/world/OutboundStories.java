// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.sandbox.world;

/** The contact centre calls. */
final class OutboundStories {
    private OutboundStories() {}

    static Story answered(Telling told) {
        told.about("voice", "outbound");
        Leg agent = dials(told);
        Leg customer = told.customer("dialing");
        told.say("alerting", agent);
        told.pass();
        customer.goes("interact");
        agent.goes("interact");
        told.say("connected", agent);
        Talk.goesOn(told, agent);
        Talk.ends(told, customer, agent, "");
        return told.story("handled");
    }

    static Story notAnswered(Telling told) {
        told.about("voice", "outbound");
        Leg agent = dials(told);
        Leg customer = told.customer("dialing");
        told.say("alerting", agent);
        told.pass();
        customer.stops();
        agent.stops();
        told.isDone(agent);
        told.role(agent.userId(), "former");
        told.ends("");
        return told.story("unanswered");
    }

    private static Leg dials(Telling told) {
        Leg agent = told.comes("agent", told.agent(0), "").leg("voice", "outbound", "contacting");
        told.say("alerting", agent);
        told.pass();
        return agent.goes("dialing");
    }

    /** A dialer calls, the contact waits in a queue, an agent gets it. */
    static Story dialer(Telling told) {
        Leg customer = calls(told);
        customer.goes("interact");
        Leg waiting = Talk.waitsFirst(told);
        Leg agent = Talk.answered(told, waiting, told.agent(0));
        Talk.goesOn(told, agent);
        Talk.ends(told, customer, agent, agent.queueId());
        return told.story("handled");
    }

    /** The contact answers, and hangs up before an agent is there. */
    static Story dialerAbandoned(Telling told) {
        Leg customer = calls(told);
        customer.goes("interact");
        Leg waiting = Talk.waitsFirst(told);
        customer.stops();
        waiting.stops().measure("nOutboundAbandoned", 1).measure("tAbandon", waiting.age());
        told.ends(waiting.queueId());
        return told.story("abandoned");
    }

    static Story dialerNotAnswered(Telling told) {
        Leg customer = calls(told);
        customer.stops();
        told.ends("");
        return told.story("unanswered");
    }

    /** The contact answers and hears a flow; no agent is part of it. */
    static Story agentless(Telling told) {
        Leg customer = calls(told);
        customer.goes("interact");
        Leg flow = told.comes("ivr", "Outbound flow").leg("voice", "outbound", "ivr");
        told.say("queued", "", "");
        told.pass();
        flow.stops();
        customer.stops();
        told.ends("");
        return told.story("reached");
    }

    private static Leg calls(Telling told) {
        told.about("voice", "outbound");
        Leg customer = told.customer("dialing").measure("nOutboundAttempted", 1);
        told.say("alerting", "", "");
        told.pass();
        return customer;
    }
}
