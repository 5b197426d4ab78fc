// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.conversationbridge.text.ForeignText;

/** A message of the result queue in one readable line. */
final class MessageLine {
    private static final int UUID_HEAD = 8;
    private static final int LONGEST = 40;

    private MessageLine() {}

    static String of(JsonNode message) {
        return String.format(
                Locale.ROOT,
                "%s %-22s #%d %-8s %-8s %-9s %s agent=%s queue=%s %s",
                text(message, "observedAt").replaceAll(".*T|\\.\\d+Z", ""),
                text(message, "eventType"),
                message.path("sequence").asLong(),
                text(message, "mediaType"),
                text(message, "direction"),
                text(message, "state"),
                text(message, "conversationId"),
                name(message.path("agent"), "userId"),
                name(message.path("queue"), "id"),
                message.path("completion").isObject()
                        ? completion(message.path("completion"))
                        : "history=" + history(message.path("history")));
    }

    private static String name(JsonNode reference, String idField) {
        String name = text(reference, "name");
        return name.equals("-") ? head(text(reference, idField)) : name;
    }

    private static String completion(JsonNode completion) {
        List<String> codes = new ArrayList<>();
        completion.path("agents").forEach(agent -> codes.add(tail(text(agent, "wrapUpCode"))));
        return "outcome=" + text(completion, "outcome") + " final=" + text(completion, "final") + " duration="
                + completion.path("durationMs").asLong() / 1000 + "s wrap-ups=" + String.join(",", codes);
    }

    private static String history(JsonNode history) {
        String status = text(history, "status");
        if (status.equals("none") || status.equals("unavailable")) {
            return status;
        }
        List<String> codes = new ArrayList<>();
        history.path("recent").forEach(recent -> codes.add(tail(text(recent, "wrapUpCode"))));
        return status + ":" + history.path("conversationCount").asInt() + " wrap-ups=" + String.join(",", codes);
    }

    /** Customer data must not steer the terminal, nor fill it. */
    private static String text(JsonNode object, String field) {
        return ForeignText.printable(object.path(field).asText("-"), LONGEST);
    }

    private static String head(String id) {
        return id.length() > UUID_HEAD ? id.substring(0, UUID_HEAD) : id;
    }

    private static String tail(String id) {
        return id.length() > UUID_HEAD ? id.substring(id.length() - UUID_HEAD) : id;
    }
}
