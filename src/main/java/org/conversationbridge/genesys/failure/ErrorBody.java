// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.genesys.failure;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.Locale;
import org.conversationbridge.text.ForeignText;

/**
 * The Platform API's {@code ErrorBody}, as far as it is there: a proxy on the way may have answered something else.
 *
 * @param code for example {@code missing.any.permissions}; empty if the body is none of the Platform API's
 * @param message one line, at most 500 characters
 */
record ErrorBody(String code, String message) {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int LONGEST = 500;

    static ErrorBody read(String body) {
        try {
            JsonNode error = JSON.readTree(body);
            return new ErrorBody(
                    oneLine(error.path("code").asText("")),
                    oneLine(error.path("message").asText("")));
        } catch (JsonProcessingException e) {
            return new ErrorBody("", "");
        }
    }

    boolean isFromGenesys() {
        return !code.isEmpty();
    }

    boolean says(String words) {
        return message.toLowerCase(Locale.ROOT).contains(words);
    }

    private static String oneLine(String text) {
        return ForeignText.oneLine(text, LONGEST);
    }
}
