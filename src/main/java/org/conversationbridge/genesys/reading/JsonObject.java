// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.genesys.reading;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.time.temporal.TemporalAccessor;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.conversationbridge.failure.MalformedConversationException;
import org.conversationbridge.text.ForeignText;
import org.conversationbridge.text.UsualTime;
import org.jspecify.annotations.Nullable;

/**
 * One JSON object of a conversation, read field by field. A missing or null field is absent; a field of the wrong type
 * is a {@link MalformedConversationException} that names its path. Unknown fields are ignored: the API adds some every
 * week. Of a field that is there twice the last one applies.
 */
public final class JsonObject {
    private static final DateTimeFormatter DATE_TIME =
            DateTimeFormatter.ofPattern("yyyy-MM-dd['T'HH:mm[:ss[.SSSSSSSSS][.SSSSSS][.SSS][.SS][.S]]][XXX][XX]");

    /** What {@code yyyy-MM-dd} can write, from the time on that computers have. */
    private static final Instant EARLIEST = Instant.EPOCH;

    private static final Instant LATEST = Instant.parse("9999-12-31T23:59:59.999Z");

    /** Longer than any conversation, and so short that the sum of a document's durations is a long. */
    private static final long LONGEST_MILLIS = Duration.ofDays(36_525).toMillis();

    /** Far more than there can be; who compares each with each is done in a second. */
    static final int MOST_OBJECTS = 5_000;

    private final JsonNode node;
    private final @Nullable JsonObject parent;
    /** The field of the parent that has this object; the path is put together for a failure only. */
    private final String name;
    /** In the list of that field; -1 where it is no list. */
    private final int index;

    private final @Nullable String conversationId;

    private JsonObject(JsonNode node, @Nullable String conversationId) {
        this(node, null, "", -1, conversationId);
    }

    private JsonObject(
            JsonNode node, @Nullable JsonObject parent, String name, int index, @Nullable String conversationId) {
        this.node = node;
        this.parent = parent;
        this.name = name;
        this.index = index;
        this.conversationId = conversationId;
    }

    /**
     * The object of a whole conversation.
     *
     * @param idField name of the field that holds its id
     * @throws MalformedConversationException when it is no object or has no id
     */
    public static JsonObject conversation(JsonNode node, String idField) {
        if (!node.isObject()) {
            throw new MalformedConversationException(
                    node.hashCode(), "(root)", "is " + kind(node) + " instead of an object");
        }
        String id = new JsonObject(node, null).requiredIdentifier(idField);
        return new JsonObject(node, id);
    }

    /** Any text, fit to be written as UTF-8; absent if empty. */
    public Optional<String> text(String field) {
        return raw(field).map(ForeignText::wellFormed);
    }

    /**
     * An id or a word of a vocabulary: what goes into JMS properties, query bodies and log lines. At most
     * {@value ForeignText#LONGEST_IDENTIFIER} printable characters; absent if empty.
     */
    Optional<String> identifier(String field) {
        Optional<String> value = raw(field);
        value.flatMap(ForeignText::identifierProblem).ifPresent(problem -> {
            throw malformed(field, problem);
        });
        return value;
    }

    @Nullable
    String identifierOrNull(String field) {
        return identifier(field).orElse(null);
    }

    /** An identifier, which has to be there. */
    public String requiredIdentifier(String field) {
        return identifier(field).orElseThrow(() -> malformed(field, "is missing"));
    }

    private Optional<String> raw(String field) {
        JsonNode value = node.path(field);
        if (isAbsent(value)) {
            return Optional.empty();
        }
        if (!value.isTextual()) {
            throw wrong(field, value, "a text");
        }
        return Optional.of(value.textValue()).filter(text -> !text.isEmpty());
    }

    /** The same as {@link #text}; null if absent. */
    @Nullable
    public String textOrNull(String field) {
        return text(field).orElse(null);
    }

    boolean flag(String field) {
        JsonNode value = node.path(field);
        if (!isAbsent(value) && !value.isBoolean()) {
            throw wrong(field, value, "true or false");
        }
        return value.asBoolean(false);
    }

    /** The same as {@link #millis}; null if absent. */
    @Nullable
    public Long millisOrNull(String field) {
        return isAbsent(node.path(field)) ? null : Long.valueOf(millis(field));
    }

