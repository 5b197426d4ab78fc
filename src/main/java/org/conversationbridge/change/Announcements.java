// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.change;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Ticker;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.conversationbridge.conversation.Agent;
import org.conversationbridge.conversation.Conversation;
import org.conversationbridge.conversation.QueueRef;
import org.conversationbridge.conversation.State;
import org.jspecify.annotations.Nullable;

/**
 * What has been announced of each conversation. A conversation has changed when it is new, or when its state (hold is
 * one), the agent who has it or its queue is another than announced. Kept in memory: after a restart every active
 * conversation counts as new.
 */
public final class Announcements {
    /** A conversation that was not seen for this long is forgotten. */
    static final Duration REMEMBERED = Duration.ofDays(1);

    private record Announced(
            long sequence,
            Instant observedAt,
            State state,
            @Nullable String agentUserId,
            @Nullable String queueId) {
        boolean says(Conversation conversation) {
            return equals(of(sequence, observedAt, conversation));
        }

        static Announced of(long sequence, Instant observedAt, Conversation conversation) {
            Agent agent = conversation.agent();
            QueueRef queue = conversation.queue();
            return new Announced(
                    sequence,
                    observedAt,
                    conversation.state(),
                    agent == null ? null : agent.userId(),
                    queue == null ? null : queue.id());
        }
    }

    private final Cache<String, Announced> announced;
    private final Clock clock;

    public Announcements(Clock clock) {
        this.clock = clock;
        Ticker ticker = () -> Duration.ofMillis(clock.millis()).toNanos();
        this.announced = Caffeine.newBuilder()
                .expireAfterAccess(REMEMBERED)
                .ticker(ticker)
                .build();
    }

    /** The change to announce; empty when everything has been announced. */
    public Optional<ConversationChange> compare(Conversation conversation) {
        return change(announced.getIfPresent(conversation.conversationId()), conversation, clock.instant());
    }

    /**
     * The change to announce of a conversation as it was some time ago; empty also when what was announced since is
     * newer.
     */
    public Optional<ConversationChange> compare(Conversation conversation, Instant observedAt) {
        Announced last = announced.getIfPresent(conversation.conversationId());
        return last != null && !last.observedAt().isBefore(observedAt)
                ? Optional.empty()
                : change(last, conversation, observedAt);
    }

    private static Optional<ConversationChange> change(
            @Nullable Announced last, Conversation conversation, Instant observedAt) {
        if (last == null) {
            return Optional.of(new ConversationChange(ConversationChange.STARTED, 1, observedAt, conversation));
        }
        if (last.says(conversation)) {
            return Optional.empty();
        }
        return Optional.of(
                new ConversationChange(ConversationChange.UPDATED, last.sequence() + 1, observedAt, conversation));
    }

    /** To be called when the page is safely on the queue: what is on it is not announced again. */
    public void announced(ChangePage page) {
        page.changes()
                .forEach(change -> announced.put(
                        change.conversation().conversationId(),
                        Announced.of(change.sequence(), change.observedAt(), change.conversation())));
    }
}
