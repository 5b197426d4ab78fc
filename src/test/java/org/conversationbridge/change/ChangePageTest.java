// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.change;

import static org.assertj.core.api.Assertions.assertThat;
import static org.conversationbridge.Fixtures.AGENT_BLUE;
import static org.conversationbridge.Fixtures.AGENT_GREEN;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import org.conversationbridge.Changes;
import org.conversationbridge.bridge.Json;
import org.junit.jupiter.api.Test;

class ChangePageTest {
    private static final Instant NOW = Instant.parse("2026-11-20T10:00:00Z");

    @Test
    void no_page_is_longer_than_the_limit() {
        List<ConversationChange> changes = IntStream.range(0, 250)
                .mapToObj(i -> Changes.connected("c" + i, AGENT_BLUE, NOW))
                .toList();

        assertThat(ChangePage.pages("poll", changes, 100, 1))
                .extracting(page -> page.changes().size())
                .containsExactly(100, 100, 50);
        assertThat(ChangePage.pages("poll", List.of(), 100, 1)).isEmpty();
    }

    @Test
    void a_page_is_of_one_partition_and_a_conversation_always_of_the_same() {
        List<ConversationChange> changes = IntStream.range(0, 250)
                .mapToObj(i -> Changes.connected("c" + i, AGENT_BLUE, NOW))
                .toList();

        List<ChangePage> pages = ChangePage.pages("poll", changes, 100, 4);

        assertThat(pages).extracting(ChangePage::partition).containsExactly(0, 1, 2, 3);
        assertThat(pages)
                .allSatisfy(page -> assertThat(page.changes())
                        .extracting(change -> Partition.of(change.conversation().conversationId(), 4))
                        .containsOnly(page.partition()));
        assertThat(pages).flatExtracting(ChangePage::changes).hasSize(250).doesNotHaveDuplicates();
    }

    @Test
    void wants_each_agent_once() {
        ChangePage page = new ChangePage(
                "poll",
                0,
                List.of(
                        Changes.connected("1", AGENT_BLUE, NOW),
                        Changes.connected("2", AGENT_GREEN, NOW),
                        Changes.connected("3", AGENT_BLUE, NOW),
                        Changes.queued("4", NOW)));

        assertThat(page.agentUserIds()).containsExactly(AGENT_BLUE, AGENT_GREEN);
    }

    @Test
    void travels_as_json_without_loss() throws Exception {
        ChangePage page =
                new ChangePage("poll", 0, List.of(Changes.connected("1", AGENT_BLUE, NOW), Changes.queued("2", NOW)));
        ObjectMapper json = Json.mapper();

        assertThat(json.readValue(json.writeValueAsString(page), ChangePage.class))
                .isEqualTo(page);
    }
}
