// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.sandbox;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;

/** Times as the Platform API writes them: ISO-8601 in UTC with milliseconds. */
final class Times {
    private static final DateTimeFormatter MILLIS =
            new DateTimeFormatterBuilder().appendInstant(3).toFormatter();

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
