// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.delivery;

import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.conversationbridge.completion.AgentWork;
import org.conversationbridge.completion.Completion;
import org.conversationbridge.conversation.Agent;
import org.conversationbridge.conversation.QueueRef;
import org.conversationbridge.history.FinishedConversation;
import org.conversationbridge.history.HistorySummary;
import org.conversationbridge.names.NameKey;
import org.conversationbridge.names.NameKind;
import org.conversationbridge.names.Names;
import org.jspecify.annotations.Nullable;

/**
 * Adds to one message the names that are known. If Genesys Cloud reported a name with the conversation, that stays.
 * What has none yet is {@link #unresolved()}.
 */
final class Naming {
    private final Names names;
    private final Map<String, String> users = new HashMap<>();
    private final Set<String> unresolved = new LinkedHashSet<>();

    /** @param agents of the conversation: their names are known already */
    Naming(Names names, List<Agent> agents) {
        this.names = names;
        for (Agent agent : agents) {
            if (agent.name() != null) {
                users.put(agent.userId(), agent.name());
            }
        }
    }

    @Nullable
    QueueRef of(@Nullable QueueRef queue) {
        return queue == null ? null : new QueueRef(queue.id(), name(NameKind.QUEUE, queue.id(), queue.name()));
    }

    @Nullable
    Agent of(@Nullable Agent agent) {
        return agent == null
                ? null
                : new Agent(
                        agent.userId(),
                        user(agent.userId()),
                        agent.participantId(),
                        agent.role(),
                        agent.rule(),
                        agent.connectedAt());
    }

    List<Agent> of(List<Agent> agents) {
        return agents.stream()
                .flatMap(agent -> Optional.ofNullable(of(agent)).stream())
                .toList();
    }

    @Nullable
    Completion of(@Nullable Completion completion) {
        return completion == null
                ? null
                : completion.with(completion.agents().stream().map(this::of).toList());
    }

    HistorySummary of(HistorySummary history) {
        return new HistorySummary(
                history.status(),
                history.asOf(),
                history.from(),
                history.to(),
                history.conversationCount(),
                history.recent().stream().map(this::of).toList(),
                history.averages());
    }

    /** Whose names are not known yet, each once: {@code queue:<id>}. */
    List<String> unresolved() {
        return List.copyOf(unresolved);
    }

    private AgentWork of(AgentWork work) {
        return work.named(
                user(work.userId()),
                name(NameKind.QUEUE, work.queueId(), null),
                name(NameKind.WRAP_UP_CODE, work.wrapUpCode(), null));
    }

    private FinishedConversation of(FinishedConversation finished) {
        return finished.named(
                name(NameKind.QUEUE, finished.queueId(), null),
                name(NameKind.WRAP_UP_CODE, finished.wrapUpCode(), null));
    }

    private @Nullable String user(String userId) {
        return name(NameKind.USER, userId, users.get(userId));
    }

    private @Nullable String name(NameKind kind, @Nullable String id, @Nullable String told) {
        if (id == null || told != null) {
            return told;
        }
        NameKey key = NameKey.of(kind, id).filter(names::isLookedUp).orElse(null);
        if (key == null) {
            return null;
        }
        Optional<String> known = names.find(key);
        if (known.isEmpty()) {
            unresolved.add(key.toString());
        }
        return known.orElse(null);
    }
}
