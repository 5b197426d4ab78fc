// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.checkpoint;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.conversationbridge.change.Partition;
import org.jspecify.annotations.Nullable;

/**
 * The format of the checkpoint's entries, and its rule: a change of what an entry holds, or what a field of it
 * means, raises {@link #NEWEST}, says below what is new, and sees to it that the entries before are read, or refused
 * by name. One that only adds a field whose absence is harmless raises it as well: an older version would drop the
 * field. The process that takes the polls over writes every entry in its own format, in one transaction: a few newer
 * entries among others were written by another client, and do not stop an earlier version.
 *
 * <ul>
 *   <li>1: as the first version wrote it, without {@code format}: the entry {@code poll}, and 64 shares of the
 *       conversations
 *   <li>2: {@code format}; of a conversation {@code heldSince}, {@code notified}, {@code previousEnd}; sequences are
 *       times where a conversation is not remembered
 *   <li>3: {@code polledBy} of the entry {@code poll}
 *   <li>4: {@code lostAt}
 *   <li>5: the entry {@code poll} is the head of a snapshot in parts and of the deltas since; there is a lease
 * </ul>
 */
public final class CheckpointFormat {
    /** As this version writes it. */
    static final int NEWEST = 5;

    /** The key of the entry that all others follow. */
    static final String HEAD = "poll";

    /**
     * The longest text of an entry. Artemis stores two bytes for each character and streams what has more than 100 KiB,
     * with the properties of the message, apart from its journal.
     */
    static final int MOST_CHARACTERS = 50_000;

    /** More parts, or deltas, no checkpoint has that the broker can hold. */
    private static final int MOST_ENTRIES = 50_000;

    private static final int IN_CHANGES = 5;
    private static final int SHARES = 64;

    /** Every key that there was before there were changes. */
    private static final Set<String> EARLIER = Stream.concat(
                    Stream.of(HEAD), IntStream.range(0, SHARES).mapToObj("conversations-%02d"::formatted))
            .collect(Collectors.toUnmodifiableSet());

    private CheckpointFormat() {}

    /** What every version writes of an entry: the rest of it is passed over. */
    private record Format(@JsonProperty("format") int number) {}

    /**
     * An entry of this format or an earlier one; null if the text is.
     *
     * @throws UnknownCheckpointFormatException when a newer version has written it
     */
    public static @Nullable Entry read(ObjectMapper json, String text) throws JsonProcessingException {
        Format format = json.readValue(text, Format.class);
        if (format != null && format.number() > NEWEST) {
            throw new UnknownCheckpointFormatException(format.number(), NEWEST);
        }
        return json.readValue(text, Entry.class);
    }

    /** The key of the head. */
    public static String headKey() {
        return HEAD;
    }

    static String part(int number) {
        return "part-%04d".formatted(number);
    }

    static String delta(int number) {
        return "delta-%04d".formatted(number);
    }

    static boolean isDelta(String key) {
        return key.startsWith("delta-");
    }

    /** The key of each entry of a checkpoint of an earlier format. */
    public static Set<String> earlierKeys() {
        return EARLIER;
    }

    /** Whether it is the head of a checkpoint that is written in changes. */
    public static boolean isInChanges(Entry head) {
        return head.format() >= IN_CHANGES;
    }

    /** The keys of the parts and the deltas that a head names. */
    public static Set<String> keys(Entry head) {
        Set<String> keys = new TreeSet<>();
        IntStream.range(0, head.parts()).mapToObj(CheckpointFormat::part).forEach(keys::add);
        IntStream.range(0, head.deltas()).mapToObj(CheckpointFormat::delta).forEach(keys::add);
        return keys;
    }

    /** Whether the entry of a key may hold a conversation. */
    static boolean mayHold(String key, String conversationId) {
        return EARLIER.contains(key)
                ? key.equals("conversations-%02d".formatted(Partition.of(conversationId, SHARES)))
                : isKey(key);
    }

    /** Whether a key can be one of an entry. */
    static boolean isKey(String key) {
        return EARLIER.contains(key) || key.matches("(part|delta)-\\d{4,5}");
    }

    /** Whether an entry can name so many parts and deltas. */
    static boolean isExtent(int parts, int deltas) {
        return parts >= 0 && parts <= MOST_ENTRIES && deltas >= 0 && deltas <= MOST_ENTRIES;
    }
}
