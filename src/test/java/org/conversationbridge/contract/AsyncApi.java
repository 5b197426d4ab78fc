// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.contract;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SpecVersion.VersionFlag;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;

/** The published AsyncAPI document. */
final class AsyncApi {
    private static final Path FILE = Path.of("config/asyncapi.yaml");
    private static final ObjectMapper YAML = new ObjectMapper(new YAMLFactory());
    private static final JsonSchemaFactory SCHEMAS = JsonSchemaFactory.getInstance(VersionFlag.V202012);

    private AsyncApi() {}

    /** A copy of it, to be changed at will. */
    static ObjectNode document() {
        return (ObjectNode) yaml(FILE);
    }

    /** A YAML or JSON file. */
    static JsonNode yaml(Path file) {
        try {
            return YAML.readTree(Files.readString(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What a node refers to, in this document or beside it; itself where it refers to nothing. */
    static JsonNode resolved(JsonNode node) {
        if (!node.has("$ref")) {
            return node;
        }
        String[] reference = node.path("$ref").asText().split("#", 2);
        JsonNode file = reference[0].isEmpty() ? document() : yaml(FILE.resolveSibling(reference[0]));
        return reference.length == 1 ? file : file.at(reference[1]);
    }

    /** The names of the JMS properties that a message may have, by its name. */
    static Set<String> properties(String message) {
        return names(message(message).path("headers"));
    }

    /** The names of the headers defined by JMS that it has. */
    static Set<String> headers(String message) {
        return names(message(message).at("/bindings/jms/headers"));
    }

    /** The schema of a message's {@code payload} or {@code headers}, with what it refers to. */
    static JsonSchema schema(String message, String part) {
        return SCHEMAS.getSchema(SchemaLocation.of(FILE.toUri() + "#/components/messages/" + message + "/" + part));
    }

    private static JsonNode message(String name) {
        return document().at("/components/messages/" + name);
    }

    private static Set<String> names(JsonNode schema) {
        Set<String> names = new TreeSet<>();
        resolved(schema).path("properties").fieldNames().forEachRemaining(names::add);
        return names;
    }
}
