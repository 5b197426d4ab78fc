// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.story;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * What may be odd about a document: a field that is not there, a value that nobody knows yet, times that contradict
 * each other. Only some of the objects have it.
 *
 * @param kind what is odd
 * @param field in which it is
 * @param every one of so many of the objects
 */
public record Defect(Kind kind, String field, int every) {
    /** What may be odd about a field. */
    public enum Kind {
        MISSING,
        UNKNOWN_WORD,
        NULL,
        EARLIER
    }

    /** Fields that every consumer of the Platform API has to do without. */
    public static final List<String> FIELDS = List.of(
            "purpose",
            "userId",
            "participantId",
            "queueId",
            "sessions",
            "segments",
            "metrics",
            "mediaType",
            "direction",
            "segmentType",
            "segmentStart",
            "segmentEnd",
            "state",
            "held",
            "calls",
            "messages",
            "callbacks",
            "afterCallWork",
            "startTime",
            "connectedTime",
            "endTime",
            "disconnectedTime",
            "startHoldTime",
            "originatingDirection",
            "conversationStart",
            "conversationEnd",
            "emitDate",
            "wrapUpCode",
            "address",
            "participants");
    /** Fields with a word of a list that grows. */
    private static final Set<String> WORDS =
            Set.of("purpose", "mediaType", "direction", "segmentType", "state", "originatingDirection");

    private static final int SECONDS = 100;

    /** A document that has it; the one that is given stays as it is. */
    public ObjectNode in(ObjectNode document) {
        ObjectNode odd = document.deepCopy();
        int[] seen = {0};
        Stream.concat(Stream.of(odd), odd.findParents(field).stream())
                .distinct()
                .forEach(parent -> {
                    if (parent.has(field) && seen[0]++ % every == 0) {
                        apply((ObjectNode) parent);
                    }
                });
        return odd;
    }

    private void apply(ObjectNode parent) {
        JsonNode value = parent.get(field);
        switch (kind) {
            case MISSING -> parent.remove(field);
            case NULL -> parent.putNull(field);
            case UNKNOWN_WORD -> {
                if (WORDS.contains(field)) {
                    parent.put(field, "levitating");
                }
            }
            case EARLIER -> {
                if (value.isTextual() && value.textValue().endsWith("Z")) {
                    parent.put(
                            field,
                            Instant.parse(value.textValue())
                                    .minusSeconds(SECONDS)
                                    .toString());
                }
            }
        }
    }
}
