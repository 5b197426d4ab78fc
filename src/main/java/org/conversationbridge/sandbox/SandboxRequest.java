// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.sandbox;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

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

    /** The values of a query parameter, in order. */
    public List<String> parameters(String name) {
        return Stream.of(query.split("&"))
                .filter(pair -> pair.startsWith(name + "="))
                .map(pair -> URLDecoder.decode(pair.substring(name.length() + 1), StandardCharsets.UTF_8))
                .toList();
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
