// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.change;

import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32;

/**
 * The message group a conversation's pages travel in ({@code JMSXGroupID} on the page queue): one consumer at a time has
 * a group, so that the changes of a conversation are delivered in the order in which they were put on the queue.
 */
public final class Partition {
    private Partition() {}

    /**
     * The group of a conversation.
     *
     * @param partitions how many groups there are, at least 1
     * @return {@code "0"} to {@code partitions - 1}, always the same for the same id
     */
    public static String of(String conversationId, int partitions) {
        CRC32 hash = new CRC32();
        hash.update(conversationId.getBytes(StandardCharsets.UTF_8));
        return Long.toString(hash.getValue() % partitions);
    }
}
