// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.settings;

import java.net.URI;
import java.net.URISyntaxException;

/**
 * Whether messages are CloudEvents 1.0 as well.
 *
 * @param form how their attributes are written
 * @param source their {@code source}: a URI reference that names this bridge
 */
public record CloudEventSettings(Form form, String source) {
    /** How the attributes of an event are written. */
    public enum Form {
        /** Not at all. */
        NONE,
        /** As JMS properties {@code cloudEvents_*}; the body stays as it is. */
        PROPERTIES,
        /** Around the message, which becomes the {@code data} of a JSON envelope. */
        STRUCTURED
    }

    static CloudEventSettings from(Values values) {
        return new CloudEventSettings(
                values.choice("deliver.cloud-events", Form.class),
                values.read("deliver.cloud-events-source", CloudEventSettings::uriReference));
    }

    private static String uriReference(String text) {
        try {
            if (text.isEmpty()) {
                throw new IllegalArgumentException("it must not be empty");
            }
            return new URI(text).toString();
        } catch (URISyntaxException e) {
            throw new IllegalArgumentException(
                    "'" + text + "' is not a URI reference such as /conversation-bridge or https://example.com/bridge",
                    e);
        }
    }
}
