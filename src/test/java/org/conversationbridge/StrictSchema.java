// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * What this version writes, made from the open JSON Schema that is published: no field but those described, and of the
 * words that the schema gives as examples no other.
 */
public final class StrictSchema {
    private StrictSchema() {}

    /** The strict form of a schema. */
    public static ObjectNode of(JsonNode published) {
        ObjectNode strict = published.deepCopy();
        close(strict);
        return strict;
    }

    private static void close(JsonNode schema) {
        if (schema instanceof ObjectNode object) {
            if (object.has("properties") && !object.has("additionalProperties")) {
                object.put("additionalProperties", false);
            }
            if (object.path("examples") instanceof ArrayNode words) {
                ArrayNode values = object.putArray("enum").addAll(words);
                if (object.path("type").isArray()) {
                    values.addNull();
                }
            }
        }
        schema.forEach(StrictSchema::close);
    }
}
