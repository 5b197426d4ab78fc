// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.completion;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How a conversation went, as analytics tells after its end.
 *
 * @param isFinal ({@code final}) whether analytics had everything; false when it was given up, or still has not
 * @param reason why it is not final; null when it is
 * @param outcome {@code handled} (an agent talked), {@code abandoned} (the customer left the queue), {@code unanswered}
 *     (an outbound conversation that nobody answered) or {@code selfService} (it ended in a flow); null when analytics
 *     does not know the conversation
 * @param durationMs from its begin to its end, in milliseconds
 * @param agents what each agent did, in the order in which they came
 */
public record Completion(
        @JsonProperty("final") boolean isFinal,
        @Nullable String reason,
        @Nullable String outcome,
        @Nullable Long durationMs,
        List<AgentWork> agents) {

    public Completion {
        agents = List.copyOf(agents);
    }

    /** Nothing is known. */
    public static Completion unknown(String reason) {
        return new Completion(false, reason, null, null, List.of());
    }
}
