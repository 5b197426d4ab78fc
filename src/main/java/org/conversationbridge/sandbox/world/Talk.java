// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.sandbox.world;

/** What recurs in most stories: waiting, ringing, talking, after-call work. */
final class Talk {
    private Talk() {}

    /** The customer comes, hears a flow perhaps, and waits in a queue. */
    static Leg waitsFirst(Telling told) {
        if (told.has(Twist.FLOW_FIRST)) {
            Leg flow = told.comes("ivr", "Flow").leg(told.mediaType(), told.direction(), "ivr");
            told.say("queued", "", "");
            told.pass();
            flow.stops().measure("nFlow", 1);
        }
        Leg waiting = told.waits(told.queue(0));
        told.say("queued", "", waiting.queueId());
        told.pass();
        if (told.has(Twist.NOT_ANSWERED)) {
            notAnswered(told, waiting);
        }
        return waiting;
    }

    /** It rings for an agent who does not answer, and is put into after-call work. */
    private static void notAnswered(Telling told, Leg waiting) {
        Leg missed = rings(told, told.agent(3), waiting.queueId());
        told.say("alerting", missed);
        told.pass();
        missed.goes("wrapup").measure("tNotResponding", missed.age()).measure("nError", 1);
        told.say("queued", "", waiting.queueId());
        told.pass();
        missed.unmeasured().stops();
        told.pass();
    }

    /** It is offered to an agent of a queue, or to someone of no queue. */
    static Leg rings(Telling told, SandboxAgent agent, String queueId) {
        return told.comes("agent", agent, queueId).leg(told.mediaType(), told.direction(), "alert");
    }

    /** An agent of the queue gets it. */
    static Leg answered(Telling told, Leg waiting, SandboxAgent agent) {
        Leg leg = rings(told, agent, waiting.queueId());
        told.say("alerting", leg);
        told.pass();
        told.answers(leg, waiting);
        return leg;
    }

    /** They talk, with whatever comes on top. */
    static void goesOn(Telling told, Leg agent) {
        told.pass();
        if (told.has(Twist.HOLD)) {
            for (int i = 0; i < 2; i++) {
                agent.goes("hold");
                told.say("held", agent);
                told.pass();
                agent.goes("interact");
                told.say("connected", agent);
                told.pass();
            }
        }
        if (told.has(Twist.ACCOMPANIED)) {
            accompanied(told, agent);
        }
        if (told.has(Twist.SCREEN_WATCHED)) {
            screenWatched(told, agent);
        }
    }

    private static void accompanied(Telling told, Leg agent) {
        String medium = told.mediaType().equals("voice") ? "cobrowse" : "screenshare";
        String segment = medium.equals("cobrowse") ? "interact" : "sharing";
        Leg beside = agent.actor().leg(medium, "inbound", segment).unmeasured();
        told.accompanies(medium);
        told.pass();
        beside.stops();
        told.accompaniesNoMore(medium);
        told.pass();
    }

    private static void screenWatched(Telling told, Leg agent) {
        Actor supervisor = told.comes("user", told.agent(4), "");
        Leg watching = supervisor
                .leg("screenmonitoring", "inbound", "screenmonitoring")
                .mark("screenMonitoredUserId", agent.userId());
        told.accompanies("screenmonitoring");
        told.role(supervisor.userId, "monitor");
        told.pass();
        watching.stops();
        told.accompaniesNoMore("screenmonitoring");
        told.forget(supervisor.userId);
        told.pass();
    }

    /** The customer leaves, the agent does after-call work, it ends. */
    static void ends(Telling told, Leg customer, Leg agent, String queueId) {
        customer.stops();
        told.wrapsUp(agent);
        if (!told.has(Twist.NO_WRAP_UP)) {
            told.say("wrapup", agent.userId(), queueId);
            told.pass();
        }
        told.isDone(agent);
        told.role(agent.userId(), "former");
        told.ends(queueId);
    }

    /** The agent leaves; where they do after-call work, it is done at the next step. */
    static void leaves(Telling told, Leg agent) {
        told.wrapsUp(agent);
        told.role(agent.userId(), "former");
    }
}
