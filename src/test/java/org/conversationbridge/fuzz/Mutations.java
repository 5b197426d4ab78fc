// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.fuzz;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamWriteConstraints;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.ByteArrayOutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import org.conversationbridge.sandbox.fault.Mutation;

/** Real answers, changed in one to four places; one in five also in its bytes. The same seed, the same inputs. */
final class Mutations {
    private static final int MOST_CHANGES = 4;
    private static final int BYTES_IN = 5;
    /** Few texts of 100 KB take as long as all the rest. In bytes. */
    private static final int LARGE = 8_000;

    private static final int LARGE_IN = 50;
    /** Escapes what has no form in UTF-8; writes deeper structures than the connector reads. */
    private static final JsonMapper JSON = JsonMapper.builder(JsonFactory.builder()
                    .streamWriteConstraints(StreamWriteConstraints.builder()
                            .maxNestingDepth(10_000)
                            .build())
                    .build())
            .enable(JsonWriteFeature.ESCAPE_NON_ASCII)
            .build();

    private static final List<byte[]> PIECES = List.of(
            bytes("{"),
            bytes("]"),
            bytes("\""),
            bytes("\\"),
            bytes("\\u0000"),
            bytes("\\ud83d"),
            bytes("null"),
            bytes("1e999999999"),
            bytes("-"),
            bytes(",\"id\":\"twice\",\"conversationId\":\"twice\","),
            bytes("\ufeff"),
            new byte[] {(byte) 0xc0, (byte) 0x80},
            new byte[] {(byte) 0xed, (byte) 0xa0, (byte) 0x80},
            new byte[] {0, (byte) 0xff});

    private final long seed;
    private final Map<Source, List<JsonNode>> documents = new EnumMap<>(Source.class);

    Mutations(long seed) {
        this.seed = seed;
        for (Source source : Source.values()) {
            documents.put(source, source.answers());
        }
    }

    /** One of them. Only one in fifty of those that are large is as it came. */
    Input input(long number) {
        RandomGenerator random = new SplittableRandom(seed + number);
        Input input = input(number, random);
        while (input.body().length > LARGE && random.nextInt(LARGE_IN) != 0) {
            input = input(number, random);
        }
        return input;
    }

    private Input input(long number, RandomGenerator random) {
        Source source = Source.values()[random.nextInt(Source.values().length)];
        List<JsonNode> choices = documents.get(source);
        JsonNode document = choices.get(random.nextInt(choices.size())).deepCopy();
        Mutation mutation = new Mutation(random);
        for (int i = random.nextInt(MOST_CHANGES); i >= 0; i--) {
            if (random.nextBoolean()) {
                mutation.anything(document);
            } else {
                mutation.text(document, Integer.toString(random.nextInt(3)));
            }
        }
        byte[] body = write(document);
        return new Input(number, source, random.nextInt(BYTES_IN) == 0 ? spoiled(body, random) : body);
    }

    private static byte[] spoiled(byte[] body, RandomGenerator random) {
        int from = random.nextInt(body.length);
        int to = Math.min(body.length, from + random.nextInt(20));
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write(body, 0, from);
        switch (random.nextInt(5)) {
            case 0 -> out.write(body, to, body.length - to);
            case 1 -> out.writeBytes(PIECES.get(random.nextInt(PIECES.size())));
            case 2 -> {
                out.writeBytes(PIECES.get(random.nextInt(PIECES.size())));
                out.write(body, from, body.length - from);
            }
            case 3 -> {
                out.write(body, from, to - from);
                out.write(body, from, body.length - from);
            }
            default -> {
                out.write(body[from] ^ 1 << random.nextInt(8));
                out.write(body, from + 1, body.length - from - 1);
            }
        }
        return out.toByteArray();
    }

    private static byte[] write(JsonNode document) {
        try {
            return JSON.writeValueAsBytes(document);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
