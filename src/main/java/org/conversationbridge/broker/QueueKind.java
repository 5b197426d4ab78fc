// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.broker;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.activemq.artemis.api.core.QueueConfiguration;
import org.apache.activemq.artemis.api.core.RoutingType;
import org.apache.activemq.artemis.api.core.client.ClientSession.QueueQuery;
import org.jspecify.annotations.Nullable;

/** How a queue hands its messages out. A queue that Artemis creates for the first who uses it is {@link #PLAIN}. */
enum QueueKind {
    /** To any client. */
    PLAIN("a plain queue"),
    /** To one consumer, and to the next when that one is gone. */
    EXCLUSIVE("exclusive"),
    /** Those of one group to one consumer; a consumer that joins gets its share, once what is in work is done. */
    SHARED_IN_ORDER("group-rebalance and group-rebalance-pause-dispatch"),
    /**
     * The same with groups without number: one is as dear as one conversation, 174 bytes for as long as a consumer is
     * there, unless they share buckets (2 bytes).
     */
    GROUPED("group-rebalance and group-rebalance-pause-dispatch"),
    /** The newest message of each key, to every consumer; consuming takes nothing away. */
    LAST_VALUE("last-value and non-destructive");

    /** Groups that share one bucket stay at one consumer; enough for a few dozen consumers to share evenly. */
    static final int GROUP_BUCKETS = 1024;

    private final String words;

    QueueKind(String words) {
        this.words = words;
    }

    /** What it must be, in the words of Artemis. */
    String words() {
        return words;
    }

    /** Whether Artemis can make it of a queue that exists, messages and consumers or not. */
    boolean canBeUpdated() {
        return this != LAST_VALUE;
    }

    /** A queue of this kind, for the client and for the embedded broker. */
    QueueConfiguration queue(String name) {
        QueueConfiguration queue = QueueConfiguration.of(name)
                .setRoutingType(RoutingType.ANYCAST)
                .setDurable(true)
                .setAutoDelete(false);
        return switch (this) {
            case PLAIN -> queue;
            case EXCLUSIVE -> queue.setExclusive(true);
            case SHARED_IN_ORDER -> queue.setGroupRebalance(true).setGroupRebalancePauseDispatch(true);
            case GROUPED ->
                queue.setGroupRebalance(true)
                        .setGroupRebalancePauseDispatch(true)
                        .setGroupBuckets(GROUP_BUCKETS);
            case LAST_VALUE -> queue.setLastValue(true).setNonDestructive(true);
        };
    }

    /** Whether a queue on the broker hands its messages out like this. */
    boolean is(QueueQuery found) {
        return switch (this) {
            case PLAIN -> isDestructive(found);
            case EXCLUSIVE -> isDestructive(found) && isTrue(found.isExclusive());
            case SHARED_IN_ORDER, GROUPED ->
                isDestructive(found)
                        && isTrue(found.isGroupRebalance())
                        && isTrue(found.isGroupRebalancePauseDispatch());
            case LAST_VALUE ->
                isTrue(found.isLastValue()) && isTrue(found.isNonDestructive()) && !isTrue(found.isExclusive());
        };
    }

    /** Whether its groups may become ever more, which costs memory of the broker. */
    boolean lacksBuckets(QueueQuery found) {
        Integer buckets = found.getGroupBuckets();
        return this == GROUPED && (buckets == null || buckets < 1);
    }

    /** What a queue on the broker is, in the words of Artemis. */
    static String wordsFor(QueueQuery found) {
        List<String> words = new ArrayList<>();
        Map.of(
                        "exclusive", isTrue(found.isExclusive()),
                        "last-value", isTrue(found.isLastValue()),
                        "non-destructive", isTrue(found.isNonDestructive()),
                        "group-rebalance", isTrue(found.isGroupRebalance()),
                        "group-rebalance-pause-dispatch", isTrue(found.isGroupRebalancePauseDispatch()))
                .forEach((word, applies) -> {
                    if (applies) {
                        words.add(word);
                    }
                });
        return words.isEmpty()
                ? PLAIN.words
                : String.join(" and ", words.stream().sorted().toList());
    }

    private static boolean isDestructive(QueueQuery found) {
        return !isTrue(found.isLastValue()) && !isTrue(found.isNonDestructive());
    }

    private static boolean isTrue(@Nullable Boolean flag) {
        return Boolean.TRUE.equals(flag);
    }
}