    /** A duration in milliseconds, 0 to a hundred years; 0 if absent. */
    public long millis(String field) {
        JsonNode value = node.path(field);
        if (!isAbsent(value) && !value.isNumber()) {
            throw wrong(field, value, "a number");
        }
        double millis = value.asDouble(0);
        if (millis < 0 || millis > LONGEST_MILLIS) {
            throw malformed(field, "is not a duration from 0 ms to a hundred years");
        }
        return (long) millis;
    }

    /**
     * An ISO-8601 time of the years 1970 to 9999, in whole milliseconds, as messages have them; also without fraction,
     * without zone (then UTC) or only a date, as the vendor's SDK reads it.
     */
    @Nullable
    public Instant time(String field) {
        String text = textOrNull(field);
        if (text == null) {
            return null;
        }
        try {
            Instant time = UsualTime.read(text).orElseGet(() -> unusualTime(text));
            if (!time.isBefore(EARLIEST) && !time.isAfter(LATEST)) {
                return time;
            }
        } catch (DateTimeException e) {
            throw malformed(field, "is not an ISO-8601 time");
        }
        throw malformed(field, "is not an ISO-8601 time of the years 1970 to 9999");
    }

    Optional<JsonObject> object(String field) {
        JsonNode value = node.path(field);
        if (isAbsent(value)) {
            return Optional.empty();
        }
        if (!value.isObject()) {
            throw wrong(field, value, "an object");
        }
        return Optional.of(new JsonObject(value, this, field, -1, conversationId));
    }

    /** The objects of a list, at most {@value #MOST_OBJECTS}; empty if absent. Null elements are skipped. */
    List<JsonObject> objects(String field) {
        List<JsonObject> objects = new ArrayList<>();
        JsonNode list = list(field);
        if (list.size() > MOST_OBJECTS) {
            throw malformed(field, "has more than " + MOST_OBJECTS + " elements");
        }
        for (int i = 0; i < list.size(); i++) {
            JsonNode element = list.get(i);
            if (element.isNull()) {
                continue;
            }
            if (!element.isObject()) {
                throw malformed(field + "[" + i + "]", "is " + kind(element) + " instead of an object");
            }
            objects.add(new JsonObject(element, this, field, i, conversationId));
        }
        return objects;
    }

    /**
     * The texts of an object by their names, fit to be written as UTF-8; empty if absent. What is no text is left
     * out.
     */
    Map<String, String> textsByName(String field) {
        Map<String, String> texts = new HashMap<>();
        object(field)
                .ifPresent(object -> object.node.properties().forEach(entry -> {
                    if (entry.getValue().isTextual()) {
                        texts.put(
                                ForeignText.wellFormed(entry.getKey()),
                                ForeignText.wellFormed(entry.getValue().textValue()));
                    }
                }));
        return texts;
    }

    /** The texts of a list; empty if absent. */
    List<String> texts(String field) {
        List<String> texts = new ArrayList<>();
        for (JsonNode element : list(field)) {
            if (element.isTextual()) {
                texts.add(ForeignText.wellFormed(element.textValue()));
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
        return conversationId == null
                ? new MalformedConversationException(fingerprint(node), child(field), problem)
                : new MalformedConversationException(conversationId, child(field), problem);
    }

    /**
     * Of what stays as it is while a conversation goes on: its id, of whatever kind, when it began, and who began it.
     * Of the whole, where nothing of that is there: rather twice than not at all.
     */
    private static int fingerprint(JsonNode conversation) {
        JsonNode first = conversation.path("participants").path(0);
        List<String> stable = Stream.of(
                        conversation.path("id"),
                        conversation.path("conversationId"),
                        conversation.path("startTime"),
                        conversation.path("conversationStart"),
                        first.path("id"),
                        first.path("participantId"),
                        first.path("name"))
                .map(JsonNode::toString)
                .toList();
        return stable.stream().allMatch(String::isEmpty) ? conversation.hashCode() : stable.hashCode();
    }

    private String child(String field) {
        String path = path();
        return path.isEmpty() ? field : path + "." + field;
    }

    private String path() {
        return parent == null ? "" : parent.child(index < 0 ? name : name + "[" + index + "]");
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

    private static Instant unusualTime(String text) {
        return instant(DATE_TIME.parseBest(text, OffsetDateTime::from, LocalDateTime::from, LocalDate::from))
                .truncatedTo(ChronoUnit.MILLIS);
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
