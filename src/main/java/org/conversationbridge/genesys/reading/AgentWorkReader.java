// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.genesys.reading;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.conversationbridge.completion.AgentWork;
import org.jspecify.annotations.Nullable;

/** Reads what each agent did who took part, for the history and the completion alike. */
final class AgentWorkReader {
    private final List<AgentPart> parts;
    private final Waits waits;
    private final long longest;

    AgentWorkReader(JsonObject conversation, List<Participation> participants) {
        this.parts = AgentPart.of(participants);
        this.waits = new Waits(participants, parts);
        Long duration = durationMs(conversation);
        this.longest = duration == null ? 0 : duration;
    }

    /** Of every agent, also of those who did not take part. */
    List<AgentPart> parts() {
        return parts;
    }

    AgentWork work(AgentPart part) {
        HandlingTimes times = new HandlingTimes(part.handled(), longest);
        return new AgentWork(
                part.userId(),
                part.latest("queueId").orElse(null),
                part.latest("wrapUpCode").orElse(null),
                times.talkMs(),
                times.heldMs(),
                times.afterCallWorkMs(),
                times.handleMs(),
                waits.of(part));
    }

    /** From start to end, 0 if clocks differ so that the end comes first; null if one of them is not known. */
    static @Nullable Long durationMs(JsonObject conversation) {
        Instant start = conversation.time("conversationStart");
        Instant end = conversation.time("conversationEnd");
        return start == null || end == null
                ? null
                : Long.valueOf(Math.max(0, Duration.between(start, end).toMillis()));
    }
}
