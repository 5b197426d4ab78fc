// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.settings;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * The queues by name.
 *
 * @param pollRequests exclusive queue of the poll requests
 * @param replays exclusive queue of the parked conversations that are to be read again
 * @param pages work queue of the changed conversations
 * @param checkpoint last-value queue of what has been announced
 * @param lease queue of the one message that a transaction takes which writes the checkpoint
 * @param enriched result queue
 * @param current last-value queue of the newest message of every active conversation
 * @param events queue of what happens to the bridge itself
 * @param corrections queue of the completions that are looked at again later
 * @param missingHistories queue of the changes that were delivered without the history of their agent
 * @param error queue of what could not be delivered
 */
public record QueueSettings(
        String pollRequests,
        String replays,
        String pages,
        String checkpoint,
        String lease,
        String enriched,
        String current,
        String events,
        String corrections,
        String missingHistories,
        String error) {
    /** Where the broker puts what it gives up of a queue, it has this before its name. */
    public static final String DEAD_LETTERS = "DLQ.";

    private static final Pattern NAME = Pattern.compile("[\\p{L}\\p{N}](?:[\\p{L}\\p{N}._/-]{0,198}[\\p{L}\\p{N}])?");
    /** Of Artemis itself, and what its client of JMS takes for another spelling of the name behind it. */
    private static final List<String> RESERVED = List.of("activemq.", "jms.queue.", "jms.topic.");

    static QueueSettings from(Values values) {
        Map<String, String> keys = new LinkedHashMap<>();
        return new QueueSettings(
                queue("poll.request-queue", values, keys),
                queue("poll.replay-queue", values, keys),
                queue("page.queue", values, keys),
                queue("checkpoint.queue", values, keys),
                queue("checkpoint.lease-queue", values, keys),
                queue("deliver.queue", values, keys),
                queue("current.queue", values, keys),
                queue("events.queue", values, keys),
                queue("completed.corrections-queue", values, keys),
                queue("history.missing-queue", values, keys),
                queue("error.queue", values, keys));
    }

    /** A name that means the same to JMS, Artemis and Camel, and that no other queue of the bridge has. */
    private static String queue(String key, Values values, Map<String, String> keys) {
        String name = values.read(key, text -> {
            if (text.isEmpty()) {
                throw new IllegalArgumentException("it must not be empty");
            }
            if (!NAME.matcher(text).matches() || RESERVED.stream().anyMatch(text::startsWith)) {
                throw new IllegalArgumentException(
                        "'" + text + "' is not a queue name; one does not begin with " + String.join(" or ", RESERVED)
                                + " and has letters and digits, with . _ - / between them, at most 200 in all");
            }
            return text;
        });
        for (Map.Entry<String, String> used : keys.entrySet()) {
            if (isSame(name, used.getKey())) {
                values.problem(
                        key,
                        "'" + name + "' is, or holds the dead letters of, the queue of " + used.getValue() + " ('"
                                + used.getKey() + "'); each purpose needs a queue of its own");
            }
        }
        keys.putIfAbsent(name, key);
        return name;
    }

    /** The broker puts what it gives up of one queue on another one, which is no queue for anything else. */
    private static boolean isSame(String one, String other) {
        return one.equals(other) || one.equals(DEAD_LETTERS + other) || other.equals(DEAD_LETTERS + one);
    }

    /** Every queue. */
    public List<String> all() {
        return List.of(
                pollRequests,
                replays,
                pages,
                checkpoint,
                lease,
                enriched,
                current,
                events,
                corrections,
                missingHistories,
                error);
    }
}
