// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.completion;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * How a conversation went, as analytics reports after its end.
 *
 * @param isFinal ({@code final}) whether nothing more is expected: analytics had everything, or what is missing did not
 *     come in time; false when it was given up before
 * @param isCorrection ({@code correction}) whether it replaces one that was reported before: Genesys Cloud changed it
 *     since
 * @param reason why it is not final; null when it is
 * @param outcome one of the words of {@code docs/outcomes.md}, with the rule of each; null if none fits, or
 *     analytics does not know the conversation
 * @param durationMs from its start to its end, in milliseconds; 0 if clocks differ so that the end comes first
 * @param agents what each agent did who handled it, in the order in which they first did; one for whom it only rang is
 *     not there
 */
public record Completion(
        @JsonProperty("final") boolean isFinal,
        @JsonProperty("correction") boolean isCorrection,
        @Nullable String reason,
        @Nullable String outcome,
        @Nullable Long durationMs,
        List<AgentWork> agents) {

    public Completion {
        agents = List.copyOf(agents);
    }

    /** One that is reported for the first time. */
    public Completion(
            boolean isFinal,
            @Nullable String reason,
            @Nullable String outcome,
            @Nullable Long durationMs,
            List<AgentWork> agents) {
        this(isFinal, false, reason, outcome, durationMs, agents);
    }

    /** Nothing is known. */
    public static Completion unknown(String reason) {
        return new Completion(false, reason, null, null, List.of());
    }

    /** The same with the agents as given, for instance with their names. */
    public Completion with(List<AgentWork> others) {
        return new Completion(isFinal, isCorrection, reason, outcome, durationMs, others);
    }

    /** The same as the last word: what is missing will not come. */
    public Completion settled() {
        return new Completion(true, isCorrection, null, outcome, durationMs, agents);
    }

    /** The same, reported instead of an earlier one. */
    public Completion asCorrection() {
        return new Completion(isFinal, true, reason, outcome, durationMs, agents);
    }

    /**
     * A short text that is another when something of it is, the reason and names apart. Those of earlier completions
     * wait on a queue: what it is made of is not to be changed lightly.
     *
     * @param endedAt when the conversation ended
     */
    public String fingerprint(@Nullable Instant endedAt) {
        String all = agents.stream()
                .map(work -> work.userId() + "," + work.queueId() + "," + work.wrapUpCode() + "," + work.talkMs() + ","
                        + work.heldMs() + "," + work.acwMs() + "," + work.handleMs() + "," + work.waitMs())
                .sorted()
                .collect(Collectors.joining(";", isFinal + ";" + outcome + ";" + durationMs + ";" + endedAt + ";", ""));
        long bits = UUID.nameUUIDFromBytes(all.getBytes(StandardCharsets.UTF_8)).getMostSignificantBits();
        return Long.toUnsignedString(bits, Character.MAX_RADIX);
    }
}
