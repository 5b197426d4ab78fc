// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.bridge;

import jakarta.jms.JMSException;
import jakarta.jms.Message;
import jakarta.jms.Session;
import jakarta.jms.TextMessage;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.conversationbridge.broker.ReceivedText;

/**
 * A message that somebody who may send to a queue of the bridge can put there by mistake or on purpose.
 *
 * @param name for the report
 */
record Forgery(String name, Maker maker) {
    /** Makes a message; it may throw what JMS throws. */
    interface Maker {
        Message make(Session session) throws JMSException;
    }

    private static final String CHANGE = "{\"eventType\":\"conversation.updated\",\"sequence\":1,"
            + "\"observedAt\":\"2026-11-20T12:00:00.000Z\",\"observed\":\"live\",\"stale\":false,"
            + "\"conversation\":{\"conversationId\":\"%s\",\"mediaType\":\"voice\",\"direction\":\"inbound\","
            + "\"state\":\"%s\",\"agents\":[],\"divisionIds\":[],\"auxiliaryMedia\":[]}}";

    /** A page with one change that is right, but for what a test makes wrong. */
    static String page(String conversationId, String state) {
        return "{\"pollId\":\"p\",\"partition\":0,\"changes\":[" + change(conversationId, state) + "]}";
    }

    /** A change that is right, but for what a test makes wrong. */
    static String change(String conversationId, String state) {
        return CHANGE.formatted(conversationId, state);
    }

    /** An entry of the checkpoint that is right, but for what a test makes wrong. */
    static String entry(String key, long sequence) {
        return "{\"format\":3,\"key\":\"" + key + "\",\"revision\":\"r\",\"conversations\":{\"c1\":{\"sequence\":"
                + sequence + ",\"observedAt\":\"2026-11-20T12:00:00Z\",\"state\":\"QUEUED\",\"mediaType\":\"voice\"}}}";
    }

    /** A text that is right but for its size: larger than is read, by spaces behind it. */
    static Forgery tooLarge(String name, String text, Object... properties) {
        // The broker writes a character in two bytes.
        int missing = (int) (ReceivedText.MOST_BYTES / 2) + 1 - text.length();
        return text(name, text + " ".repeat(missing), properties);
    }

    /** A text, perhaps with properties: name, value, name, value. */
    static Forgery text(String name, String text, Object... properties) {
        return new Forgery(name, session -> {
            TextMessage message = session.createTextMessage(text);
            for (int i = 0; i < properties.length; i += 2) {
                message.setObjectProperty((String) properties[i], properties[i + 1]);
            }
            return message;
        });
    }

    /** What is wrong on whichever queue of the bridge it is put. */
    static List<Forgery> all() {
        return List.of(
                new Forgery("text without a body", session -> session.createTextMessage(null)),
                text("text null", "null"),
                text("text {}", "{}"),
                text("text []", "[]"),
                text("a number", "42"),
                text("garbage", "gar\u0000bage \u202e"),
                text("half a document", "{\"pollId\":\"p\","),
                text("1 MB", "x".repeat(1_000_000)),
                text("nested 100,000 deep", "[".repeat(100_000)),
                text("a number of 100,000 digits", "9".repeat(100_000)),
                text("attempts=abc, firstFailedAt=garbage", "{}", "attempts", "abc", "firstFailedAt", "garbage"),
                text("a huge property", "{}", "conversationId", "x".repeat(40_000)),
                text("properties of other types", "{}", "attempts", Long.MAX_VALUE, "originalType", true),
                text("a year that is none", "{}", "firstFailedAt", "+999999999-12-31T23:59:59Z"),
                text(
                        "completions at the end of time",
                        "{\"announcedAt\":\"+1000000000-12-31T23:59:59.999999999Z\",\"completions\":[]}"),
                text("completions of 2100", "{\"announcedAt\":\"2100-01-01T00:00:00Z\",\"completions\":[]}"),
                text("headers that Camel might obey", "{}", "CamelHttpUri", "http://127.0.0.1:1", "operationName", "x"),
                new Forgery("another JMSType", session -> {
                    Message message = session.createTextMessage("garbage");
                    message.setJMSType("somebody's");
                    return message;
                }),
                new Forgery("another group and correlation", session -> {
                    Message message = session.createTextMessage("{}");
                    message.setStringProperty("JMSXGroupID", "x");
                    message.setJMSCorrelationID("x".repeat(5_000));
                    return message;
                }),
                text("a foreign last-value key", "{}", "_AMQ_LVQ_NAME", "zzz"),
                new Forgery("bytes", session -> {
                    var message = session.createBytesMessage();
                    message.writeBytes("bytes".getBytes(StandardCharsets.UTF_8));
                    return message;
                }),
                new Forgery("map", session -> {
                    var message = session.createMapMessage();
                    message.setString("a", "b");
                    return message;
                }),
                new Forgery("object", session -> session.createObjectMessage("an object")),
                new Forgery("stream", session -> {
                    var message = session.createStreamMessage();
                    message.writeString("a");
                    return message;
                }),
                new Forgery("no body", Session::createMessage));
    }
}
