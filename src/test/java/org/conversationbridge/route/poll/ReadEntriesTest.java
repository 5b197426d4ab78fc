// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.route.poll;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import jakarta.jms.TextMessage;
import java.lang.reflect.Proxy;
import java.util.List;
import java.util.Optional;
import org.conversationbridge.bridge.Json;
import org.conversationbridge.checkpoint.CheckpointFormat;
import org.conversationbridge.checkpoint.Entry;
import org.conversationbridge.checkpoint.UnknownCheckpointFormatException;
import org.junit.jupiter.api.Test;

class ReadEntriesTest {
    private static final String KNOWN = "{\"format\":3,\"key\":\"%s\",\"revision\":\"r\",\"conversations\":{}}";
    private static final String NEWER = "{\"format\":99,\"key\":\"%s\",\"conversations\":\"are elsewhere\"}";

    private final List<String> keys =
            CheckpointFormat.earlierKeys().stream().sorted().toList();
    private final ReadEntries read = new ReadEntries(Json.mapper());

    @Test
    void a_few_newer_entries_among_others_are_forged_and_count_as_missing() throws Exception {
        read(0, 32, NEWER);
        read(32, 65, KNOWN);

        assertThat(read.ofThisVersion()).extracting(Entry::key).containsExactlyElementsOf(keys.subList(32, 65));
        assertThat(read.overwritten()).isEmpty();
    }

    @Test
    void a_forged_entry_of_the_poll_does_not_stop_the_polls() throws Exception {
        read(0, 64, KNOWN);
        assertThat(keys.get(64)).isEqualTo("poll");
        read(64, 65, NEWER);

        assertThat(read.ofThisVersion()).hasSize(64);
    }

    @Test
    void what_a_newer_version_wrote_is_left_alone_and_said() throws Exception {
        read(0, 65, NEWER);

        assertIsOfNewerVersion();
    }

    @Test
    void what_a_newer_version_wrote_is_left_alone_even_if_partly_shown_or_forged() throws Exception {
        read(0, 3, NEWER);
        read(3, 5, KNOWN);

        assertIsOfNewerVersion();
    }

    private void assertIsOfNewerVersion() {
        assertThatThrownBy(read::ofThisVersion)
                .isInstanceOf(UnknownCheckpointFormatException.class)
                .hasMessageContaining("it was written by a newer version. Upgrade this process");
    }

    @Test
    void something_else_in_place_of_an_entry_is_foreign() throws Exception {
        for (String other : List.of("", "null", "garbage", "{}", "[]", KNOWN.formatted("conversations-01"))) {
            assertThat(read.read(message("poll", other))).as(other).isPresent();
        }
        assertThat(read.overwritten()).containsExactly("poll");
        assertThat(read.ofThisVersion()).isEmpty();
    }

    @Test
    void a_last_good_poll_at_which_no_poll_can_have_run_is_foreign() throws Exception {
        String forged = KNOWN.formatted("poll").replace("}}", "},\"lastGoodPoll\":\"%s\"}");
        for (String time :
                List.of("-999999999-01-01T00:00:00Z", "0001-01-01T00:00:00Z", "+1000000000-12-31T23:59:59Z")) {
            assertThat(read.read(message("poll", forged.formatted(time))))
                    .as(time)
                    .isPresent();
        }
        assertThat(read.read(message("poll", forged.formatted("2026-11-20T12:00:00Z"))))
                .isEmpty();
    }

    private void read(int from, int to, String text) throws Exception {
        for (String key : keys.subList(from, to)) {
            assertThat(read.read(message(key, text.formatted(key)))).isEqualTo(Optional.empty());
        }
    }

    /** Without a broker. */
    private static TextMessage message(String key, String text) {
        return (TextMessage) Proxy.newProxyInstance(
                ReadEntriesTest.class.getClassLoader(),
                new Class<?>[] {TextMessage.class},
                (message, method, arguments) -> method.getName().equals("getText") ? text : key);
    }
}
