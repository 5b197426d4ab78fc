// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.sandbox.world;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * What one agent does in a conversation.
 *
 * @param queueId the queue he answers from; empty for an outbound conversation
 * @param alert from ringing to answering
 * @param holds within the talk, in order
 * @param talk from answering to leaving
 * @param afterCallWork from leaving to done
 * @param waitMs what the customer waited for this agent
 */
public record AgentLeg(
        String participantId,
        String sessionId,
        SandboxAgent agent,
        String queueId,
        Span alert,
        Span talk,
        List<Span> holds,
        Span afterCallWork,
        String wrapUpCode,
        long waitMs) {

    public AgentLeg {
        holds = List.copyOf(holds);
    }

    AgentLeg reprocessed() {
        Span sooner = new Span(afterCallWork.from(), afterCallWork.from().plusMillis(afterCallWork.millis() / 2));
        return new AgentLeg(
                participantId,
                sessionId,
                agent,
                queueId,
                alert,
                talk,
                holds,
                sooner,
                ScriptWriter.otherCode(wrapUpCode),
                waitMs);
    }

    /** The stretches of talk between the holds. */
    public List<Span> interactions() {
        List<Span> interactions = new ArrayList<>();
        Instant from = talk.from();
        for (Span hold : holds) {
            interactions.add(new Span(from, hold.from()));
            from = hold.to();
        }
        interactions.add(new Span(from, talk.to()));
        return interactions;
    }

    /** Milliseconds of talk without the holds. */
    public long talkMs() {
        return interactions().stream().mapToLong(Span::millis).sum();
    }

    /** Milliseconds on hold. */
    public long heldMs() {
        return holds.stream().mapToLong(Span::millis).sum();
    }

    /** Milliseconds of talk, hold and after-call work. */
    public long handleMs() {
        return talkMs() + heldMs() + afterCallWork.millis();
    }

    /** Whether the agent has it on hold at an instant. */
    public boolean isHeld(Instant at) {
        return holds.stream().anyMatch(hold -> hold.contains(at));
    }
}
