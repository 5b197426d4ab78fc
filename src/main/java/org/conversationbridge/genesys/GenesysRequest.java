// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.genesys;

import java.util.regex.Pattern;

/**
 * One request to the Platform API.
 *
 * @param operation what is requested, in words, for messages: {@code active conversations}
 * @param method GET, POST or PUT
 * @param path from the root, for example {@code /api/v2/conversations}
 * @param query without the question mark; empty for none
 * @param body JSON; empty for none
 */
public record GenesysRequest(String operation, String method, String path, String query, String body) {
    private static final Pattern CHANNEL_ID = Pattern.compile("(?<=/notifications/channels/)[^/]+");

    /** A request without a body. */
    public static GenesysRequest get(String operation, String path, String query) {
        return new GenesysRequest(operation, "GET", path, query, "");
    }

    /** A query whose body is JSON. */
    public static GenesysRequest post(String operation, String path, String body) {
        return new GenesysRequest(operation, "POST", path, "", body);
    }

    /**
     * For messages: {@code GET /api/v2/conversations (active conversations)}. Without the query, which may hold ids,
     * and without the id of a channel: who knows it can read what the channel reports.
     */
    @Override
    public String toString() {
        return method + " " + CHANNEL_ID.matcher(path).replaceFirst("{channelId}") + " (" + operation + ")";
    }
}
