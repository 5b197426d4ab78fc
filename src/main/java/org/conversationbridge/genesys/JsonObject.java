// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.genesys;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.TemporalAccessor;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.conversationbridge.failure.MalformedConversationException;
import org.jspecify.annotations.Nullable;

/**
 * One JSON object of a conversation, read field by field. A missing or null field is absent; a field of the wrong type
 * is a {@link MalformedConversationException} that names its path. Unknown fields are ignored: the API adds some every
 * week.
 */
final class JsonObject {
    private static final DateTimeFormatter DATE_TIME =
            DateTimeFormatter.ofPattern("yyyy-MM-dd['T'HH:mm[:ss][.SSSSSSSSS][.SSSSSS][.SSS][.SS][.S]][XXX][XX]");

    private final JsonNode node;
    private final String path;
    private final @Nullable String conversationId;

    private JsonObject(JsonNode node, String path, @Nullable String conversationId) {
        this.node = node;
        this.path = path;
        this.conversationId = conversationId;
    }

    /**
     * The object of a whole conversation.
     *
     * @param idField name of the field that holds its id
     * @throws MalformedConversationException when it is no object or has no id
     */
    static JsonObject conversation(JsonNode node, String idField) {
        if (!node.isObject()) {
            throw new MalformedConversationException(null, "(root)", "is " + kind(node) + " instead of an object");
        }
        String id = new JsonObject(node, "", null).required(idField);
        return new JsonObject(node, "", id);
    }

    Optional<String> text(String field) {
        JsonNode value = node.path(field);
        if (isAbsent(value)) {
            return Optional.empty();
        }
        if (!value.isTextual()) {
            throw wrong(field, value, "a text");
        }
        return Optional.of(value.textValue()).filter(text -> !text.isEmpty());
    }

    @Nullable
    String textOrNull(String field) {
        return text(field).orElse(null);
    }

    String required(String field) {
        return text(field).orElseThrow(() -> malformed(field, "is missing"));
    }

    boolean flag(String field) {
        JsonNode value = node.path(field);
        if (!isAbsent(value) && !value.isBoolean()) {
            throw wrong(field, value, "true or false");
        }
        return value.asBoolean(false);
    }

    /** A whole number; 0 where absent. */
    long number(String field) {
        JsonNode value = node.path(field);
        if (!isAbsent(value) && !value.isNumber()) {
            throw wrong(field, value, "a number");
        }
        return value.asLong(0);
    }

    /** An ISO-8601 time; also without fraction, without zone (then UTC) or only a date, as the vendor's SDK reads it. */
    @Nullable
    Instant time(String field) {
        String text = textOrNull(field);
        if (text == null) {
            return null;
        }
        try {
            return instant(DATE_TIME.parseBest(text, OffsetDateTime::from, LocalDateTime::from, LocalDate::from));
        } catch (DateTimeException e) {
            throw malformed(field, "is not an ISO-8601 time");
        }
    }

    Optional<JsonObject> object(String field) {
        JsonNode value = node.path(field);
        if (isAbsent(value)) {
            return Optional.empty();
        }
        if (!value.isObject()) {
            throw wrong(field, value, "an object");
        }
        return Optional.of(new JsonObject(value, child(field), conversationId));
    }

    /** The objects of a list; empty where absent. Null elements are skipped. */
    List<JsonObject> objects(String field) {
        List<JsonObject> objects = new ArrayList<>();
        JsonNode list = list(field);
        for (int i = 0; i < list.size(); i++) {
            JsonNode element = list.get(i);
            if (element.isNull()) {
                continue;
            }
            if (!element.isObject()) {
                throw malformed(field + "[" + i + "]", "is " + kind(element) + " instead of an object");
            }
            objects.add(new JsonObject(element, child(field) + "[" + i + "]", conversationId));
        }
        return objects;
    }

    /** The texts of an object by their names; empty where absent. What is no text is left out. */
    Map<String, String> textsByName(String field) {
        Map<String, String> texts = new HashMap<>();
        object(field)
                .ifPresent(object -> object.node.fields().forEachRemaining(entry -> {
                    if (entry.getValue().isTextual()) {
                        texts.put(entry.getKey(), entry.getValue().textValue());
                    }
                }));
        return texts;
    }

    /** The texts of a list; empty where absent. */
    List<String> texts(String field) {
        List<String> texts = new ArrayList<>();
        for (JsonNode element : list(field)) {
            if (element.isTextual()) {
                texts.add(element.textValue());
            } else if (!element.isNull()) {
                throw malformed(field, "holds " + kind(element) + " instead of a text");
            }
        }
        return texts;
    }

    /** Refuses a conversation without this list. */
    void requireList(String field) {
        if (isAbsent(node.path(field))) {
            throw malformed(field, "is missing");
        }
    }

    private JsonNode list(String field) {
        JsonNode value = node.path(field);
        if (!isAbsent(value) && !value.isArray()) {
            throw wrong(field, value, "a list");
        }
        return value;
    }

    private MalformedConversationException wrong(String field, JsonNode value, String expected) {
        return malformed(field, "is " + kind(value) + " instead of " + expected);
    }

    private MalformedConversationException malformed(String field, String problem) {
        return new MalformedConversationException(conversationId, child(field), problem);
    }

    private String child(String field) {
        return path.isEmpty() ? field : path + "." + field;
    }

    private static boolean isAbsent(JsonNode value) {
        return value.isMissingNode() || value.isNull();
    }

    private static String kind(JsonNode value) {
        return switch (value.getNodeType()) {
            case ARRAY -> "a list";
            case BOOLEAN -> "true or false";
            case NUMBER -> "a number";
            case STRING -> "a text";
            case NULL, MISSING -> "null";
            default -> "an object";
        };
    }

    private static Instant instant(TemporalAccessor time) {
        if (time instanceof OffsetDateTime withZone) {
            return withZone.toInstant();
        }
        return time instanceof LocalDateTime withoutZone
                ? withoutZone.toInstant(ZoneOffset.UTC)
                : LocalDate.from(time).atStartOfDay(ZoneOffset.UTC).toInstant();
    }
}
