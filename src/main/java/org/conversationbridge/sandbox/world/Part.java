// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.sandbox.world;

import java.time.Instant;
import java.util.List;

/**
 * A person or system that takes part in a conversation.
 *
 * @param purpose as the Platform API names it
 * @param userId the empty text for none, as the queue
 * @param consults the part that asked this one for advice; the empty text for none
 */
public record Part(
        String id,
        String purpose,
        String userId,
        String name,
        String queueId,
        String consults,
        List<Session> sessions) {

    public Part {
        sessions = List.copyOf(sessions);
    }

    /** When it came. */
    public Instant from() {
        return sessions.stream()
                .map(session -> session.segments().get(0).span().from())
                .min(Instant::compareTo)
                .orElseThrow();
    }
}
