// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.genesys;

import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.conversationbridge.settings.Secret;

/**
 * What came back for a request.
 *
 * @param status HTTP status
 * @param body text of the body
 */
public record GenesysAnswer(int status, Headers headers, String body) {

    /** The same with a secret hidden, should the answer repeat it. */
    public GenesysAnswer without(Secret secret) {
        Map<String, String> hidden = new TreeMap<>();
        headers.values().forEach((name, value) -> hidden.put(name, secret.hideIn(String.valueOf(value))));
        return new GenesysAnswer(status, new Headers(hidden), secret.hideIn(body));
    }

    /** Response headers; names in any case. */
    public record Headers(Map<String, ?> values) {
        /** The value of a header, stripped; empty if it is absent or blank. */
        public Optional<String> value(String name) {
            return values.entrySet().stream()
                    .filter(header -> header.getKey().equalsIgnoreCase(name) && header.getValue() != null)
                    .map(header -> String.valueOf(header.getValue()).strip())
                    .filter(value -> !value.isEmpty())
                    .findFirst();
        }
    }
}
