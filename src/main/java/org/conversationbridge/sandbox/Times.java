// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.sandbox;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;

/** Times as the Platform API writes them: ISO-8601 in UTC with milliseconds. */
final class Times {
    private static final DateTimeFormatter MILLIS =
            DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSS'Z'").withZone(ZoneOffset.UTC);

    private Times() {}

    static String text(Instant instant) {
        return MILLIS.format(instant);
    }

    /** Writes a time that has come; one that has not is absent. */
    static void putPast(ObjectNode object, String field, Instant instant, Instant now) {
        if (!instant.isAfter(now)) {
            object.put(field, text(instant));
        }
    }
}
