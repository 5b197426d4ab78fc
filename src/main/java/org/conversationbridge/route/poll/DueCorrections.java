// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.route.poll;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.conversationbridge.change.AnnouncedCompletion;
import org.conversationbridge.change.AnnouncedCompletions;
import org.conversationbridge.change.ConversationChange;
import org.conversationbridge.checkpoint.Checkpoint;
import org.conversationbridge.genesys.query.ConfirmationWalk;
import org.conversationbridge.genesys.reading.ConversationDetails;

/** The completions that one poll looks at once more, by the message that reported them. Used by one thread. */
public final class DueCorrections {
    private final Map<String, AnnouncedCompletions> due = new LinkedHashMap<>();

    DueCorrections() {}

    void add(String messageId, AnnouncedCompletions completions) {
        due.put(messageId, completions);
    }

    /** The conversations to query. */
    List<String> conversationIds() {
        return due.values().stream()
                .flatMap(all -> all.completions().stream())
                .map(AnnouncedCompletion::conversationId)
                .distinct()
                .toList();
    }

    /**
     * What went another way than was reported. A conversation that has gone on since is left to its later end, which is
     * completed, and looked at, by itself.
     */
    List<ConversationChange> changes(Checkpoint checkpoint, List<ConversationDetails> answers, Instant now) {
        Map<String, ConversationDetails> found = answers.stream()
                .collect(Collectors.toMap(answer -> answer.conversation().conversationId(), Function.identity()));
        List<ConversationChange> changes = new ArrayList<>();
        due.values()
                .forEach(all -> all.completions().stream()
                        .filter(told -> checkpoint.isNewest(told.conversationId(), told.sequence()))
                        .forEach(told -> Optional.ofNullable(found.get(told.conversationId()))
                                .filter(answer -> !answer.wentOnAfter(all.announcedAt()))
                                .flatMap(answer -> told.correction(
                                        answer.conversation(),
                                        answer.completion(),
                                        checkpoint.sequenceAfter(told.conversationId(), told.sequence(), now),
                                        now))
                                .ifPresent(changes::add)));
        return changes;
    }

    /** The messages all of whose conversations were answered. */
    List<String> done(ConfirmationWalk lookup) {
        return due.entrySet().stream()
                .filter(entry -> entry.getValue().completions().stream()
                        .allMatch(told -> lookup.isAnswered(told.conversationId())))
                .map(Map.Entry::getKey)
                .toList();
    }
}
