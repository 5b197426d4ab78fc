// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.route.poll;

import jakarta.jms.JMSException;
import jakarta.jms.Message;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.conversationbridge.broker.QueueView;
import org.conversationbridge.broker.ReceivedText;
import org.conversationbridge.change.Announced;
import org.conversationbridge.change.KeptTimes;
import org.conversationbridge.conversation.State;
import org.jspecify.annotations.Nullable;

/**
 * What readers of the current queue see, where nothing else says what was announced. Used by one thread, for one look.
 */
final class LastSeen implements QueueView.Visitor {
    private static final Pattern OBSERVED_AT = Pattern.compile("\"observedAt\"\\s*:\\s*\"([^\"]{20,40})\"");

    private final long depth;
    private final Instant now;
    private final Map<String, Announced> live = new HashMap<>();
    private long messages;
    private @Nullable Instant newest;

    /** @param depth how many messages there are */
    LastSeen(long depth, Instant now) {
        this.depth = depth;
        this.now = now;
    }

    @Override
    public Optional<String> sees(Message message) throws JMSException {
        messages++;
        String id = text(message, "conversationId");
        if (id != null
                && id.equals(text(message, "_AMQ_LVQ_NAME"))
                && message.getObjectProperty("sequence") instanceof Long sequence
                && sequence >= 0
                && sequence < Long.MAX_VALUE / 2) {
            observed(message);
            note(id, sequence, message);
        }
        return Optional.empty();
    }

    private void note(String id, long sequence, Message message) throws JMSException {
        Announced before = live.get(id);
        if (before != null && before.sequence() > sequence) {
            return;
        }
        if (message.getJMSExpiration() == 0) {
            String mediaType = text(message, "mediaType");
            live.put(
                    id,
                    Announced.recalled(
                            sequence,
                            now,
                            state(text(message, "state")).orElse(null),
                            text(message, "agentUserId"),
                            text(message, "queueId"),
                            mediaType == null ? "unknown" : mediaType,
                            text(message, "direction")));
        } else {
            live.remove(id);
        }
    }

    private void observed(Message message) throws JMSException {
        Instant at = observedAt(ReceivedText.of(message));
        if (at != null && KeptTimes.areOurs(at) && (newest == null || newest.isBefore(at))) {
            newest = at;
        }
    }

    /** Null if there is none: a message of someone else says nothing about a poll. */
    private static @Nullable Instant observedAt(String text) {
        Matcher found = OBSERVED_AT.matcher(text);
        try {
            return found.find() ? Instant.parse(found.group(1)) : null;
        } catch (DateTimeException e) {
            return null;
        }
    }

    @Override
    public boolean hasSeenAll() {
        return messages >= depth;
    }

    /** Conversations that go on, by id. */
    Map<String, Announced> live() {
        return live;
    }

    /** When the newest of them was observed. */
    Optional<Instant> newest() {
        return Optional.ofNullable(newest);
    }

    private static Optional<State> state(@Nullable String label) {
        for (State state : State.values()) {
            if (state != State.ENDED && state.label().equals(label)) {
                return Optional.of(state);
            }
        }
        return Optional.empty();
    }

    /** A text property; null if there is none, or any client has set it to another type. */
    private static @Nullable String text(Message message, String property) throws JMSException {
        return message.getObjectProperty(property) instanceof String text ? text : null;
    }
}
