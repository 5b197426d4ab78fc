// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Locale;
import java.util.Objects;
import org.conversationbridge.bridge.Json;
import org.conversationbridge.settings.CloudEventSettings;
import org.conversationbridge.settings.EndingSettings;

/** Documents of src/test/resources, and the ids in them. */
public final class Fixtures {
    public static final String AGENT_BLUE = id(0xb1);
    public static final String AGENT_GREEN = id(0xb2);
    public static final String AGENT_RED = id(0xb3);
    public static final String QUEUE_CLAIMS = id(0xa1);
    public static final String QUEUE_CHAT = id(0xa2);
    public static final String DIVISION = id(0xd1);

    /** As in the shipped settings. */
    public static final Duration REMEMBERED = Duration.ofHours(1);

    /** As in the shipped settings. */
    public static final EndingSettings ENDING = new EndingSettings(
            Duration.ofMinutes(10),
            Duration.ofMinutes(1),
            6,
            Duration.ofMinutes(15),
            Duration.ZERO,
            50,
            Duration.ofMinutes(10));

    /** As in the shipped settings. */
    public static final CloudEventSettings CLOUD_EVENTS =
            new CloudEventSettings(CloudEventSettings.Form.NONE, "/conversation-bridge");

    private Fixtures() {}

    /** The ids of the documents are numbered. */
    public static String id(int number) {
        return String.format(Locale.ROOT, "%08x-0000-4000-8000-%012x", number, number);
    }

    /** A document by its path, for example {@code genesys/conversation-voice.json}. */
    public static ObjectNode json(String path) {
        return (ObjectNode) parse(text(path));
    }

    /** JSON written with single quotes. */
    public static JsonNode quoted(String text) {
        return parse(text.replace('\'', '"'));
    }

    public static JsonNode parse(String text) {
        try {
            return Json.mapper().readTree(text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public static String text(String path) {
        try (InputStream in = Fixtures.class.getResourceAsStream("/" + path)) {
            return new String(Objects.requireNonNull(in, path).readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
