// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.change;

import com.fasterxml.jackson.annotation.JsonIgnore;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Changes that travel together from the poller to an enricher as one JSON message and are delivered in one transaction.
 *
 * @param pollId of the poll that found them, for the log
 * @param partition of all its conversations
 */
public record ChangePage(String pollId, int partition, List<ConversationChange> changes) implements AgentsWanted {
    /** Instead of a poll's id: notifications told of the changes. */
    public static final String NOTIFIED = "notified";

    public ChangePage {
        changes = List.copyOf(changes);
    }

    /** Cut into pages of one partition and at most {@code size} changes each. */
    public static List<ChangePage> pages(String pollId, List<ConversationChange> changes, int size, int partitions) {
        return changes.stream()
                .collect(Collectors.groupingBy(
                        change -> Partition.of(change.conversation().conversationId(), partitions),
                        TreeMap::new,
                        Collectors.toList()))
                .entrySet()
                .stream()
                .flatMap(part -> cut(part.getValue(), size).map(cut -> new ChangePage(pollId, part.getKey(), cut)))
                .toList();
    }

    /** Changes of one conversation, which follow one another, stay together: a page may have one more for that. */
    private static Stream<List<ConversationChange>> cut(List<ConversationChange> changes, int size) {
        List<List<ConversationChange>> pages = new ArrayList<>();
        String last = null;
        for (ConversationChange change : changes) {
            String id = change.conversation().conversationId();
            if (pages.isEmpty() || pages.get(pages.size() - 1).size() >= size && !id.equals(last)) {
                pages.add(new ArrayList<>());
            }
            pages.get(pages.size() - 1).add(change);
            last = id;
        }
        return pages.stream();
    }

    /** Whether notifications told of the changes. */
    @JsonIgnore
    public boolean isNotified() {
        return pollId.equals(NOTIFIED);
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
