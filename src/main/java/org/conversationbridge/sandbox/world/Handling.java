// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.sandbox.world;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * What an agent does in a conversation from answering on.
 *
 * @param talk from answering to leaving
 * @param holds within the talk, in order
 * @param afterCallWork from leaving to done
 * @param waitMs what the customer waited for this agent
 */
public record Handling(Span talk, List<Span> holds, Span afterCallWork, String wrapUpCode, long waitMs) {

    public Handling {
        holds = List.copyOf(holds);
    }

    Handling reprocessed() {
        Span sooner = new Span(afterCallWork.from(), afterCallWork.from().plusMillis(afterCallWork.millis() / 2));
        return new Handling(talk, holds, sooner, ScriptWriter.otherCode(wrapUpCode), waitMs);
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
