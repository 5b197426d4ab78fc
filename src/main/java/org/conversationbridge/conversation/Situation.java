// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.conversation;

import java.util.Locale;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * The table that decides the state of a conversation without an end: the situations from top to bottom, the first that
 * fits. {@code docs/states.md} describes the same for consumers, and where each API says it.
 */
public enum Situation {
    ON_HOLD(State.HELD, Scene::customerIsHeld),
    CUSTOMER_DIALLED(State.ALERTING, Scene::customerIsDialled),
    AGENT_TALKS(State.CONNECTED, Scene::agentTalks),
    AGENT_DIALS(State.ALERTING, scene -> scene.agentIs(Phase.DIALING)),
    RINGS_AT_AGENT(State.ALERTING, scene -> scene.agentIs(Phase.ALERTING)),
    RINGS_AT_GROUP(State.ALERTING, Scene::ringsAtAgents),
    AFTER_CALL_WORK(State.WRAPUP, scene -> scene.agentIs(Phase.WRAPUP)),
    IN_VOICEMAIL(State.VOICEMAIL, scene -> scene.isHeld(Participant::isVoicemail)),
    IN_QUEUE(State.QUEUED, scene -> scene.isHeld(Participant::isQueue)),
    OUTSIDE(State.EXTERNAL, Scene::isOutside),
    OUTSIDE_DIALLED(State.ALERTING, Scene::partnerIsDialled),
    IN_FLOW(State.QUEUED, scene -> scene.isHeld(Participant::isFlow)),
    FOR_LATER(State.SCHEDULED, Scene::isScheduled),
    JUST_BEGUN(State.QUEUED, Scene::hasJustBegun),
    ONLY_WATCHED(State.CONNECTED, Scene::isOnlySupervised),
    NOBODY(State.DISCONNECTED, scene -> true);

    private final State state;
    private final Predicate<Scene> condition;

    Situation(State state, Predicate<Scene> condition) {
        this.state = state;
        this.condition = condition;
    }

    static Situation of(Scene scene) {
        return Stream.of(values())
                .filter(situation -> situation.condition.test(scene))
                .findFirst()
                .orElse(NOBODY);
    }

    /** The state that is reported. */
    public State state() {
        return state;
    }

    /** As the documents name it. */
    public String label() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
