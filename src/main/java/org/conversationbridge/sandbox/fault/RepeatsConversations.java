// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.sandbox.fault;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.UncheckedIOException;
import java.util.function.Supplier;
import org.conversationbridge.sandbox.Fault;
import org.conversationbridge.sandbox.SandboxAnswer;
import org.conversationbridge.sandbox.SandboxRequest;

/** Shifts pages: the last conversation of every answer is repeated at the front of the next. */
public final class RepeatsConversations implements Fault {
    private static final ObjectMapper JSON = new ObjectMapper();

    private ArrayNode last = JSON.createArrayNode();

    @Override
    public synchronized SandboxAnswer answer(SandboxRequest request, Supplier<SandboxAnswer> normal) {
        SandboxAnswer answer = normal.get();
        if (answer.status() != 200 || !request.isForApi()) {
            return answer;
        }
        try {
            ObjectNode body = (ObjectNode) JSON.readTree(answer.body());
            String list = body.has("entities") ? "entities" : "conversations";
            if (body.get(list) instanceof ArrayNode conversations && !conversations.isEmpty()) {
                JsonNode lastOne = conversations.get(conversations.size() - 1);
                last.forEach(repeated -> conversations.insert(0, repeated));
                last = JSON.createArrayNode().add(lastOne);
            }
            return answer.with(200, body.toString());
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }
}
