// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.stream.Stream;
import org.conversationbridge.Fixtures;
import org.conversationbridge.MessageSchema;
import org.conversationbridge.TestNames;
import org.conversationbridge.bridge.Json;
import org.conversationbridge.change.ConversationChange;
import org.conversationbridge.delivery.ConversationMessage;
import org.conversationbridge.delivery.MessageComposer;
import org.conversationbridge.history.AgentHistory;
import org.conversationbridge.names.WantedNames;
import org.conversationbridge.settings.DeliverySettings;
import org.conversationbridge.text.ForeignText;

/** Writes the message of a change and looks at it as a consumer does. */
final class MessageCheck {
    /** The schema takes far longer than all the rest: one message of so many. */
    private static final int SAMPLE = 50;

    private final ObjectMapper json = Json.mapper();
    private final MessageComposer composer;
    private long seen;

    MessageCheck(DeliverySettings settings, Clock clock) {
        this.composer = new MessageComposer(settings, 10, TestNames.unknown(new WantedNames(clock), clock), clock);
    }

    /** What kind of message it is. */
    String check(ConversationChange change, AgentHistory history) {
        ConversationMessage message = composer.compose(change, history);
        assertThat(composer.priority(message)).isBetween(0, 9);
        String text = write(message);
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        assertThat(new String(bytes, StandardCharsets.UTF_8).equals(text)).isTrue();
        assertThat(read(bytes)).isEqualTo(message);
        JsonNode parsed = Fixtures.parse(text);
        Stream.of("conversationId", "mediaType", "direction", "state", "eventType", "messageId")
                .forEach(field -> assertIdentifier(parsed.path(field)));
        assertIdentifier(parsed.at("/queue/id"));
        assertIdentifier(parsed.at("/agent/userId"));
        seen++;
        if (seen % SAMPLE == 0) {
            assertThat(MessageSchema.violations(parsed)).isEmpty();
        }
        return message.state() + " agents=" + Math.min(3, message.agents().size())
                + (message.queue() == null ? "" : " queue") + (message.customer() == null ? "" : " customer")
                + " history=" + message.historyStatus() + "/"
                + message.history().conversationCount();
    }

    /** It becomes a JMS property: short, and nothing that cannot be printed. */
    private static void assertIdentifier(JsonNode value) {
        if (value.isTextual()) {
            assertThat(ForeignText.identifierProblem(value.textValue())).isEmpty();
        }
    }

    private ConversationMessage read(byte[] bytes) {
        try {
            return json.readValue(bytes, ConversationMessage.class);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private String write(Object content) {
        try {
            return json.writeValueAsString(content);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }
}
