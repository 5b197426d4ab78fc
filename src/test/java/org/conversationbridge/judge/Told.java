// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.judge;

import com.fasterxml.jackson.databind.JsonNode;
import org.conversationbridge.sandbox.world.Truth.Standing;

/**
 * What a message on the result queue says.
 *
 * @param content what it reports apart from its own name and time: two messages in a row with the same report nothing
 *     new
 */
public record Told(
        String conversationId,
        String messageId,
        long sequence,
        Standing standing,
        boolean isStale,
        String content,
        String observedAt) {

    public static Told of(JsonNode message) {
        Standing standing = new Standing(
                message.path("state").asText(),
                message.path("agent").path("userId").asText(""),
                message.path("queue").path("id").asText(""));
        boolean stale = message.path("stale").asBoolean();
        String content = standing + " ended at " + message.path("endedAt") + " stale " + stale + " completion "
                + message.path("completion") + " history "
                + message.path("history").path("status");
        return new Told(
                message.path("conversationId").asText(),
                message.path("messageId").asText(),
                message.path("sequence").asLong(),
                standing,
                stale,
                content,
                message.path("observedAt").asText());
    }

    /** Whether it reports the end. */
    public boolean isEnd() {
        return standing.state().equals("ended");
    }

    @Override
    public String toString() {
        return "#" + sequence + " observed " + observedAt + " " + standing;
    }
}
