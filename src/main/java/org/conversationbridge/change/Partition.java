// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.change;

import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32;

/**
 * The partition of a conversation. Pages of one partition are worked on one after another ({@code JMSXGroupID}), which
 * keeps the changes of each conversation in order.
 */
public final class Partition {
    private Partition() {}

    /**
     * The same for the same conversation, on every machine.
     *
     * @param partitions how many there are
     * @return 0 to {@code partitions - 1}
     */
    public static int of(String conversationId, int partitions) {
        CRC32 hash = new CRC32();
        hash.update(conversationId.getBytes(StandardCharsets.UTF_8));
        return (int) (hash.getValue() % partitions);
    }
}
