// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.conversationbridge.MovableClock;
import org.conversationbridge.sandbox.world.Story;
import org.conversationbridge.sandbox.world.World;
import org.conversationbridge.sandbox.world.WorldSettings;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AnalyticsSnapshotTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final MovableClock clock = new MovableClock();
    private final World world = new World(WorldSettings.SMALL, clock);
    private final Instant now = world.now();
    private final List<String> written = new ArrayList<>();
    private final AnalyticsSnapshot snapshot = new AnalyticsSnapshot(now, world.begun(now), this::write);

    private ObjectNode write(Story story) {
        written.add(story.conversationId());
        return view(story);
    }

    private ObjectNode view(Story story) {
        return new AnalyticsView(story, now, Duration.ZERO).json();
    }

    /** USER is an agent of the world, OTHER the next one. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{'conversationFilters':[{'type':'and','predicates':[{'dimension':'conversationEnd','operator':'exists'}]}]}",
                "{'conversationFilters':[{'type':'and','predicates':[{'dimension':'conversationEnd','operator':'notExists'}]}]}",
                "{'conversationFilters':[{'type':'or','predicates':[{'dimension':'conversationEnd','operator':'exists'},"
                        + "{'dimension':'originatingDirection','value':'inbound'}]}]}",
                "{'segmentFilters':[{'type':'or','predicates':[{'dimension':'userId','value':'USER'},"
                        + "{'dimension':'userId','operator':'matches','value':'OTHER'}]}]}",
                "{'segmentFilters':[{'type':'or','predicates':[{'dimension':'userId','value':'USER'},"
                        + "{'dimension':'mediaType','value':'voice'}]}]}",
                "{'segmentFilters':[{'type':'or','predicates':[{'dimension':'mediaType','value':'voice'}]},"
                        + "{'type':'and','predicates':[{'dimension':'userId','value':'USER'}]}]}",
                "{'segmentFilters':[{'type':'or','predicates':[{'dimension':'userId','value':'NONE'}]}]}",
                "{'segmentFilters':[{'type':'or','predicates':[{'dimension':'userId','operator':'notExists'}]}]}"
            })
    void a_query_chooses_what_its_filters_choose_of_all(String filters) throws Exception {
        JsonNode query = query(filters);

        List<ObjectNode> chosen = snapshot.result(query);

        assertThat(chosen)
                .isEqualTo(world.begun(now).stream()
                        .map(this::view)
                        .filter(new DetailsQueryFilter(query))
                        .toList());
    }

    @Test
    void a_conversation_is_written_once_for_all_pages_and_queries() throws Exception {
        snapshot.result(query("{'paging':{'pageSize':5,'pageNumber':1}}"));
        snapshot.result(query("{'paging':{'pageSize':5,'pageNumber':2}}"));
        snapshot.withIds(Set.copyOf(written));

        assertThat(written).doesNotHaveDuplicates().hasSize(world.begun(now).size());
    }

    private JsonNode query(String filters) throws Exception {
        String json = filters.replace('\'', '"')
                .replace("USER", world.agents().get(0).userId())
                .replace("OTHER", world.agents().get(1).userId());
        ObjectNode query = (ObjectNode) JSON.readTree(json);
        return query.put("interval", now.minus(Duration.ofDays(2)) + "/" + now.plusSeconds(1));
    }
}
