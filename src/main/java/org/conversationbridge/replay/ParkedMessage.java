// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.replay;

import jakarta.jms.JMSException;
import jakarta.jms.Message;
import java.util.Locale;
import java.util.Optional;
import org.conversationbridge.broker.ReceivedText;
import org.conversationbridge.failure.Attempts;
import org.conversationbridge.failure.OriginalType;
import org.conversationbridge.text.ForeignText;
import org.conversationbridge.text.Times;

/**
 * A message of the error queue, by its properties. Any client may have written them: what is damaged is treated as absent.
 *
 * @param original empty if there is none, or it is not read
 * @param problem why the original is not read; empty if it is
 */
record ParkedMessage(
        String messageId,
        String errorCode,
        String errorStage,
        String originalType,
        Attempts attempts,
        String conversationId,
        String original,
        Optional<String> problem) {
    private static final int LONGEST = 200;

    /** What Artemis notes of a message that was moved: the queue it was on. */
    private static final String MOVED_FROM = "_AMQ_ORIG_QUEUE";

    static ParkedMessage of(Message message) throws JMSException {
        return new ParkedMessage(
                message.getJMSMessageID(),
                property(message, "errorCode"),
                property(message, "errorStage", MOVED_FROM),
                property(message, "originalType"),
                Attempts.told(message.getObjectProperty("attempts"), message.getObjectProperty("firstFailedAt")),
                property(message, "conversationId"),
                ReceivedText.of(message),
                ReceivedText.problem(message));
    }

    boolean is(OriginalType type) {
        return originalType.equals(type.label());
    }

    /** One readable line; what cannot be printed would garble the terminal. */
    String line() {
        return ForeignText.printable(
                String.format(
                        Locale.ROOT,
                        "%-22s %-18s %-12s %s attempts=%d %s",
                        errorCode,
                        errorStage,
                        originalType,
                        attempts.firstFailedAt() == null ? "-" : Times.text(attempts.firstFailedAt()),
                        attempts.count(),
                        conversationId),
                2 * LONGEST);
    }

    private static String property(Message message, String... names) throws JMSException {
        for (String name : names) {
            if (message.getObjectProperty(name) instanceof String text && !text.isEmpty()) {
                return text.length() > LONGEST ? text.substring(0, LONGEST) + "..." : text;
            }
        }
        return "-";
    }
}
