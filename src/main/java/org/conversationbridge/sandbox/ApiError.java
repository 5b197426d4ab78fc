// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.sandbox;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** A refusal in the Platform API's words: an {@code ErrorBody}. */
final class ApiError extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final int status;
    private final String code;

    ApiError(int status, String code, String message) {
        super(message);
        this.status = status;
        this.code = code;
    }

    static ApiError invalidValue(String value, String field, Object allowed) {
        return new ApiError(
                400,
                "invalid.value",
                "Value [" + value + "] is not valid for field type [" + field + "]. Allowable values are: " + allowed);
    }

    static ApiError constraint(String message) {
        return new ApiError(400, "constraint.validation", message);
    }

    int status() {
        return status;
    }

    ObjectNode body(String contextId) {
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        body.put("message", getMessage()).put("code", code).put("status", status);
        body.putObject("messageParams");
        body.put("contextId", contextId);
        body.putArray("details");
        body.putArray("errors");
        return body;
    }
}
