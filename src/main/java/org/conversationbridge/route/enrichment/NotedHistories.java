// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.route.enrichment;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.conversationbridge.change.AgentsWanted;
import org.conversationbridge.change.ConversationChange;
import org.conversationbridge.checkpoint.Checkpoint;
import org.jspecify.annotations.Nullable;

/** The notes that one look shows, by the message that has them, and which agents it queries. Used by one thread. */
public final class NotedHistories {
    private final Map<String, ConversationChange> waiting = new LinkedHashMap<>();
    private final List<String> done = new ArrayList<>();
    private final Deque<List<String>> toAsk = new ArrayDeque<>();

    NotedHistories() {}

    void add(String messageId, ConversationChange change) {
        waiting.put(messageId, change);
    }

    /** Whether something is noted. */
    public boolean isEmpty() {
        return waiting.isEmpty();
    }

    int size() {
        return waiting.size();
    }

    /**
     * Drops the notes whose conversation has moved on, has ended or is not known: a later message reported it, or will.
     *
     * @param missing which of some agents are to be requested
     */
    void begin(Checkpoint checkpoint, UnaryOperator<List<String>> missing, int agentsPerQuery) {
        waiting.entrySet().removeIf(note -> {
            ConversationChange change = note.getValue();
            boolean isOver = !checkpoint.isLiveAt(change.conversation().conversationId(), change.sequence());
            if (isOver) {
                done.add(note.getKey());
            }
            return isOver;
        });
        List<String> agents = missing.apply(waiting.values().stream()
                .flatMap(change -> change.agentUserIds().stream())
                .distinct()
                .toList());
        for (int i = 0; i < agents.size(); i += agentsPerQuery) {
            toAsk.add(List.copyOf(agents.subList(i, Math.min(i + agentsPerQuery, agents.size()))));
        }
    }

    /** Whether there are more agents to query. */
    public boolean hasNext() {
        return !toAsk.isEmpty();
    }

    /** The next ones to query together: a failure of these does not affect the others. */
    public AgentsWanted next() {
        List<String> agents = toAsk.remove();
        return () -> agents;
    }

    void stop() {
        toAsk.clear();
    }

    /** The changes to announce of those whose history is known by now. */
    List<ConversationChange> changes(Function<ConversationChange, @Nullable ConversationChange> completed) {
        List<ConversationChange> changes = new ArrayList<>();
        waiting.forEach((messageId, change) -> {
            ConversationChange known = completed.apply(change);
            if (known != null) {
                changes.add(known);
                done.add(messageId);
            }
        });
        return changes;
    }

    Collection<String> done() {
        return done;
    }
}
