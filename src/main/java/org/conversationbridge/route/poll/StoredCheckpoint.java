// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.route.poll;

import com.fasterxml.jackson.databind.ObjectMapper;
import jakarta.jms.JMSException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.conversationbridge.broker.ForeignMessages;
import org.conversationbridge.broker.QueueView;
import org.conversationbridge.checkpoint.CheckpointFormat;
import org.conversationbridge.checkpoint.Entry;

/**
 * The messages of the checkpoint queue, by what selects them: as many are read as the head names, whatever else is sent
 * there.
 */
final class StoredCheckpoint {
    private static final String KEY = ReadEntries.KEY;
    private static final String IS_HEAD = KEY + " = '" + CheckpointFormat.headKey() + "'";
    private static final String IS_OF_A_SNAPSHOT = "(" + KEY + " LIKE 'part-%' OR " + KEY + " LIKE 'delta-%')";
    /** A last-value queue shows two versions of an entry for a moment. */
    private static final int VERSIONS = 2;

    private static final int KEYS_AT_ONCE = 250;
    private static final int MOST_OTHERS = 10_000;
    /** What expires sooner leaves by itself: entries that are not needed any more do. */
    private static final long SOON_MILLIS = 3_600_000;

    private final QueueView queues;
    private final ForeignMessages foreign;
    private final String queue;
    private final ObjectMapper json;

    StoredCheckpoint(QueueView queues, ForeignMessages foreign, String queue, ObjectMapper json) {
        this.queues = queues;
        this.foreign = foreign;
        this.queue = queue;
        this.json = json;
    }

    /** How many messages the queue has, those that expire at any time included. */
    long messages() throws JMSException {
        return queues.depth(queue);
    }

    /** The head, or what is in its place. */
    ReadEntries head() throws JMSException {
        return read(IS_HEAD, VERSIONS);
    }

    /** The parts and the deltas that a head names. */
    ReadEntries entries(Entry head) throws JMSException {
        ReadEntries read = new ReadEntries(json);
        List<String> keys = new ArrayList<>(CheckpointFormat.keys(head));
        for (int from = 0; from < keys.size(); from += KEYS_AT_ONCE) {
            List<String> some = keys.subList(from, Math.min(from + KEYS_AT_ONCE, keys.size()));
            queues.read(queue, in(some), VERSIONS * some.size(), foreign, read);
        }
        return read;
    }

    /** What is neither the head nor of its snapshot; put aside if it is not the bridge's. */
    OtherEntries others(Entry head) throws JMSException {
        OtherEntries others = new OtherEntries(CheckpointFormat.keys(head));
        String selector = "(" + KEY + " IS NULL OR NOT (" + IS_HEAD + ")) AND (" + KEY + " IS NULL OR NOT "
                + IS_OF_A_SNAPSHOT + " OR " + OtherEntries.SNAPSHOT + " IS NULL OR " + OtherEntries.SNAPSHOT + " <> '"
                + String.valueOf(head.snapshot()).replace("'", "''") + "') AND (JMSExpiration = 0 OR JMSExpiration > "
                + (System.currentTimeMillis() + SOON_MILLIS) + ")";
        queues.read(queue, selector, MOST_OTHERS, foreign, others);
        return others;
    }

    /** The entries of a checkpoint that an earlier version wrote; what is none is put aside. */
    ReadEntries shares() throws JMSException {
        Set<String> keys = CheckpointFormat.earlierKeys();
        ReadEntries read = read(in(keys), VERSIONS * keys.size());
        String others = KEY + " IS NULL OR NOT (" + in(keys) + ") AND NOT " + IS_OF_A_SNAPSHOT;
        queues.read(queue, others, MOST_OTHERS, foreign, new OtherEntries(Set.of()));
        return read;
    }

    private ReadEntries read(String selector, int most) throws JMSException {
        ReadEntries read = new ReadEntries(json);
        queues.read(queue, selector, most, foreign, read);
        return read;
    }

    private static String in(Collection<String> keys) {
        return keys.stream().sorted().collect(Collectors.joining("', '", KEY + " IN ('", "')"));
    }
}
