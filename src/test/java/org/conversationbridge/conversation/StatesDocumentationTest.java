// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.conversation;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.conversationbridge.Fixtures;
import org.junit.jupiter.api.Test;

/** What consumers read of states is what there is. */
class StatesDocumentationTest {
    @Test
    void the_page_lists_the_situations_in_order_with_their_states() throws IOException {
        assertThat(StateRow.all())
                .extracting(StateRow::situation, StateRow::state)
                .containsExactlyElementsOf(Stream.of(Situation.values())
                        .map(situation -> org.assertj.core.groups.Tuple.tuple(
                                situation.label(), situation.state().label()))
                        .toList());
    }

    @Test
    void the_page_says_of_each_situation_where_the_apis_report_it() throws IOException {
        assertThat(StateRow.all())
                .allSatisfy(row -> assertThat(List.of(row.meaning(), row.inAnalytics(), row.inListing()))
                        .doesNotContain(""));
    }

    @Test
    void every_state_has_a_situation_and_is_in_the_schema() throws IOException {
        Set<String> states = Stream.of(State.values()).map(State::label).collect(Collectors.toSet());
        JsonNode schema = Fixtures.parse(Files.readString(Path.of("config/conversation-message.schema.json")));
        Set<String> told = StateRow.all().stream().map(StateRow::state).collect(Collectors.toSet());
        told.add(State.ENDED.label());

        assertThat(told).isEqualTo(states);
        assertThat(StreamSupport.stream(schema.at("/properties/state/examples").spliterator(), false)
                        .map(JsonNode::asText))
                .containsExactlyInAnyOrderElementsOf(states);
    }
}
