// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.bridge;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.deser.std.StdDeserializer;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.ser.std.StdSerializer;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import com.fasterxml.jackson.datatype.jsr310.deser.InstantDeserializer;
import java.io.IOException;
import java.time.Instant;
import java.util.Optional;
import org.conversationbridge.text.Times;
import org.conversationbridge.text.UsualTime;

/** JSON as the bridge writes it: times in UTC with milliseconds and Z; unknown fields are accepted when read. */
public final class Json {
    private Json() {}

    /** A mapper; it may be shared between threads. */
    public static ObjectMapper mapper() {
        return JsonMapper.builder()
                .addModule(new JavaTimeModule())
                .addModule(new SimpleModule()
                        .addSerializer(Instant.class, new InstantInMillis())
                        .addDeserializer(Instant.class, new UsualInstant()))
                .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                .build();
    }

    private static final class InstantInMillis extends StdSerializer<Instant> {
        private static final long serialVersionUID = 1L;

        InstantInMillis() {
            super(Instant.class);
        }

        @Override
        public void serialize(Instant instant, JsonGenerator out, SerializerProvider provider) throws IOException {
            out.writeString(Times.text(instant));
        }
    }

    /** Times in the form in which the bridge writes them; Jackson reads any other. */
    private static final class UsualInstant extends StdDeserializer<Instant> {
        private static final long serialVersionUID = 1L;

        UsualInstant() {
            super(Instant.class);
        }

        @Override
        public Instant deserialize(JsonParser in, DeserializationContext context) throws IOException {
            Optional<Instant> usual =
                    in.hasToken(JsonToken.VALUE_STRING) ? UsualTime.read(in.getText()) : Optional.empty();
            return usual.isPresent() ? usual.get() : InstantDeserializer.INSTANT.deserialize(in, context);
        }
    }
}
