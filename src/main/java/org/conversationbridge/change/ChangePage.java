// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.change;

import com.fasterxml.jackson.annotation.JsonIgnore;
import java.util.ArrayList;
import java.util.List;

/**
 * Changes that travel together from the poller to an enricher as one JSON message and are delivered in one transaction.
 *
 * @param pollId of the poll that found them, for the log
 */
public record ChangePage(String pollId, List<ConversationChange> changes) implements AgentsWanted {
    public ChangePage {
        changes = List.copyOf(changes);
    }

    /** Cut into pages of at most {@code size} changes. */
    public static List<ChangePage> pages(String pollId, List<ConversationChange> changes, int size) {
        List<ChangePage> pages = new ArrayList<>();
        for (int i = 0; i < changes.size(); i += size) {
            pages.add(new ChangePage(pollId, changes.subList(i, Math.min(i + size, changes.size()))));
        }
        return pages;
    }

    @Override
    @JsonIgnore
    public List<String> agentUserIds() {
        return changes.stream()
                .flatMap(change -> change.agentUserIds().stream())
                .distinct()
                .toList();
    }
}
