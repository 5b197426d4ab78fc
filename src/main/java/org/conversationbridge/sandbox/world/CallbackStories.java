// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.sandbox.world;

/** The customer is to be called back, or has left a voicemail that an agent works on. */
final class CallbackStories {
    private CallbackStories() {}

    static Story answered(Telling told) {
        return called(told, true);
    }

    static Story notAnswered(Telling told) {
        return called(told, false);
    }

    /**
     * The agent has the callback, and calls the customer beside it: {@code tTalk} and {@code tHandle} are reported both
     * sessions, and are about the same time.
     */
    private static Story called(Telling told, boolean isAnswered) {
        told.about("callback", "inbound");
        Leg customer = told.customer("scheduled");
        told.say("scheduled", "", "");
        told.pass();
        Leg waiting = told.waits(told.queue(0));
        told.say("queued", "", waiting.queueId());
        told.pass();
        Leg agent = Talk.rings(told, told.agent(0), waiting.queueId());
        told.say("alerting", agent);
        told.pass();
        customer.goes("interact");
        told.answers(agent, waiting);
        told.pass();
        Leg call = agent.actor().leg("voice", "outbound", "contacting");
        told.say("connected", agent);
        told.pass();
        call.goes("dialing");
        Leg called = customer.actor().leg("voice", "outbound", "dialing");
        told.say("alerting", agent);
        told.pass();
        if (isAnswered) {
            call.goes("interact");
            called.goes("interact");
            told.say("connected", agent);
            told.pass();
        }
        call.stops().measure("tHandle", call.millis("contacting", "dialing", "interact"));
        called.stops();
        told.say("connected", agent);
        told.pass();
        told.wrapsUp(agent);
        if (!told.has(Twist.NO_WRAP_UP)) {
            told.say("wrapup", agent);
            told.pass();
        }
        customer.stops();
        told.isDone(agent, call);
        told.role(agent.userId(), "former");
        told.ends(waiting.queueId());
        return told.story(isAnswered ? "handled" : "unanswered");
    }

    /** The customer speaks to a voicemail box, the recording waits in the queue, an agent listens to it. */
    static Story voicemail(Telling told) {
        told.about("voice", "inbound");
        Leg customer = told.customer("interact");
        Leg box = told.comes("voicemail", "Voicemail").leg("voice", "inbound", "interact");
        told.say("voicemail", "", "");
        told.pass();
        customer.stops();
        box.stops();
        told.about("callback", "inbound");
        Leg waiting = told.waits(told.queue(0));
        told.say("queued", "", waiting.queueId());
        told.pass();
        Leg agent = Talk.rings(told, told.agent(0), waiting.queueId());
        told.say("alerting", agent);
        told.pass();
        waiting.stops().measure("tAcd", waiting.age());
        agent.goes("voicemail").measure("tAnswered", waiting.age());
        told.say("connected", agent);
        told.pass();
        told.wrapsUp(agent);
        if (!told.has(Twist.NO_WRAP_UP)) {
            told.say("wrapup", agent);
            told.pass();
        }
        told.isDone(agent);
        told.role(agent.userId(), "former");
        told.ends(waiting.queueId());
        return told.story("handled");
    }
}
