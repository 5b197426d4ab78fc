// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.route;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.conversationbridge.bridge.Json;
import org.conversationbridge.change.AnnouncedCompletions;
import org.conversationbridge.change.ChangePage;
import org.conversationbridge.checkpoint.CheckpointFormat;
import org.conversationbridge.checkpoint.Entry;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Times that any client can have written into what the bridge stores on the broker, and that none of its own has. */
class StoredTimesTest {
    private static final String GOOD = "2026-11-20T12:00:00Z";
    private static final ObjectMapper JSON = Json.mapper();

    static Stream<String> times() {
        return Stream.of(
                Instant.MIN.toString(),
                Instant.MAX.toString(),
                "-999999999-01-01T00:00:00Z",
                "+999999999-12-31T23:59:59Z",
                "0001-01-01T00:00:00Z",
                "1800-01-01T00:00:00Z",
                "+10000-01-01T00:00:00Z");
    }

    @ParameterizedTest
    @MethodSource("times")
    void no_entry_of_the_checkpoint_has_one(String time) throws Exception {
        String poll = "{\"format\":3,\"key\":\"poll\",\"revision\":\"r\",\"lastGoodPoll\":\"@\",\"conversations\":{}}";
        assertThat(isEntry(poll, GOOD)).isTrue();
        assertThat(isEntry(poll, time)).isFalse();
        for (String field : List.of(
                "\"observedAt\":\"@\"",
                "\"startedAt\":\"@\"",
                "\"endedAt\":\"@\"",
                "\"missingSince\":\"@\"",
                "\"changedAt\":\"@\"",
                "\"heldSince\":\"@\"",
                "\"previousEnd\":\"@\"",
                "\"followUp\":{\"due\":\"@\",\"attempts\":0}")) {
            String entry = "{\"format\":3,\"key\":\"conversations-01\",\"revision\":\"r\",\"conversations\":{\"c\":{"
                    + "\"sequence\":1,\"observedAt\":\"" + GOOD + "\",\"state\":\"QUEUED\",\"mediaType\":\"voice\","
                    + field + "}}}";
            assertThat(isEntry(entry, GOOD)).as(field).isTrue();
            assertThat(isEntry(entry, time)).as(field).isFalse();
        }
    }

    @ParameterizedTest
    @MethodSource("times")
    void no_completions_that_wait_have_one(String time) throws Exception {
        String completions = "{\"announcedAt\":\"@\",\"completions\":[]}";

        assertThat(JSON.readValue(completions.replace("@", GOOD), AnnouncedCompletions.class)
                        .isWhole())
                .isTrue();
        assertThat(JSON.readValue(completions.replace("@", time), AnnouncedCompletions.class)
                        .isWhole())
                .isFalse();
    }

    /** Histories that wait, and what is parked, are changes as pages have them. */
    @ParameterizedTest
    @MethodSource("times")
    void no_change_of_a_page_has_one(String time) throws Exception {
        for (String field : List.of("observedAt", "startedAt", "endedAt", "changedAt", "heldSince")) {
            String own = "\"" + field + "\":\"@\"";
            String page = "{\"pollId\":\"p\",\"partition\":0,\"changes\":[{\"eventType\":\"conversation.updated\","
                    + "\"sequence\":1,\"observed\":\"live\",\"stale\":false,\"observedAt\":\"" + GOOD + "\","
                    + (field.equals("observedAt") ? own + "," : "")
                    + "\"conversation\":{\"conversationId\":\"c\",\"mediaType\":\"voice\",\"state\":\"CONNECTED\","
                    + (field.equals("observedAt") ? "" : own + ",")
                    + "\"agents\":[],\"divisionIds\":[],\"auxiliaryMedia\":[]}}]}";
            assertThat(problem(page, GOOD)).as(field).isEmpty();
            assertThat(problem(page, time)).as(field).isNotEmpty().doesNotContain(time);
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {Long.MIN_VALUE, -1, 0, 1L << 53, Long.MAX_VALUE})
    void none_has_a_sequence_that_the_bridge_does_not_give(long sequence) throws Exception {
        String entry = "{\"format\":3,\"key\":\"conversations-01\",\"revision\":\"r\",\"conversations\":{\"c\":{"
                + "\"sequence\":@,\"observedAt\":\"" + GOOD + "\",\"state\":\"QUEUED\",\"mediaType\":\"voice\"}}}";
        String completions = "{\"announcedAt\":\"" + GOOD + "\",\"completions\":[{\"conversationId\":\"c\","
                + "\"sequence\":@,\"fingerprint\":\"f\"}]}";
        String page = "{\"pollId\":\"p\",\"partition\":0,\"changes\":[{\"eventType\":\"conversation.updated\","
                + "\"sequence\":@,\"observed\":\"live\",\"stale\":false,\"observedAt\":\"" + GOOD + "\","
                + "\"conversation\":{\"conversationId\":\"c\",\"mediaType\":\"voice\",\"state\":\"CONNECTED\","
                + "\"agents\":[],\"divisionIds\":[],\"auxiliaryMedia\":[]}}]}";
        for (long given : List.of(1L, Instant.parse(GOOD).toEpochMilli())) {
            assertThat(isEntry(entry, String.valueOf(given))).isTrue();
            assertThat(areWhole(completions, given)).isTrue();
            assertThat(problem(page, String.valueOf(given))).isEmpty();
        }
        assertThat(isEntry(entry, String.valueOf(sequence))).isFalse();
        assertThat(areWhole(completions, sequence)).isFalse();
        assertThat(problem(page, String.valueOf(sequence))).isNotEmpty();
    }

    private static boolean areWhole(String completions, long sequence) throws Exception {
        return JSON.readValue(completions.replace("@", String.valueOf(sequence)), AnnouncedCompletions.class)
                .isWhole();
    }

    private static boolean isEntry(String text, String time) throws Exception {
        Entry entry = CheckpointFormat.read(JSON, text.replace("@", time));
        return entry != null && entry.isWhole();
    }

    private static String problem(String page, String time) throws Exception {
        return JSON.readValue(page.replace("@", time), ChangePage.class)
                .problem()
                .orElse("");
    }
}
