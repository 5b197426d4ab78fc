// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.genesys.reading;

import static org.assertj.core.api.Assertions.assertThat;
import static org.conversationbridge.Fixtures.json;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import org.conversationbridge.conversation.Agent;
import org.conversationbridge.conversation.Conversation;
import org.conversationbridge.conversation.Customer;
import org.conversationbridge.conversation.State;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Conversations rebuilt from public reports, and their relatives: what an administrator would say of them. */
class ReportedConversationsTest {
    private static final String QUEUE = "7c0a54d2-3b7e-4b0f-9a38-6f8f4f1d2e10";

    @ParameterizedTest
    @ValueSource(strings = {"cobrowse", "screenshare", "screenmonitoring", "coBrowse"})
    void what_accompanies_a_call_decides_nothing(String medium) {
        ObjectNode told = json("reported/02-held-voice-and-cobrowse.json");
        ((ObjectNode) told.at("/participants/0/sessions/1")).put("mediaType", medium);

        Conversation read = AnalyticsConversationReader.read(told);

        assertThat(read.mediaType()).isEqualTo("voice");
        assertThat(read.state()).isEqualTo(State.HELD);
        assertThat(read.auxiliaryMedia()).containsExactly(medium);
        assertThat(read.agent()).isNotNull();
    }

    @Test
    void a_medium_that_is_not_known_is_a_main_one() {
        ObjectNode told = json("reported/01-voice-and-cobrowse.json");
        ((ObjectNode) told.at("/participants/0/sessions/0")).put("mediaType", "hologram");

        Conversation read = AnalyticsConversationReader.read(told);

        assertThat(read.mediaType()).isEqualTo("hologram");
        assertThat(read.auxiliaryMedia()).containsExactly("cobrowse");
    }

    @Test
    void a_session_without_a_medium_is_a_main_one() {
        ObjectNode told = json("reported/02-held-voice-and-cobrowse.json");
        ((ObjectNode) told.at("/participants/0/sessions/0")).remove("mediaType");

        Conversation read = AnalyticsConversationReader.read(told);

        assertThat(read.mediaType()).isEqualTo("unknown");
        assertThat(read.state()).isEqualTo(State.HELD);
    }

    @Test
    void a_message_keeps_its_medium_beside_a_screen_share() {
        assertThat(read("07-message-and-screenshare").mediaType()).isEqualTo("message");
    }

