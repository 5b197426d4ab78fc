// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.sandbox.fault;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.BigIntegerNode;
import com.fasterxml.jackson.databind.node.ContainerNode;
import com.fasterxml.jackson.databind.node.DecimalNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * Changes a JSON document in one place, as a careless or hostile writer would. The same random numbers, the same
 * change.
 */
public final class Mutation {
    private static final List<String> TIMES = List.of(
            "2026-11-20T10:00:00.000Z",
            "2026-11-20T10:00:00.123456789Z",
            "2026-11-20",
            "0000-00-00T00:00:00Z",
            "0001-01-01T00:00:00+18:00",
            "1969-12-31T23:59:59.999Z",
            "9999-12-31T23:59:59.999999999Z",
            "+999999999-12-31T23:59:59Z",
            "-999999999-01-01",
            "2026-02-30T25:61:61Z",
            "2026-11-20T10:00:00+99:99",
            "1700000000000");

    private static final List<String> WORDS =
            List.of(("agent user customer external acd ivr connected alerting terminated"
                            + " none pending interact hold wrapup dialing inbound outbound voice tTalk tHandle nConsult")
                    .split(" "));

    /** One place of a document: a field of an object, or an element of a list. */
    private record Place(ContainerNode<?> parent, String field, int index) {
        JsonNode value() {
            return parent instanceof ObjectNode object ? object.path(field) : parent.path(index);
        }

        void set(JsonNode value) {
            if (parent instanceof ObjectNode object) {
                object.set(field, value);
            } else if (parent instanceof ArrayNode list) {
                list.set(index, value);
            }
        }

        void remove() {
            if (parent instanceof ObjectNode object) {
                object.remove(field);
            } else if (parent instanceof ArrayNode list) {
                list.remove(index);
            }
        }
    }

    private final RandomGenerator random;

    public Mutation(RandomGenerator random) {
        this.random = random;
    }

    /** Changes one place. A document without any stays as it is. */
    public void anything(JsonNode document) {
        List<Place> places = places(document);
        if (!places.isEmpty()) {
            change(any(places), places);
        }
    }

    /**
     * Writes a hostile text into one text of the document.
     *
     * @param suffix makes the text one of its kind, where it is an id
     */
    public void text(JsonNode document, String suffix) {
        List<Place> texts = places(document).stream()
                .filter(place -> place.value().isTextual())
                .toList();
        if (!texts.isEmpty()) {
            any(texts).set(JsonNodeFactory.instance.textNode(HostileText.any(random) + suffix));
        }
    }

    private void change(Place place, List<Place> places) {
        switch (random.nextInt(10)) {
            case 0 -> place.remove();
            case 1 -> place.set(JsonNodeFactory.instance.nullNode());
            case 2 -> place.set(number());
            case 3 -> place.set(structure());
            case 4 -> place.set(any(places).value().deepCopy());
            case 5 -> place.set(JsonNodeFactory.instance.textNode(any(TIMES)));
            case 6 -> place.set(JsonNodeFactory.instance.textNode(any(WORDS)));
            case 7 -> repeat(place);
            default -> place.set(JsonNodeFactory.instance.textNode(HostileText.any(random)));
        }
    }

    /** The element once more or, rarely, very often. */
    private void repeat(Place place) {
        JsonNode value = place.value();
        if (place.parent() instanceof ArrayNode list) {
            int times = random.nextInt(500) == 0 ? 2_000 : 1;
            for (int i = 0; i < times; i++) {
                list.add(value.deepCopy());
            }
        } else {
            place.set(JsonNodeFactory.instance.arrayNode().add(value.deepCopy()));
        }
    }

    private JsonNode number() {
        return switch (random.nextInt(7)) {
            case 0 -> JsonNodeFactory.instance.numberNode(random.nextInt());
            case 1 -> JsonNodeFactory.instance.numberNode(random.nextLong());
            case 2 -> JsonNodeFactory.instance.numberNode(Long.MIN_VALUE);
            case 3 -> JsonNodeFactory.instance.numberNode(Double.MAX_VALUE);
            case 4 -> BigIntegerNode.valueOf(BigInteger.TEN.pow(900));
            case 5 -> DecimalNode.valueOf(new BigDecimal("1e400"));
            default -> JsonNodeFactory.instance.numberNode(0.5);
        };
    }

    private JsonNode structure() {
        return switch (random.nextInt(5)) {
            case 0 -> JsonNodeFactory.instance.objectNode();
            case 1 -> JsonNodeFactory.instance.arrayNode();
            case 2 -> JsonNodeFactory.instance.arrayNode().addNull();
            case 3 -> JsonNodeFactory.instance.booleanNode(random.nextBoolean());
            default -> deep();
        };
    }

    private static JsonNode deep() {
        ObjectNode top = JsonNodeFactory.instance.objectNode();
        ObjectNode inner = top;
        for (int i = 0; i < 500; i++) {
            inner = inner.putObject("queue");
        }
        return top;
    }

    private static List<Place> places(JsonNode document) {
        List<Place> places = new ArrayList<>();
        collect(document, places);
        return places;
    }

    private static void collect(JsonNode node, List<Place> places) {
        if (node instanceof ObjectNode object) {
            object.fieldNames().forEachRemaining(field -> places.add(new Place(object, field, 0)));
        } else if (node instanceof ArrayNode list) {
            for (int i = 0; i < list.size(); i++) {
                places.add(new Place(list, "", i));
            }
        }
        node.forEach(child -> collect(child, places));
    }

    private <T> T any(List<T> choices) {
        return choices.get(random.nextInt(choices.size()));
    }
}
