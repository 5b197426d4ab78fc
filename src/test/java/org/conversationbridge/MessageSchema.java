// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge;

import com.fasterxml.jackson.databind.JsonNode;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion.VersionFlag;
import com.networknt.schema.ValidationMessage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;

/** The published JSON Schema of a message. */
public final class MessageSchema {
    private static final JsonSchema SCHEMA = load();

    private MessageSchema() {}

    /** What a message violates; nothing when it is valid. */
    public static Set<ValidationMessage> violations(JsonNode message) {
        return SCHEMA.validate(message);
    }

    private static JsonSchema load() {
        try {
            return JsonSchemaFactory.getInstance(VersionFlag.V202012)
                    .getSchema(Files.readString(Path.of("config/conversation-message.schema.json")));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
