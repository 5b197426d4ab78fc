// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.change;

import com.fasterxml.jackson.annotation.JsonIgnore;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.conversationbridge.conversation.Conversation;

/**
 * Changes that travel together from the poller to an enricher as one JSON message and are delivered in one transaction.
 *
 * @param pollId of the poll that found them, for the log
 * @param partition of all its conversations
 */
public record ChangePage(String pollId, int partition, List<ConversationChange> changes) implements AgentsWanted {
    /** Instead of a poll's id: notifications reported the changes. */
    public static final String NOTIFIED = "notified";
    /**
     * Instead of a poll's id: what was parked is sent through again; later changes may have been delivered meanwhile.
     */
    public static final String REPLAYED = "replay";
    /** Instead of a poll's id: what was announced before, for the current queue, which lacks it. */
    public static final String RESTATED = "restated";

    public ChangePage {
        changes = List.copyOf(changes);
    }

    /** The page of one change that is replayed. */
    public static ChangePage again(ConversationChange change, int partitions) {
        Conversation conversation = change.conversation();
        String id = conversation == null || conversation.conversationId() == null ? "" : conversation.conversationId();
        return new ChangePage(REPLAYED, Partition.of(id, partitions), List.of(change));
    }

    /** The page once more, when it was given up. */
    public ChangePage again() {
        return new ChangePage(REPLAYED, partition, changes);
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

    /** Why it is not the bridge's, a sentence without its content; empty if it is one. */
    public Optional<String> problem() {
        return PageCheck.problem(this);
    }

    /** Whether notifications reported the changes. */
    @JsonIgnore
    public boolean isNotified() {
        return pollId.equals(NOTIFIED);
    }

    /** Whether it was parked, and may be older than what was delivered since. */
    @JsonIgnore
    public boolean isReplayed() {
        return pollId.equals(REPLAYED);
    }

    /** Whether it was announced before, and is for the current queue alone. */
    @JsonIgnore
    public boolean isRestated() {
        return pollId.equals(RESTATED);
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
