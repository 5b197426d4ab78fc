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

/** The JSON Schema of a message: as it is published, and what of it this version writes. */
public final class MessageSchema {
    private static final JsonNode PUBLISHED = load();
    private static final JsonSchema OPEN = schema(PUBLISHED);
    private static final JsonSchema STRICT = schema(StrictSchema.of(PUBLISHED));

    private MessageSchema() {}

    /** What this version would not write; nothing when it is valid. */
    public static Set<ValidationMessage> violations(JsonNode message) {
        return STRICT.validate(message);
    }

    /** What a consumer who reads the published schema would refuse; nothing when it is valid. */
    public static Set<ValidationMessage> violationsForConsumers(JsonNode message) {
        return OPEN.validate(message);
    }

    private static JsonSchema schema(JsonNode content) {
        return JsonSchemaFactory.getInstance(VersionFlag.V202012).getSchema(content);
    }

    private static JsonNode load() {
        try {
            return Fixtures.parse(Files.readString(Path.of("config/conversation-message.schema.json")));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
