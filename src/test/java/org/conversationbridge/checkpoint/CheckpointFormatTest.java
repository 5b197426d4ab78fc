// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.conversationbridge.Fixtures;
import org.conversationbridge.bridge.Json;
import org.conversationbridge.change.Announced;
import org.conversationbridge.change.FollowUp;
import org.conversationbridge.change.LastKnown;
import org.conversationbridge.conversation.State;
import org.junit.jupiter.api.Test;

class CheckpointFormatTest {
    /** An entry as the first version wrote it. */
    private static final String FIRST = Fixtures.text("golden/checkpoint-format-1.json");

    private final ObjectMapper json = Json.mapper();

    @Test
    void reads_an_entry_of_the_first_version() throws Exception {
        Entry entry = CheckpointFormat.read(json, FIRST);

        assertThat(entry.key()).isEqualTo("conversations-12");
        assertThat(entry.duplicateId()).hasValue("conversations-12/b3b0a4d2-0c0e-4f7b-8d8a-0d9a3f1f2a01");
        assertThat(entry.conversations())
                .containsOnlyKeys("c0000000-0000-4000-8000-000000000001", "c0000000-0000-4000-8000-000000000002");
        assertThat(entry.conversations().get("c0000000-0000-4000-8000-000000000001"))
                .isEqualTo(new Announced(
                        3,
                        Instant.parse("2026-11-20T12:00:15Z"),
                        new LastKnown(
                                State.HELD,
                                "a0000000-0000-4000-8000-000000000001",
                                "b0000000-0000-4000-8000-000000000001",
                                "voice",
                                "inbound",
                                Instant.parse("2026-11-20T11:58:00Z"),
                                null,
                                Instant.parse("2026-11-20T11:59:00Z"),
                                List.of("d0000000-0000-4000-8000-000000000001")),
                        false,
                        false,
                        null,
                        null,
                        null,
                        null));
        Announced ended = entry.conversations().get("c0000000-0000-4000-8000-000000000002");
        assertThat(ended.hasEnded()).isTrue();
        assertThat(ended.followUp()).isEqualTo(new FollowUp(Instant.parse("2026-11-20T12:01:00Z"), 1));
    }

    @Test
    void writes_the_newest_format() throws Exception {
        Checkpoint checkpoint = Checkpoint.first(Fixtures.ENDING, Fixtures.REMEMBERED);

        assertThat(checkpoint.conclude(Instant.parse("2026-11-20T12:00:00Z")))
                .hasSize(1)
                .allSatisfy(entry -> assertThat(json.writeValueAsString(entry)).startsWith("{\"format\":5,"));
    }

    @Test
    void an_entry_that_is_written_is_read_as_it_was() throws Exception {
        Entry entry = new Entry(
                5,
                "poll",
                "r",
                null,
                Instant.parse("2026-11-20T12:00:00Z"),
                "one",
                Instant.parse("2026-11-20T11:00:00Z"),
                "s",
                2,
                7,
                Map.of(),
                Set.of());

        assertThat(CheckpointFormat.read(json, json.writeValueAsString(entry))).isEqualTo(entry);
    }

    @Test
    void a_newer_format_is_refused_by_name_before_anything_of_it_is_read() throws Exception {
        ObjectNode newer = (ObjectNode) json.readTree(FIRST);
        newer.put("format", 6).put("conversations", "are somewhere else");

        assertThatThrownBy(() -> CheckpointFormat.read(json, newer.toString()))
                .isInstanceOf(UnknownCheckpointFormatException.class)
                .hasMessageContaining("format 6")
                .hasMessageContaining("it was written by a newer version")
                .hasMessageContaining("stop every bridge and delete the queue")
                .extracting("code")
                .isEqualTo("CHECKPOINT_FORMAT_UNKNOWN");
    }
}
