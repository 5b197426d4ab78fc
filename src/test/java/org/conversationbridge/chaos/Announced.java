// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.chaos;

import com.fasterxml.jackson.databind.JsonNode;
import org.conversationbridge.sandbox.world.Truth.Standing;

/** What a message on the result queue says. */
record Announced(String conversationId, long sequence, Standing standing, String observedAt) {
    static Announced of(JsonNode message) {
        return new Announced(
                message.path("conversationId").asText(),
                message.path("sequence").asLong(),
                new Standing(
                        message.path("state").asText(),
                        message.path("agent").path("userId").asText(""),
                        message.path("queue").path("id").asText("")),
                message.path("observedAt").asText());
    }

    @Override
    public String toString() {
        return "#" + sequence + " observed " + observedAt + " " + standing;
    }
}
