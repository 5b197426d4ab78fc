// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.route.poll;

import jakarta.jms.JMSException;
import jakarta.jms.Message;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.conversationbridge.broker.QueueView;
import org.conversationbridge.broker.ReceivedText;
import org.conversationbridge.change.Standing;
import org.jspecify.annotations.Nullable;

/** What readers of the current queue see, compared with what was announced. Used by one thread, for one look. */
final class Standings implements QueueView.Visitor {
    private static final String FOREIGN = "Its last-value key is not the id of its conversation.";

    private final Map<String, Long> live;
    private final Set<String> expected;
    private final Map<String, Standing> seen = new HashMap<>();
    private final Set<String> unseen;

    /**
     * @param live the conversations that may be there, each with the sequence of what was announced last
     * @param expected those of them that must be there
     */
    Standings(Map<String, Long> live, Set<String> expected) {
        this.live = live;
        this.expected = expected;
        this.unseen = new HashSet<>(expected);
    }

    /** @param expected the conversations that must be there, each with the sequence of what was announced last */
    Standings(Map<String, Long> expected) {
        this(expected, expected.keySet());
    }

    /** If the newest of a conversation has not replaced the one before yet, it comes later. */
    @Override
    public Optional<String> sees(Message message) throws JMSException {
        String id = text(message, "conversationId");
        if (id == null || !id.equals(text(message, "_AMQ_LVQ_NAME"))) {
            return Optional.of(FOREIGN);
        }
        Optional<String> problem = ReceivedText.problem(message);
        if (problem.isPresent()) {
            return problem;
        }
        sees(standing(id, message));
        return Optional.empty();
    }

    void sees(Standing standing) {
        String id = standing.conversationId();
        seen.put(id, standing);
        if (isAsAnnounced(standing)) {
            unseen.remove(id);
        } else if (expected.contains(id)) {
            unseen.add(id);
        }
    }

    @Override
    public boolean hasSeenAll() {
        return unseen.isEmpty();
    }

    /** Whether they see a conversation, in whatever state. */
    boolean isSeen(String conversationId) {
        return seen.containsKey(conversationId);
    }

    /** What they see as it was announced last: of each conversation its sequence. */
    Map<String, Long> asAnnounced() {
        Map<String, Long> asAnnounced = new HashMap<>();
        seen.forEach((id, standing) -> {
            if (isAsAnnounced(standing)) {
                asAnnounced.put(id, standing.sequence());
            }
        });
        return asAnnounced;
    }

    /** Conversations that they see otherwise than it was announced last, and that do not leave by themselves. */
    List<String> outdated() {
        return seen.values().stream()
                .filter(standing -> !isAsAnnounced(standing) && !standing.isLeaving())
                .map(Standing::conversationId)
                .toList();
    }

    /** What they see otherwise than it was announced, or do not see, or see although it does not go on. */
    Map<String, Standing> differing() {
        Map<String, Standing> differing = new HashMap<>();
        live.keySet().forEach(id -> differing.put(id, seen.getOrDefault(id, Standing.none(id))));
        seen.forEach((id, standing) -> {
            if (isAsAnnounced(standing)) {
                differing.remove(id);
            } else if (!standing.isLeaving()) {
                differing.put(id, standing);
            }
        });
        return differing;
    }

    private boolean isAsAnnounced(Standing standing) {
        Long sequence = live.get(standing.conversationId());
        return sequence != null && sequence == standing.sequence() && !standing.isLeaving() && !standing.isTied();
    }

    private static Standing standing(String id, Message message) throws JMSException {
        Object sequence = message.getObjectProperty("sequence");
        String mediaType = text(message, "mediaType");
        return new Standing(
                id,
                sequence instanceof Number number ? number.longValue() : 0,
                mediaType == null ? "unknown" : mediaType,
                text(message, "direction"),
                message.getJMSExpiration() != 0,
                message.propertyExists("JMSXGroupID"));
    }

    /** A text property; null if there is none, or any client has set it to another type. */
    private static @Nullable String text(Message message, String property) throws JMSException {
        return message.getObjectProperty(property) instanceof String text ? text : null;
    }
}
