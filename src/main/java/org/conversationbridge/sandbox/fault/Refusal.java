// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.sandbox.fault;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.conversationbridge.sandbox.SandboxAnswer;

/** An answer with the Platform API's {@code ErrorBody}. */
final class Refusal {
    private static final String CONTEXT = "55555555-aaaa-4bbb-8ccc-000000000001";

    private Refusal() {}

    static SandboxAnswer of(int status, String code, String message) {
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        body.put("message", message).put("code", code).put("status", status).put("contextId", CONTEXT);
        body.putArray("details");
        body.putArray("errors");
        return SandboxAnswer.json(status, body.toString()).withHeader("ININ-Correlation-Id", CONTEXT);
    }
}
