// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.genesys.reading;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.conversationbridge.Fixtures.AGENT_BLUE;
import static org.conversationbridge.Fixtures.AGENT_GREEN;
import static org.conversationbridge.Fixtures.DIVISION;
import static org.conversationbridge.Fixtures.QUEUE_CLAIMS;
import static org.conversationbridge.Fixtures.id;
import static org.conversationbridge.Fixtures.json;
import static org.conversationbridge.Fixtures.quoted;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import org.conversationbridge.conversation.Agent;
import org.conversationbridge.conversation.Conversation;
import org.conversationbridge.conversation.Customer;
import org.conversationbridge.conversation.QueueRef;
import org.conversationbridge.conversation.State;
import org.conversationbridge.failure.MalformedConversationException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AnalyticsConversationReaderTest {
    @Test
    void reads_a_call_on_hold() {
        Conversation call = AnalyticsConversationReader.read(json("genesys/analytics-live.json"));

        assertThat(call.conversationId()).isEqualTo(id(0x61));
        assertThat(call.mediaType()).isEqualTo("voice");
        assertThat(call.direction()).isEqualTo("inbound");
        assertThat(call.state()).isEqualTo(State.HELD);
        assertThat(call.startedAt()).isEqualTo(Instant.parse("2026-11-20T09:50:00Z"));
        assertThat(call.queue()).isEqualTo(new QueueRef(QUEUE_CLAIMS, null));
        assertThat(call.agent())
                .isEqualTo(new Agent(
                        AGENT_BLUE,
                        "Agent Blue",
                        id(0x66),
                        "primary",
                        "connected-latest",
                        Instant.parse("2026-11-20T09:50:20Z")));
        assertThat(call.customer()).isEqualTo(new Customer(id(0x62), "tel:+15555550188", id(0xe2)));
        assertThat(call.divisionIds()).containsExactly(DIVISION);
    }

    @Test
    void accepts_fields_it_does_not_know() {
        assertThat(AnalyticsConversationReader.read(json("genesys/analytics-live-newer.json"))
                        .state())
                .isEqualTo(State.HELD);
    }

    @Test
    void a_conversation_with_an_end_has_ended() {
        Conversation finished = AnalyticsConversationReader.read(json("genesys/analytics-finished.json"));

        assertThat(finished.state()).isEqualTo(State.ENDED);
        assertThat(finished.endedAt()).isEqualTo(Instant.parse("2026-11-20T08:38:20Z"));
    }

    @ParameterizedTest
    @CsvSource({
        "alert, ALERTING",
        "dialing, ALERTING",
        "contacting, ALERTING",
        "interact, CONNECTED",
        "hold, HELD",
        "wrapup, WRAPUP",
        "parked, CONNECTED",
        "somethingNew, CONNECTED"
    })
    void the_agents_open_segment_decides_the_state(String segmentType, State expected) {
        assertThat(AnalyticsConversationReader.read(withSegments("{'segmentType':'interact',"
                                + "'segmentStart':'2026-11-20T10:00:00Z','segmentEnd':'2026-11-20T10:01:00Z'},"
                                + "{'segmentType':'" + segmentType + "','segmentStart':'2026-11-20T10:01:00Z'}"))
                        .state())
                .isEqualTo(expected);
    }

    @Test
    void an_agent_whose_segments_are_all_over_has_left() {
        assertThat(AnalyticsConversationReader.read(withSegments("{'segmentType':'interact',"
                                + "'segmentStart':'2026-11-20T10:00:00Z','segmentEnd':'2026-11-20T10:01:00Z'}"))
                        .agents())
                .extracting(Agent::role)
                .containsExactly("former");
    }

    @ParameterizedTest
    @CsvSource({
        "monitoredParticipantId, monitoring, monitor",
        "coachedParticipantId, coaching, coach",
        "bargedParticipantId, barging, barge"
    })
    void who_supervises_never_has_it(String field, String segmentType, String role) {
        ObjectNode bySegment = withSecondAgent();
        ((ObjectNode) secondAgent(bySegment).at("/sessions/0/segments/0")).put("segmentType", segmentType);
        ObjectNode byField = withSecondAgent();
        ((ObjectNode) secondAgent(byField).at("/sessions/0")).put(field, id(0x66));

        assertThat(AnalyticsConversationReader.read(bySegment).agents())
                .extracting(Agent::role)
                .containsExactly("primary", role);
        assertThat(AnalyticsConversationReader.read(byField).agents())
                .extracting(Agent::role)
                .containsExactly("primary", role);
    }

    @Test
    void who_joins_after_the_agent_began_to_consult_is_consulted() {
        ObjectNode conversation = withSecondAgent();
        conversation
                .at("/participants/2/sessions/0")
                .<ObjectNode>require()
                .withArray("metrics")
                .addObject()
                .put("name", "nConsult")
                .put("value", 1)
                .put("emitDate", "2026-11-20T09:52:30Z");

        Conversation read = AnalyticsConversationReader.read(conversation);

        assertThat(read.agentUserId()).contains(AGENT_BLUE);
        assertThat(read.agents()).extracting(Agent::role).containsExactly("primary", "consult");
    }

    @Test
    void without_a_consult_the_later_agent_has_it() {
        Conversation read = AnalyticsConversationReader.read(withSecondAgent());

        assertThat(read.agentUserId()).contains(AGENT_GREEN);
        assertThat(read.agents()).extracting(Agent::role).containsExactly("primary", "conference");
    }

    @Test
    void an_outbound_customer_is_called_at_the_dnis() {
        ObjectNode conversation = json("genesys/analytics-live.json").put("originatingDirection", "outbound");
        ((ObjectNode) conversation.at("/participants/0/sessions/0")).put("direction", "outbound");

        Conversation read = AnalyticsConversationReader.read(conversation);

        assertThat(read.direction()).isEqualTo("outbound");
        assertThat(read.customer())
                .isNotNull()
                .satisfies(customer -> assertThat(customer.address()).isEqualTo("tel:+15555550100"));
    }

    @Test
    void a_conversation_that_cannot_be_read_is_named_with_its_field() {
        ObjectNode conversation = json("genesys/analytics-live.json");
        ((ObjectNode) conversation.at("/participants/2/sessions/0/segments/1")).put("segmentStart", "soon");

        assertThatThrownBy(() -> AnalyticsConversationReader.read(conversation))
                .isInstanceOf(MalformedConversationException.class)
                .hasMessageContaining(id(0x61))
                .hasMessageContaining("participants[2].sessions[0].segments[1].segmentStart is not an ISO-8601 time")
                .hasMessageNotContaining("soon");
    }

    private static ObjectNode withSecondAgent() {
        ObjectNode conversation = json("genesys/analytics-live.json");
        conversation
                .withArray("participants")
                .add(quoted("{'participantId':'p','purpose':'agent','userId':'" + AGENT_GREEN
                        + "','sessions':[{'mediaType':'voice','segments':[{'segmentType':'interact',"
                        + "'segmentStart':'2026-11-20T09:53:00Z'}]}]}"));
        return conversation;
    }

    private static JsonNode secondAgent(ObjectNode conversation) {
        return conversation.at("/participants/3");
    }

    private static JsonNode withSegments(String segments) {
        return quoted("{'conversationId':'c','participants':[{'purpose':'agent','userId':'u','sessions':["
                + "{'mediaType':'voice','segments':[" + segments + "]}]}]}");
    }
}
