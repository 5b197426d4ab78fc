// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.genesys;

/**
 * One request to the Platform API.
 *
 * @param operation what is asked for, in words, for messages: {@code active conversations}
 * @param method GET or POST
 * @param path from the root, for example {@code /api/v2/conversations}
 * @param query without the question mark; empty for none
 * @param body JSON; empty for none
 */
public record GenesysRequest(String operation, String method, String path, String query, String body) {

    static GenesysRequest get(String operation, String path, String query) {
        return new GenesysRequest(operation, "GET", path, query, "");
    }

    static GenesysRequest post(String operation, String path, String body) {
        return new GenesysRequest(operation, "POST", path, "", body);
    }

    /** For messages: {@code active conversations (GET /api/v2/conversations)}. Without the query: it may hold ids. */
    @Override
    public String toString() {
        return operation + " (" + method + " " + path + ")";
    }
}
