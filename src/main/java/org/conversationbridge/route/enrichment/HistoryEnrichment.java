// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.route.enrichment;

import java.time.Clock;
import java.util.Objects;
import org.apache.camel.AggregationStrategy;
import org.apache.camel.Exchange;
import org.conversationbridge.change.ConversationChange;
import org.conversationbridge.delivery.ConversationMessage;
import org.conversationbridge.delivery.MessageComposer;
import org.conversationbridge.history.AgentHistory;
import org.conversationbridge.route.Yields;
import org.conversationbridge.settings.HistorySettings.OnUnavailable;
import org.jspecify.annotations.Nullable;

/**
 * Joins a change (the original) with the history of its agent (the reply of agent-history) into the message. If the
 * history was unavailable, the message says so; with {@code history.on-unavailable=park} the failure stands instead.
 */
@Yields(ConversationMessage.class)
public final class HistoryEnrichment implements AggregationStrategy {
    private final MessageComposer composer;
    private final OnUnavailable onUnavailable;
    private final Clock clock;

    public HistoryEnrichment(MessageComposer composer, OnUnavailable onUnavailable, Clock clock) {
        this.composer = composer;
        this.onUnavailable = onUnavailable;
        this.clock = clock;
    }

    @Override
    public Exchange aggregate(Exchange original, @Nullable Exchange reply) {
        Exception failure = reply == null ? null : reply.getException();
        if (failure != null && onUnavailable == OnUnavailable.PARK) {
            original.setException(failure);
            return original;
        }
        AgentHistory history = reply == null || failure != null
                ? AgentHistory.unavailable(clock.instant())
                : Objects.requireNonNull(reply.getMessage().getBody(AgentHistory.class));
        ConversationChange change = original.getMessage().getBody(ConversationChange.class);
        original.getMessage().setBody(composer.compose(change, history));
        return original;
    }
}
