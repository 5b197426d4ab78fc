// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.change;

import org.jspecify.annotations.Nullable;

/**
 * What readers of the current queue see of a conversation.
 *
 * @param sequence of its newest message there
 * @param isLeaving whether that message leaves by itself: it has a time to live
 * @param isTied whether it has a message group, so that the broker shows it to one reader only: an earlier version
 *     wrote it
 */
public record Standing(
        String conversationId,
        long sequence,
        String mediaType,
        @Nullable String direction,
        boolean isLeaving,
        boolean isTied) {

    /** They do not see it. */
    public static Standing none(String conversationId) {
        return new Standing(conversationId, 0, "unknown", null, false, false);
    }
}
