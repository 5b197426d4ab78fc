// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.sandbox.world;

/** No agent has a part in it. */
final class FlowStories {
    private FlowStories() {}

    static Story selfService(Telling told) {
        return flow(told, "ivr", "ivr");
    }

    static Story bot(Telling told) {
        told.about("message", "inbound");
        return flow(told, "workflow", "interact");
    }

    private static Story flow(Telling told, String purpose, String segment) {
        Leg customer = told.customer("interact");
        Leg flow = told.comes(purpose, "Flow").leg(told.mediaType(), "inbound", segment);
        told.say("queued", "", "");
        told.pass();
        flow.stops().measure("nFlow", 1);
        customer.stops();
        told.ends("");
        return told.story("selfService");
    }

    /** The customer leaves the queue for a voicemail box; no agent has listened yet. */
    static Story toVoicemail(Telling told) {
        told.about("voice", "inbound");
        return out(told, "voicemail", "voicemail", "voicemail");
    }

    /** The customer leaves the queue for a number outside. */
    static Story toNumber(Telling told) {
        told.about("voice", "inbound");
        return out(told, "external", "external", "flowOut");
    }

    /** The customer leaves the queue for a bot. */
    static Story toBot(Telling told) {
        return out(told, "workflow", "queued", "flowOut");
    }

    private static Story out(Telling told, String purpose, String state, String outcome) {
        Leg customer = told.customer("interact");
        Leg waiting = Talk.waitsFirst(told);
        waiting.stops().measure("tFlowOut", waiting.age());
        String direction = purpose.equals("external") ? "outbound" : "inbound";
        Leg next = told.comes(purpose, "Next").leg(told.mediaType(), direction, "interact");
        told.say(state, "", state.equals("queued") ? "" : waiting.queueId());
        told.pass();
        next.stops();
        customer.stops();
        told.ends(waiting.queueId());
        return told.story(outcome);
    }
}
