// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.delivery;

import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import org.conversationbridge.change.ConversationChange;
import org.conversationbridge.history.AgentHistory;
import org.conversationbridge.history.HistorySummary;
import org.conversationbridge.names.Names;
import org.conversationbridge.settings.DeliverySettings;
import org.jspecify.annotations.Nullable;

/**
 * Joins a change with its agent's history and the names that are known, and knows the JMS quality of service of the
 * result.
 */
public final class MessageComposer {
    private final DeliverySettings settings;
    private final int historyLimit;
    private final Names names;
    private final Clock clock;

    /** @param historyLimit conversations listed under {@code history.recent} */
    public MessageComposer(DeliverySettings settings, int historyLimit, Names names, Clock clock) {
        this.settings = settings;
        this.historyLimit = historyLimit;
        this.names = names;
        this.clock = clock;
    }

    /**
     * The message of a change.
     *
     * @param history of its agent; not used if the change brings one
     */
    public ConversationMessage compose(ConversationChange change, AgentHistory history) {
        HistorySummary brought = change.history();
        return ConversationMessage.of(
                change,
                brought == null ? history.summary(change.conversation().conversationId(), historyLimit) : brought,
                new Naming(names, change.conversation().agents()));
    }

    /** The message as a CloudEvent. */
    public CloudEvent cloudEvent(ConversationMessage message) {
        return CloudEvent.of(message, settings.cloudEvents().source());
    }

    /** JMS headers and properties of the message by their names; null if nothing is known. */
    public Map<String, @Nullable Object> properties(ConversationMessage message) {
        return MessageProperties.of(message, priority(message), expiration(message));
    }

    /** JMS priority, 0 to 9. */
    public int priority(ConversationMessage message) {
        return qos(message).priority();
    }

    /** JMS expiration: milliseconds since the epoch; 0 when the message never expires. */
    public long expiration(ConversationMessage message) {
        Duration timeToLive = qos(message).timeToLive();
        return timeToLive.isZero() ? 0 : clock.instant().plus(timeToLive).toEpochMilli();
    }

    private DeliverySettings.Qos qos(ConversationMessage message) {
        String type = message.eventType().substring(message.eventType().lastIndexOf('.') + 1);
        DeliverySettings.Qos qos = settings.byEventType().get(type);
        if (qos == null) {
            throw new IllegalStateException("no delivery settings for " + message.eventType());
        }
        return qos;
    }
}
