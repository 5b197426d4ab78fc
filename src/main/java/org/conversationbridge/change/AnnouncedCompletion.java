// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.change;

import java.time.Instant;
import java.util.Optional;
import org.conversationbridge.completion.Completion;
import org.conversationbridge.conversation.Conversation;

/**
 * That a completion was announced, and which: there are very many of them.
 *
 * @param sequence of its message
 * @param fingerprint of what it reported
 */
public record AnnouncedCompletion(String conversationId, long sequence, String fingerprint) {

    static AnnouncedCompletion of(ConversationChange change, Completion completion) {
        Conversation conversation = change.conversation();
        return new AnnouncedCompletion(
                conversation.conversationId(), change.sequence(), completion.fingerprint(conversation.endedAt()));
    }

    /**
     * The change to announce where it went another way than was reported; empty if all of it still holds.
     *
     * @param next its sequence
     */
    public Optional<ConversationChange> correction(Conversation ended, Completion completion, long next, Instant now) {
        return fingerprint.equals(completion.fingerprint(ended.endedAt()))
                ? Optional.empty()
                : Optional.of(new ConversationChange(
                        ConversationChange.COMPLETED,
                        next,
                        now,
                        Observed.LIVE,
                        ended,
                        false,
                        completion.asCorrection()));
    }
}
