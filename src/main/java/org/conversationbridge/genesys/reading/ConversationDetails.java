// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.genesys.reading;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.conversationbridge.completion.Completion;
import org.conversationbridge.conversation.Conversation;
import org.conversationbridge.conversation.State;
import org.conversationbridge.failure.MalformedConversationException;
import org.conversationbridge.history.FinishedConversation;
import org.jspecify.annotations.Nullable;

/**
 * A conversation as analytics reports it, and how it went where it is over.
 *
 * @param newestSegment when something else last happened in it; absent if nothing did
 * @param isOpen whether an agent is still at it, as in after-call work
 * @param parts what each agent did in it, by user id; empty while it goes on
 */
public record ConversationDetails(
        Conversation conversation,
        Completion completion,
        @Nullable Instant newestSegment,
        boolean isOpen,
        Map<String, FinishedConversation> parts) {

    /** The API model's most for {@code AcwSettings.timeoutMs}. */
    private static final Duration LONGEST_AFTER_CALL_WORK = Duration.ofMinutes(60);

    public ConversationDetails {
        parts = Map.copyOf(parts);
    }

    /**
     * Reads an {@code AnalyticsConversationWithoutAttributes}.
     *
     * @throws MalformedConversationException naming the field that is wrong
     */
    public static ConversationDetails read(JsonNode entity) {
        return new ConversationDetails(
                AnalyticsConversationReader.read(entity),
                CompletionReader.read(entity),
                CompletionReader.newestSegment(entity),
                CompletionReader.isOpen(entity),
                FinishedConversationReader.read(entity));
    }

    /** Its id. */
    public String conversationId() {
        return conversation.conversationId();
    }

    /** The same with the conversation as it may be reported. */
    public ConversationDetails with(Conversation other) {
        return new ConversationDetails(other, completion, newestSegment, isOpen, parts);
    }

    /**
     * The same with a completion that is final if what is missing will not come any more. While an agent is in
     * after-call work that is no earlier than the longest that Genesys Cloud lets one take.
     *
     * @param settleAfter from the end, or from what happened later
     */
    public ConversationDetails settled(Instant now, Duration settleAfter) {
        Instant end = conversation.endedAt();
        if (end == null || completion.isFinal()) {
            return this;
        }
        Instant last = newestSegment != null && newestSegment.isAfter(end) ? newestSegment : end;
        Instant settled = last.plus(
                isOpen && settleAfter.compareTo(LONGEST_AFTER_CALL_WORK) < 0 ? LONGEST_AFTER_CALL_WORK : settleAfter);
        return settled.isAfter(now)
                ? this
                : new ConversationDetails(conversation, completion.settled(), newestSegment, isOpen, parts);
    }

    /** Whether it has gone on after an instant, be it over by now. */
    public boolean wentOnAfter(Instant at) {
        return conversation.state() != State.ENDED || newestSegment != null && newestSegment.isAfter(at);
    }
}
