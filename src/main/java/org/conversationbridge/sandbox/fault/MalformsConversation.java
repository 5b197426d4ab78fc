// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.sandbox.fault;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.UncheckedIOException;
import java.util.function.Supplier;
import org.conversationbridge.sandbox.Fault;
import org.conversationbridge.sandbox.SandboxAnswer;
import org.conversationbridge.sandbox.SandboxRequest;

/** Makes the first conversation of every answer one whose participants are a text. */
public final class MalformsConversation implements Fault {
    private static final ObjectMapper JSON = new ObjectMapper();

    @Override
    public SandboxAnswer answer(SandboxRequest request, Supplier<SandboxAnswer> normal) {
        SandboxAnswer answer = normal.get();
        if (answer.status() != 200 || !request.isForApi()) {
            return answer;
        }
        try {
            ObjectNode body = (ObjectNode) JSON.readTree(answer.body());
            String list = body.has("entities") ? "entities" : "conversations";
            if (body.get(list) instanceof ArrayNode conversations && !conversations.isEmpty()) {
                ((ObjectNode) conversations.get(0)).put("participants", "nobody");
            }
            return answer.with(200, body.toString());
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }
}
