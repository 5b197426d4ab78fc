// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.sandbox.world;

import java.util.List;
import java.util.stream.IntStream;

/** The customer calls a person or a group, and no queue is part of it. */
final class DirectStories {
    private DirectStories() {}

    static Story answered(Telling told) {
        told.about("voice", "inbound");
        Leg customer = told.customer("interact");
        Leg user = rings(told, 0);
        told.say("alerting", user);
        told.pass();
        user.goes("interact");
        told.say("connected", user);
        Talk.goesOn(told, user);
        Talk.ends(told, customer, user, "");
        return told.story("handled");
    }

    static Story notAnswered(Telling told) {
        told.about("voice", "inbound");
        Leg customer = told.customer("interact");
        Leg user = rings(told, 0);
        told.say("alerting", user);
        told.pass();
        user.stops();
        customer.stops();
        told.ends("");
        return told.story("unanswered");
    }

    static Story groupAnswered(Telling told) {
        told.about("voice", "inbound");
        Leg customer = told.customer("interact");
        Leg group = told.comes("group", "Group").leg("voice", "inbound", "interact");
        List<Leg> members = ring(told);
        told.pass();
        members.forEach(member -> told.forget(member.userId()));
        Leg first = members.get(0);
        members.stream().skip(1).forEach(Leg::stops);
        group.stops();
        first.goes("interact");
        told.say("connected", first);
        Talk.goesOn(told, first);
        Talk.ends(told, customer, first, "");
        return told.story("handled");
    }

    static Story groupNotAnswered(Telling told) {
        told.about("voice", "inbound");
        Leg customer = told.customer("interact");
        Leg group = told.comes("group", "Group").leg("voice", "inbound", "interact");
        List<Leg> members = ring(told);
        told.pass();
        members.forEach(member -> told.forget(member.userId()));
        members.forEach(Leg::stops);
        group.stops();
        customer.stops();
        told.ends("");
        return told.story("unanswered");
    }

    /** No agent has it yet. */
    private static List<Leg> ring(Telling told) {
        List<Leg> members = IntStream.range(0, 3).mapToObj(i -> rings(told, i)).toList();
        members.forEach(member -> told.role(member.userId(), "alerting"));
        told.say("alerting", "", "");
        return members;
    }

    private static Leg rings(Telling told, int number) {
        return told.comes("user", told.agent(number), "").leg("voice", "inbound", "alert");
    }
}
