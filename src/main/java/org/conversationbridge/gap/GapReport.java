// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.gap;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What was found of a gap; one message on the event queue.
 *
 * @param type {@code gap}
 * @param from start of the last poll that went through
 * @param to start of the poll that closed the gap
 * @param found conversations that began or ended in it
 * @param sent messages for them
 * @param requests to Genesys Cloud for what began and ended in it
 * @param complete whether everything could be requested
 * @param reason why not; null when complete
 */
public record GapReport(
        String type,
        Instant from,
        Instant to,
        int found,
        int sent,
        int requests,
        boolean complete,
        @Nullable String reason) {

    /** The type of such a message. */
    public static final String TYPE = "gap";
}