    @Test
    void everybody_gone_and_no_end_is_not_queued() {
        Conversation read = read("15-everybody-gone-no-end");

        assertThat(read.state()).isEqualTo(State.DISCONNECTED);
        assertThat(read.agent()).isNull();
        assertThat(read.queue()).isNotNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"dialing", "contacting", "alert"})
    void a_customer_who_is_being_dialled_is_alerting(String segmentType) {
        ObjectNode told = json("reported/17-customer-is-being-dialled.json");
        ((ObjectNode) told.at("/participants/0/sessions/0/segments/0")).put("segmentType", segmentType);

        assertThat(AnalyticsConversationReader.read(told).state()).isEqualTo(State.ALERTING);
    }

    @Test
    void who_never_answered_is_not_former() {
        Conversation read = read("19-never-answered-yet-former");

        assertThat(read.agents()).isEmpty();
        assertThat(read.state()).isEqualTo(State.QUEUED);
    }

    @Test
    void who_never_answered_is_not_listed_when_the_customer_has_gone_either() {
        ObjectNode told = json("reported/19-never-answered-yet-former.json");
        List.of(0, 1)
                .forEach(i -> ((ObjectNode) told.at("/participants/" + i + "/sessions/0/segments/0"))
                        .put("segmentEnd", "2026-11-20T09:59:58.000Z"));

        Conversation read = AnalyticsConversationReader.read(told);

        assertThat(read.agents()).isEmpty();
        assertThat(read.agent()).isNull();
        assertThat(read.state()).isEqualTo(State.DISCONNECTED);
    }

    @Test
    void an_agent_without_a_user_id_has_it_and_is_not_named() {
        Conversation read = read("25-connected-agent-without-user-id");

        assertThat(read.state()).isEqualTo(State.CONNECTED);
        assertThat(read.agent()).isNull();
        assertThat(read.queue())
                .isNotNull()
                .satisfies(queue -> assertThat(queue.id()).isEqualTo(QUEUE));
    }

    @ParameterizedTest
    @ValueSource(strings = {"user", "agent"})
    void who_watches_a_screen_is_a_monitor(String purpose) {
        ObjectNode told = json("reported/80-supervisor-watches-the-screen.json");
        ((ObjectNode) told.at("/participants/2")).put("purpose", purpose);

        Conversation read = AnalyticsConversationReader.read(told);

        assertThat(users(read))
                .containsExactly(
                        "000000b1-0000-4000-8000-000000000080 primary", "000000b1-0000-4000-8000-000000000180 monitor");
        assertThat(read.mediaType()).isEqualTo("voice");
        assertThat(read.queue()).isNotNull();
        assertThat(read.auxiliaryMedia()).containsExactly("screenmonitoring");
    }

    @Test
    void whose_screen_is_watched_stays_the_agent() {
        ObjectNode told = json("reported/80-supervisor-watches-the-screen.json");
        JsonNode watched = told.at("/participants/2/sessions/0").deepCopy();
        told.at("/participants/1").<ObjectNode>require().withArray("sessions").add(watched);

        assertThat(users(AnalyticsConversationReader.read(told)))
                .startsWith("000000b1-0000-4000-8000-000000000080 primary");
    }

    @Test
    void who_watches_a_screen_is_a_monitor_in_listing_and_notification() {
        ObjectNode told = json("reported/83-listing-supervisor-watches-the-screen.json");

        for (Conversation read : List.of(ConversationReader.read(told), ConversationReader.readEvent(told))) {
            assertThat(users(read))
                    .containsExactly(
                            "000000b1-0000-4000-8000-000000000083 primary",
                            "000000b1-0000-4000-8000-000000000183 monitor");
            assertThat(read.mediaType()).isEqualTo("voice");
            assertThat(read.queue()).isNotNull();
        }
    }

    @Test
    void a_screen_that_is_recorded_is_no_medium() {
        ObjectNode told = json("reported/83-listing-supervisor-watches-the-screen.json");
        told.withArray("participants").remove(2);
        ((ObjectNode) told.at("/participants/1")).put("screenRecordingState", "active");

        assertThat(ConversationReader.read(told).auxiliaryMedia()).isEmpty();
    }

    @Test
    void the_customers_hold_stays_while_the_agent_consults_on_a_second_leg() {
        Conversation read = read("94-customer-on-hold-while-the-agent-consults");

        assertThat(read.state()).isEqualTo(State.HELD);
        assertThat(read.heldSince()).isEqualTo("2026-11-20T09:59:40Z");
        assertThat(users(read))
                .containsExactly(
                        "000000b1-0000-4000-8000-000000000094 primary", "000000b1-0000-4000-8000-000000000194 consult");
    }

    @Test
    void the_hold_stays_also_without_a_metric_of_the_consult() {
        ObjectNode told = json("reported/94-customer-on-hold-while-the-agent-consults.json");
        ((ObjectNode) told.at("/participants/1/sessions/0")).remove("metrics");

        Conversation read = AnalyticsConversationReader.read(told);

        assertThat(read.state()).isEqualTo(State.HELD);
        assertThat(read.agentUserId()).contains("000000b1-0000-4000-8000-000000000094");
    }

    @Test
    void a_partner_outside_never_becomes_the_customer() {
        Conversation read = read("96-partner-outside-becomes-the-customer");

        assertThat(read.customer()).isEqualTo(new Customer(null, "tel:+15555550196", null));
        assertThat(read.direction()).isEqualTo("inbound");
        assertThat(read.state()).isEqualTo(State.CONNECTED);
    }

    @Test
    void the_direction_is_that_of_the_customer_if_the_conversation_has_none() {
        ObjectNode told = json("reported/96-partner-outside-becomes-the-customer.json");
        told.remove("originatingDirection");

        assertThat(AnalyticsConversationReader.read(told).direction()).isEqualTo("inbound");
    }

    @Test
    void of_two_who_are_external_the_first_is_the_customer() {
        ObjectNode told = json("reported/96-partner-outside-becomes-the-customer.json");
        told.remove("originatingDirection");
        ((ObjectNode) told.at("/participants/0")).put("purpose", "external");

        Conversation read = AnalyticsConversationReader.read(told);

        assertThat(read.customer()).isEqualTo(new Customer(null, "tel:+15555550196", null));
        assertThat(read.direction()).isEqualTo("inbound");
    }

    @Test
    void a_conference_is_no_consult() {
        Conversation read = read("98-conference-of-three-after-a-consult");

        assertThat(read.state()).isEqualTo(State.CONNECTED);
        assertThat(users(read))
                .containsExactlyInAnyOrder(
                        "000000b1-0000-4000-8000-000000000098 primary",
                        "000000b1-0000-4000-8000-000000000198 conference",
                        "000000b1-0000-4000-8000-000000000298 conference");
    }

    @Test
    void a_conference_of_which_no_segment_says_so_has_no_one_on_hold() {
        ObjectNode told = json("reported/98-conference-of-three-after-a-consult.json");
        told.findParents("conference").forEach(segment -> ((ObjectNode) segment).remove("conference"));

        assertThat(AnalyticsConversationReader.read(told).agents())
                .extracting(Agent::role)
                .containsExactlyInAnyOrder("primary", "conference", "conference");
    }

    @Test
    void in_a_group_ring_no_agent_has_it() {
        Conversation read = read("99-group-rings-and-nobody-has-it");

        assertThat(read.state()).isEqualTo(State.ALERTING);
        assertThat(read.agent()).isNull();
        assertThat(read.agents()).hasSize(3).extracting(Agent::role).containsOnly("alerting");
    }

    @Test
    void a_thread_that_was_opened_again_is_its_new_agents() {
        Conversation read = read("103-message-thread-opened-again-after-two-days");

        assertThat(read.state()).isEqualTo(State.CONNECTED);
        assertThat(users(read))
                .containsExactly(
                        "000000b1-0000-4000-8000-000000000103 primary", "000000b1-0000-4000-8000-000000000303 former");
    }

    private static Conversation read(String name) {
        return AnalyticsConversationReader.read(json("reported/" + name + ".json"));
    }

    private static List<String> users(Conversation read) {
        return read.agents().stream()
                .map(agent -> agent.userId() + " " + agent.role())
                .toList();
    }
}
