// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.sandbox.world;

/** A supervisor joins a talk. */
final class SupervisorStories {
    private SupervisorStories() {}

    static Story monitored(Telling told) {
        return joined(told, "monitoring", "monitoredParticipantId", "monitor");
    }

    static Story coached(Telling told) {
        return joined(told, "coaching", "coachedParticipantId", "coach");
    }

    static Story bargedIn(Telling told) {
        return joined(told, "barging", "bargedParticipantId", "barge");
    }

    private static Story joined(Telling told, String segment, String mark, String role) {
        Leg customer = told.customer("interact");
        Leg agent = Talk.answered(told, Talk.waitsFirst(told), told.agent(0));
        Leg supervisor = joins(told, agent, segment, mark, role);
        told.pass();
        supervisor.stops();
        if (role.equals("barge")) {
            told.role(supervisor.userId(), "former");
            told.worked(supervisor, 0, supervisor.millis("barging"), 0);
        } else {
            told.forget(supervisor.userId());
        }
        Talk.goesOn(told, agent);
        Talk.ends(told, customer, agent, agent.queueId());
        return told.story("handled");
    }

    /** The agent leaves, the supervisor talks on with the customer alone. */
    static Story bargedInAndFinished(Telling told) {
        Leg customer = told.customer("interact");
        Leg agent = Talk.answered(told, Talk.waitsFirst(told), told.agent(0));
        Leg supervisor = joins(told, agent, "barging", "bargedParticipantId", "barge");
        told.pass();
        Talk.leaves(told, agent);
        told.say("connected", supervisor.userId(), agent.queueId());
        told.pass();
        told.isDone(agent);
        told.pass();
        customer.stops();
        supervisor.stops();
        told.role(supervisor.userId(), "former");
        told.worked(supervisor, 0, supervisor.millis("barging"), 0);
        told.ends(agent.queueId());
        return told.story("handled");
    }

    /** Their own phone is rung up first. */
    private static Leg joins(Telling told, Leg agent, String segment, String mark, String role) {
        told.pass();
        Actor actor = told.comes("user", told.agent(2), "");
        Leg supervisor =
                actor.leg(told.mediaType(), "inbound", told.mediaType().equals("voice") ? "contacting" : "alert");
        supervisor.mark(mark, agent.actor().id);
        told.role(actor.userId, role);
        told.pass();
        return supervisor.goes(segment);
    }
}
