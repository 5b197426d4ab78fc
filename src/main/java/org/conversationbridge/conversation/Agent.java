// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.conversation;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * An agent on a conversation.
 *
 * @param role see {@link Role}, as {@link Role#label()}
 * @param rule the rule that decided so, as {@link Rule#label()}; absent on a page that an older version wrote
 * @param connectedAt absent until answered
 */
public record Agent(
        String userId,
        @Nullable String name,
        @Nullable String participantId,
        String role,
        @Nullable String rule,
        @Nullable Instant connectedAt) {}
