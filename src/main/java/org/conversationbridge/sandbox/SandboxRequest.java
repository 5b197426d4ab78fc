// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.sandbox;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * A request as it reached the sandbox.
 *
 * @param query without the question mark; empty for none
 * @param headers names in lower case
 */
public record SandboxRequest(String method, String path, String query, Map<String, String> headers, String body) {
    /** The value of a header. */
    public Optional<String> header(String name) {
        return Optional.ofNullable(headers.get(name.toLowerCase(Locale.ROOT)));
    }

    /** Whether it asks for a token. */
    public boolean isForToken() {
        return path.equals("/oauth/token");
    }

    /** Whether it asks the API for the active conversations or a details query. */
    public boolean isForApi() {
        return path.startsWith("/api/");
    }
}
