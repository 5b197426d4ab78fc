// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.sandbox.world;

import java.time.Instant;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What one agent has to do with a conversation: it rings at him, or he dials, and then it is answered or not.
 *
 * @param queueId the queue it rings from; empty for an outbound conversation and a consultation
 * @param dials whether he calls the customer
 * @param alert from ringing, or dialling, to answering; where nobody answers, to the end of it
 * @param handling what he does from then on; empty where nobody answers
 */
public record AgentLeg(
        String participantId,
        String sessionId,
        SandboxAgent agent,
        String queueId,
        boolean dials,
        Span alert,
        Optional<Handling> handling) {

    AgentLeg reprocessed() {
        return new AgentLeg(
                participantId, sessionId, agent, queueId, dials, alert, handling.map(Handling::reprocessed));
    }

    /** Whether he worked on it: he answered, or dialled. */
    public boolean isWork() {
        return dials || handling.isPresent();
    }

    /** When he leaves the talk; where there is none, when it stops ringing. */
    public Instant leftAt() {
        return handling.map(Handling::talk).orElse(alert).to();
    }

    /** When he is done. */
    public Instant doneAt() {
        return handling.map(Handling::afterCallWork).orElse(alert).to();
    }

    /** Whether he is in the talk at an instant. */
    public boolean talks(Instant at) {
        return handling.filter(it -> it.talk().contains(at)).isPresent();
    }

    /** Whether he has it on hold at an instant. */
    public boolean isHeld(Instant at) {
        return handling.filter(it -> it.isHeld(at)).isPresent();
    }

    /** Whether he does after-call work at an instant. */
    public boolean wrapsUp(Instant at) {
        return handling.filter(it -> it.afterCallWork().contains(at)).isPresent();
    }

    /** Ringing, talk, holds and after-call work. */
    Stream<Span> spans() {
        return Stream.concat(
                Stream.of(alert),
                handling.stream()
                        .flatMap(it -> Stream.concat(Stream.of(it.talk(), it.afterCallWork()), it.holds().stream())));
    }
}
