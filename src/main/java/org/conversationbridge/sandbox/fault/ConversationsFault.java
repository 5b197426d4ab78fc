// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.sandbox.fault;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.UncheckedIOException;
import java.util.function.Supplier;
import org.conversationbridge.sandbox.Fault;
import org.conversationbridge.sandbox.SandboxAnswer;
import org.conversationbridge.sandbox.SandboxRequest;

/** A fault that spoils the conversations of the answers, one by one. */
abstract class ConversationsFault implements Fault {
    /** Escapes what has no form in UTF-8. */
    private static final JsonMapper JSON =
            JsonMapper.builder().enable(JsonWriteFeature.ESCAPE_NON_ASCII).build();

    @Override
    public final SandboxAnswer answer(SandboxRequest request, Supplier<SandboxAnswer> normal) {
        SandboxAnswer answer = normal.get();
        if (answer.status() != 200 || !request.isForApi()) {
            return answer;
        }
        try {
            JsonNode body = JSON.readTree(answer.body());
            JsonNode list = body.has("entities")
                    ? body.get("entities")
                    : body.has("queries") ? body.at("/queries/0/results") : body.path("conversations");
            for (JsonNode conversation : list) {
                spoil(conversation);
            }
            return answer.with(200, JSON.writeValueAsString(body));
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Spoils one conversation. */
    abstract void spoil(JsonNode conversation);
}
