// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.conversation;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One medium of one participant: a call, chat, message, e-mail, callback (a {@code session} in analytics).
 *
 * @param mediaType {@code voice}, {@code chat}, {@code message}, ... as analytics names them
 * @param direction {@code inbound} or {@code outbound}, from the org's point of view
 * @param since when it began: alerting, or connected where that is not known
 * @param connectedAt when it was answered
 * @param leftAt when the talk was over; absent while it goes on
 * @param remoteAddress the address of this participant as the medium knows it (phone number, visitor id, mail address)
 */
public record Communication(
        String mediaType,
        @Nullable String direction,
        Phase phase,
        @Nullable Instant since,
        @Nullable Instant connectedAt,
        @Nullable Instant leftAt,
        @Nullable String remoteAddress) {

    /** The medium where the API names none. */
    public static final String UNKNOWN_MEDIA = "unknown";
}
