// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.genesys.reading;

import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * How the outcome of a conversation that is over is decided: the first rule that fits. Described for consumers in
 * {@code docs/outcomes.md}. What metrics say comes before what follows from the participants.
 */
enum OutcomeRule {
    MET("met", "handled", Course::agentMetCustomer),
    VOICEMAIL_HEARD("voicemail-heard", "handled", Course::agentHeardVoicemail),
    CUSTOMER_NOT_REACHED("customer-not-reached", "unanswered", Course::customerDidNotAnswer),
    ABANDON_COUNTED("abandon-counted", "abandoned", Course::abandonIsCounted),
    VOICEMAIL_LEFT("voicemail-left", "voicemail", Course::reachedVoicemail),
    LEFT_QUEUE("left-queue", "flowOut", Course::leftQueue),
    WAITED_LAST("waited-last", "abandoned", Course::waitedLast),
    NO_AGENT_WANTED("no-agent-wanted", "reached", Course::reachedByNoAgent),
    RANG_AT_AGENT("rang-at-agent", "unanswered", Course::rangAtAgent),
    ONLY_FLOW("only-flow", "selfService", Course::onlyFlow);

    private final String label;
    private final String outcome;
    private final Predicate<Course> condition;

    OutcomeRule(String label, String outcome, Predicate<Course> condition) {
        this.label = label;
        this.outcome = outcome;
        this.condition = condition;
    }

    /** The one that decides; empty if none of the words fits. */
    static Optional<OutcomeRule> of(Course course) {
        return Stream.of(values()).filter(rule -> rule.condition.test(course)).findFirst();
    }

    String label() {
        return label;
    }

    String outcome() {
        return outcome;
    }
}
