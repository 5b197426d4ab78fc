// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.genesys.reading;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.conversationbridge.Fixtures.AGENT_BLUE;
import static org.conversationbridge.Fixtures.AGENT_GREEN;
import static org.conversationbridge.Fixtures.DIVISION;
import static org.conversationbridge.Fixtures.QUEUE_CHAT;
import static org.conversationbridge.Fixtures.QUEUE_CLAIMS;
import static org.conversationbridge.Fixtures.id;
import static org.conversationbridge.Fixtures.json;
import static org.conversationbridge.Fixtures.quoted;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.Map;
import org.conversationbridge.conversation.Agent;
import org.conversationbridge.conversation.Conversation;
import org.conversationbridge.conversation.Customer;
import org.conversationbridge.conversation.QueueRef;
import org.conversationbridge.conversation.State;
import org.conversationbridge.failure.MalformedConversationException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConversationReaderTest {
    @Test
    void reads_a_connected_call() {
        Conversation call = ConversationReader.read(json("genesys/conversation-voice.json"));

        assertThat(call.conversationId()).isEqualTo(id(1));
        assertThat(call.mediaType()).isEqualTo("voice");
        assertThat(call.direction()).isEqualTo("inbound");
        assertThat(call.state()).isEqualTo(State.CONNECTED);
        assertThat(call.startedAt()).isEqualTo(Instant.parse("2026-11-20T10:00:00.100Z"));
        assertThat(call.endedAt()).isNull();
        assertThat(call.queue()).isEqualTo(new QueueRef(QUEUE_CLAIMS, "Claims"));
        assertThat(call.agent())
                .isEqualTo(new Agent(
                        AGENT_BLUE,
                        "Agent Blue",
                        id(0x14),
                        "primary",
                        "connected-latest",
                        Instant.parse("2026-11-20T10:00:40.480Z")));
        assertThat(call.agents()).containsExactly(call.agent());
        assertThat(call.customer())
                .isEqualTo(new Customer(id(0x11), "tel:+15555550123", id(0xe1), Map.of("tier", "gold")));
        assertThat(call.divisionIds()).containsExactly(DIVISION);
    }

    @Test
    void reads_a_message_that_is_being_offered() {
        Conversation message = ConversationReader.read(json("genesys/conversation-message.json"));

        assertThat(message.mediaType()).isEqualTo("message");
        assertThat(message.state()).isEqualTo(State.ALERTING);
        assertThat(message.queue()).isEqualTo(new QueueRef(QUEUE_CHAT, "Chat desk"));
        assertThat(message.agentUserId()).contains(AGENT_GREEN);
        assertThat(message.customer())
                .isNotNull()
                .satisfies(customer -> assertThat(customer.address()).isEqualTo("visitor-99"));
    }

    @Test
    void accepts_fields_and_values_it_does_not_know() {
        Conversation message = ConversationReader.read(json("genesys/conversation-message-newer.json"));

        assertThat(message.conversationId()).isEqualTo(id(3));
        assertThat(message.state()).isEqualTo(State.ALERTING);
    }

    @ParameterizedTest
    @CsvSource({
        "{'state':'connected'}, CONNECTED",
        "{'state':'connected'+'held':true}, HELD",
        "{'state':'connected'+'confined':true}, HELD",
        "{'state':'scheduled'}, SCHEDULED",
        "{'state':'alerting'}, ALERTING",
        "{'state':'offering'}, ALERTING",
        "{'state':'dialing'}, ALERTING",
        "{'state':'disconnected'}, DISCONNECTED",
        "{'state':'terminated'+'afterCallWork':{'state':'pending'}}, WRAPUP",
        "{'state':'terminated'+'afterCallWork':{'state':'complete'}}, DISCONNECTED",
        "{'state':'connected'+'disconnectedTime':'2026-11-20T10:00:00Z'}, DISCONNECTED",
        "{'state':'none'}, DISCONNECTED",
        "{'state':'levitating'}, CONNECTED",
        "{}, CONNECTED"
    })
    void the_agents_medium_decides_the_state(String medium, State expected) {
        Conversation read = ConversationReader.read(quoted("{'id':'c','participants':[{'purpose':'agent','userId':'u',"
                + "'calls':[" + medium.replace('+', ',') + "]}]}"));

        assertThat(read.state()).isEqualTo(expected);
    }

    @Test
    void after_call_work_that_has_begun_is_wrap_up() {
        assertThat(ConversationReader.read(quoted("{'id':'c','participants':[{'purpose':'agent','userId':'u',"
                                + "'startAcwTime':'2026-11-20T10:00:00Z','calls':[{'state':'terminated'}]}]}"))
                        .state())
                .isEqualTo(State.WRAPUP);
    }

    @ParameterizedTest
    @CsvSource({
        "monitoredParticipantId, monitor",
        "coachedParticipantId, coach",
        "bargedParticipantId, barge",
        "consultParticipantId, consult"
    })
    void who_supervises_or_is_consulted_never_has_it(String field, String role) {
        ObjectNode conversation = json("genesys/conversation-voice.json");
        ((ObjectNode) conversation.at("/participants/3/calls/0")).put("held", role.equals("consult"));
        ObjectNode other = conversation.withArray("participants").get(3).deepCopy();
        ((ObjectNode) other.at("/calls/0")).put("held", false);
        other.put("userId", AGENT_GREEN).put(field, id(0x14)).put("connectedTime", "2026-11-20T11:00:00Z");
        conversation.withArray("participants").add(other);

        Conversation read = ConversationReader.read(conversation);

        assertThat(read.agentUserId()).contains(AGENT_BLUE);
        assertThat(read.agents()).extracting(Agent::role).containsExactly("primary", role);
    }

    @Test
    void the_tutorials_role_and_routing_are_read_as_purpose_and_queue() {
        Conversation read = ConversationReader.read(quoted("{'id':'c','participants':[{'role':'agent','userId':'u',"
                + "'connectedTime':'2026-11-20T10:00:00Z','routing':{'queue':{'id':'q'}}}]}"));

        assertThat(read.agentUserId()).contains("u");
        assertThat(read.queue()).isEqualTo(new QueueRef("q", null));
    }

    @Test
    void a_participant_without_a_medium_is_there_until_they_end() {
        assertThat(ConversationReader.read(quoted("{'id':'c','participants':[{'purpose':'agent','userId':'u'}]}"))
                        .state())
                .isEqualTo(State.ALERTING);
        assertThat(ConversationReader.read(quoted("{'id':'c','participants':[{'purpose':'agent','userId':'u',"
                                + "'endTime':'2026-11-20T10:00:00Z'}]}"))
                        .agents())
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{'id':'c','startTime':'2026-11-20T10:00:00Z','participants':[]}       | 2026-11-20T10:00:00Z",
                "{'id':'c','startTime':'2026-11-20T10:00:00.123Z','participants':[]}   | 2026-11-20T10:00:00.123Z",
                "{'id':'c','startTime':'2026-11-20T10:00:00.5Z','participants':[]}     | 2026-11-20T10:00:00.5Z",
                "{'id':'c','startTime':'2026-11-20T10:00:00.123456Z','participants':[]}| 2026-11-20T10:00:00.123Z",
                "{'id':'c','startTime':'2026-11-20T11:00:00+0100','participants':[]}   | 2026-11-20T10:00:00Z",
                "{'id':'c','startTime':'2026-11-20T11:00:00+01:00','participants':[]}  | 2026-11-20T10:00:00Z",
                "{'id':'c','startTime':'2026-11-20T10:00:00','participants':[]}        | 2026-11-20T10:00:00Z",
                "{'id':'c','startTime':'2026-11-20','participants':[]}                 | 2026-11-20T00:00:00Z"
            })
    void times_are_read_as_the_vendors_sdk_reads_them(String conversation, Instant expected) {
        assertThat(ConversationReader.read(quoted(conversation)).startedAt()).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "[]                                                       | (root) is a list instead of an object",
                "{'participants':[]}                                      | id is missing",
                "{'id':17,'participants':[]}                              | id is a number instead of a text",
                "{'id':'','participants':[]}                              | id is missing",
                "{'id':'c'}                                               | participants is missing",
                "{'id':'c','participants':null}                           | participants is missing",
                "{'id':'c','participants':{}}                             | participants is an object instead of a list",
                "{'id':'c','participants':['x']}                          | participants[0] is a text instead of an object",
                "{'id':'c','participants':[{'userId':7}]}                 | participants[0].userId is a number instead of a text",
                "{'id':'c','participants':[{},{'calls':'x'}]}             | participants[1].calls is a text instead of a list",
                "{'id':'c','participants':[{'calls':[{'held':'no'}]}]}    | participants[0].calls[0].held is a text instead of true or false",
                "{'id':'c','startTime':'yesterday','participants':[]}     | startTime is not an ISO-8601 time",
                "{'id':'c','startTime':'2026-07-20T10:00.123Z','participants':[]} | startTime is not an ISO-8601 time",
                "{'id':'c','startTime':'2026-07-20T10:00.5','participants':[]} | startTime is not an ISO-8601 time",
                "{'id':'c','startTime':'2026-07-20.5','participants':[]} | startTime is not an ISO-8601 time",
                "{'id':'c','startTime':'2026-07-20T10Z','participants':[]} | startTime is not an ISO-8601 time",
                "{'id':'c','startTime':'2026-13-20T10:00:00.123Z','participants':[]} | startTime is not an ISO-8601 time",
                "{'id':'c','startTime':'1969-12-31T23:59:59.999Z','participants':[]} | startTime is not an ISO-8601 time of the years"
            })
    void a_conversation_that_cannot_be_read_is_named_with_its_field(String conversation, String problem) {
        assertThatThrownBy(() -> ConversationReader.read(quoted(conversation)))
                .isInstanceOf(MalformedConversationException.class)
                .hasMessageContaining("field " + problem);
    }

    @Test
    @Timeout(20)
    void a_flood_of_participants_is_read_in_time_or_refused() {
        assertThat(ConversationReader.read(withAgents(JsonObject.MOST_OBJECTS)).agents())
                .hasSize(JsonObject.MOST_OBJECTS);
        assertThatThrownBy(() -> ConversationReader.read(withAgents(JsonObject.MOST_OBJECTS + 1)))
                .isInstanceOf(MalformedConversationException.class)
                .hasMessageContaining("field participants has more than 5000 elements.");
    }

    private static JsonNode withAgents(int count) {
        ObjectNode conversation = JsonNodeFactory.instance.objectNode().put("id", "c");
        ArrayNode participants = conversation.putArray("participants");
        for (int i = 0; i < count; i++) {
            participants
                    .addObject()
                    .put("purpose", "agent")
                    .put("userId", "u" + i)
                    .put("startTime", "2026-11-20");
        }
        return conversation;
    }

    @Test
    void half_a_surrogate_pair_of_an_attribute_becomes_a_character_that_can_be_written() {
        Conversation read = ConversationReader.read(quoted(
                "{'id':'c','participants':[{'purpose':'customer'," + "'attributes':{'tier':'\\ude00gold\\ud83d'}}]}"));

        assertThat(read.customer().attributes()).containsExactly(Map.entry("tier", "\ufffdgold\ufffd"));
    }

    @Test
    void an_event_of_a_chat_is_inbound_where_the_customer_was_the_first() {
        String customer = "{'purpose':'customer','connectedTime':'2026-11-20T10:00:%s.000Z','chats':[{}]}";
        String agent = "{'purpose':'agent','connectedTime':'2026-11-20T10:00:05.000Z','chats':[{}]}";

        assertThat(directionOfEvent(agent, customer.formatted("04"))).isEqualTo("inbound");
        assertThat(directionOfEvent(customer.formatted("06"), agent)).isNull();
        assertThat(directionOfEvent("{'purpose':'customer','chats':[{}]}")).isNull();
        assertThat(
                        directionOfEvent(
                                "{'purpose':'customer','connectedTime':'2026-11-20T10:00:00.000Z','calls':[{'direction':'outbound'}]}"))
                .isEqualTo("outbound");
    }

    private static @Nullable String directionOfEvent(String... participants) {
        return ConversationReader.readEvent(
                        quoted("{'id':'c','participants':[" + String.join(",", participants) + "]}"))
                .direction();
    }

    @Test
    void null_elements_are_skipped() {
        assertThat(ConversationReader.read(quoted("{'id':'c','participants':[null,{'purpose':'customer'}]}"))
                        .customer())
                .isNotNull();
    }
}
