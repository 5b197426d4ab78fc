// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.conversation;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * An agent on a conversation.
 *
 * @param role {@code primary} (has it now), {@code conference}, {@code consult}, {@code coach}, {@code monitor},
 *     {@code barge}, {@code transferTarget} (it is being offered to this agent while another still has it) or
 *     {@code former} (in after-call work while it went on to somebody else)
 * @param connectedAt absent until answered
 */
public record Agent(
        String userId,
        @Nullable String name,
        @Nullable String participantId,
        String role,
        @Nullable Instant connectedAt) {}
