// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.checkpoint;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import org.jspecify.annotations.Nullable;

/**
 * The format of the checkpoint's entries, and its rule: whoever changes what an entry holds, or what a field of it means,
 * raises {@link #NEWEST}, says below what is new, and sees to it that the entries before are read, or refused by name. One
 * that only adds a field whose absence is harmless raises it as well: an older version would drop the field.
 *
 * <ul>
 *   <li>1: as the first version wrote it, without {@code format}
 *   <li>2: {@code format}; of a conversation {@code heldSince}, {@code notified}, {@code previousEnd}; sequences are times
 *       where a conversation is not remembered
 *   <li>3: {@code polledBy} of the entry {@code poll}
 * </ul>
 */
public final class CheckpointFormat {
    /** As this version writes it. */
    static final int NEWEST = 3;

    private static final int FIRST = 1;

    private CheckpointFormat() {}

    /**
     * An entry of this format or an earlier one; null where the text is.
     *
     * @throws UnknownCheckpointFormatException when a newer version has written it
     */
    public static @Nullable Entry read(ObjectMapper json, String text) throws JsonProcessingException {
        JsonNode entry = json.readTree(text);
        int format = entry.path("format").asInt(FIRST);
        if (format > NEWEST) {
            throw new UnknownCheckpointFormatException(format, NEWEST);
        }
        return json.treeToValue(entry, Entry.class);
    }
}
