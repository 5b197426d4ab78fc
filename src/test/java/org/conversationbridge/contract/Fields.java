// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.contract;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** The fields that a message may have by a JSON Schema, each with what a consumer may find in it. */
final class Fields {
    /**
     * What a consumer may find.
     *
     * @param isAlwaysThere required where its object is
     * @param types of JSON
     * @param values the only ones; null where any may come
     */
    record Field(
            boolean isAlwaysThere,
            Set<String> types,
            @Nullable Set<String> values) {}

    private final JsonNode root;
    private final Map<String, Field> fields = new TreeMap<>();

    private Fields(JsonNode root) {
        this.root = root;
    }

    /** By path: {@code /agents[]/userId}. */
    static Map<String, Field> of(JsonNode schema) {
        Fields found = new Fields(schema);
        found.read("", schema, true);
        return found.fields;
    }

    private void read(String path, JsonNode schema, boolean required) {
        Set<String> types = new TreeSet<>();
        Set<String> values = new TreeSet<>();
        for (JsonNode variant : variants(schema)) {
            types(variant).forEach(types::add);
            variant.path("enum").forEach(value -> values.add(value.asText()));
            if (variant.has("const")) {
                values.add(variant.path("const").asText());
            }
            variant.path("properties")
                    .properties()
                    .forEach(property -> read(
                            path + "/" + property.getKey(), property.getValue(), requires(variant, property.getKey())));
            if (variant.has("items")) {
                read(path + "[]", variant.path("items"), true);
            }
        }
        fields.put(path, new Field(required, types, values.isEmpty() ? null : values));
    }

    /** The schema itself, what it refers to, each of its choices. */
    private List<JsonNode> variants(JsonNode schema) {
        List<JsonNode> variants = new ArrayList<>();
        variants.add(schema);
        if (schema.has("$ref")) {
            variants.addAll(variants(root.at(schema.path("$ref").asText().substring(1))));
        }
        schema.path("oneOf").forEach(choice -> variants.addAll(variants(choice)));
        return variants;
    }

    private static List<String> types(JsonNode schema) {
        List<String> types = new ArrayList<>();
        JsonNode type = schema.path("type");
        if (type.isTextual()) {
            types.add(type.asText());
        }
        type.forEach(one -> types.add(one.asText()));
        return types;
    }

    private static boolean requires(JsonNode schema, String field) {
        for (JsonNode required : schema.path("required")) {
            if (required.asText().equals(field)) {
                return true;
            }
        }
        return false;
    }
}
