// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.checkpoint;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import org.jspecify.annotations.Nullable;

/**
 * The format of the checkpoint's entries, and its rule: a change of what an entry holds, or what a field of it
 * means, raises {@link #NEWEST}, says below what is new, and sees to it that the entries before are read, or refused
 * by name. One that only adds a field whose absence is harmless raises it as well: an older version would drop the
 * field. The process that takes the polls over writes every entry in its own format, in one transaction: a few newer
 * entries among others were written by another client, and do not stop an earlier version.
 *
 * <ul>
 *   <li>1: as the first version wrote it, without {@code format}
 *   <li>2: {@code format}; of a conversation {@code heldSince}, {@code notified}, {@code previousEnd}; sequences are
 *       times where a conversation is not remembered
 *   <li>3: {@code polledBy} of the entry {@code poll}
 *   <li>4: {@code lostAt}
 * </ul>
 */
public final class CheckpointFormat {
    /** As this version writes it. */
    static final int NEWEST = 4;

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
}
