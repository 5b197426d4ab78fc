// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.conversation;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Who has a conversation, and where it stands. Times are seconds since its start. */
class ParticipantsTest {
    private static final Instant START = Instant.parse("2026-11-20T10:00:00Z");

    private final Participant customer = participant("customer", null, Involvement.PARTY, Phase.CONNECTED, 0, 0);
    private final Participant waiting = participant("acd", null, Involvement.PARTY, Phase.CONNECTED, 5, 5);

    @Test
    void no_agent_has_a_conversation_in_a_flow() {
        Participants participants = of(customer, participant("ivr", null, Involvement.PARTY, Phase.CONNECTED, 1, 1));

        assertThat(participants.state()).isEqualTo(State.QUEUED);
        assertThat(participants.agent()).isNull();
        assertThat(participants.queue()).isNull();
    }

    @Test
    void a_conversation_in_a_queue_is_queued_there() {
        Participants participants = of(customer, waiting);

        assertThat(participants.state()).isEqualTo(State.QUEUED);
        assertThat(participants.queue()).isEqualTo(new QueueRef("queue-acd", null));
    }

    @Test
    void an_alerting_agent_has_it_while_the_customer_waits() {
        Participants participants = of(customer, waiting, agent("a", Phase.ALERTING, 10, null));

        assertThat(participants.state()).isEqualTo(State.ALERTING);
        assertThat(roles(participants)).containsExactly("a=primary");
    }

    @Test
    void a_connected_agent_has_it() {
        Participants participants = of(customer, agent("a", Phase.CONNECTED, 10, 12));

        assertThat(participants.state()).isEqualTo(State.CONNECTED);
        assertThat(participants.agent())
                .isNotNull()
                .satisfies(agent -> assertThat(agent.connectedAt()).isEqualTo(at(12)));
        assertThat(participants.queue()).isEqualTo(new QueueRef("queue-a", null));
    }

    @Test
    void a_user_without_a_queue_is_treated_as_an_agent() {
        assertThat(roles(of(customer, participant("user", "u", Involvement.PARTY, Phase.CONNECTED, 10, 12))))
                .containsExactly("u=primary");
    }

    @Test
    void hold_on_either_side_is_hold() {
        Participant heldCustomer = participant("customer", null, Involvement.PARTY, Phase.HELD, 0, 0);

        assertThat(of(customer, agent("a", Phase.HELD, 10, 12)).state()).isEqualTo(State.HELD);
        assertThat(of(heldCustomer, agent("a", Phase.CONNECTED, 10, 12)).state())
                .isEqualTo(State.HELD);
    }

    @Test
    void connected_comes_before_alerting() {
        assertThat(roles(of(customer, agent("a", Phase.CONNECTED, 10, 12), agent("b", Phase.ALERTING, 60, null))))
                .containsExactly("a=primary", "b=transferTarget");
    }

    @Test
    void after_a_blind_transfer_the_new_agent_has_it_and_the_old_one_wraps_up() {
        assertThat(roles(of(customer, agent("a", Phase.WRAPUP, 10, 12), agent("b", Phase.CONNECTED, 60, 65))))
                .containsExactly("b=primary", "a=former");
        assertThat(roles(of(customer, agent("a", Phase.WRAPUP, 10, 12), agent("b", Phase.ALERTING, 60, null))))
                .containsExactly("b=primary", "a=former");
    }

    @Test
    void after_a_transfer_to_a_queue_no_agent_has_it() {
        Participants participants = of(customer, waiting, agent("a", Phase.WRAPUP, 10, 12));

        assertThat(participants.state()).isEqualTo(State.QUEUED);
        assertThat(participants.agent()).isNull();
        assertThat(roles(participants)).containsExactly("a=former");
    }

    @Test
    void the_agent_in_after_call_work_has_it_when_the_customer_is_gone() {
        Participant gone = participant("customer", null, Involvement.PARTY, Phase.ENDED, 0, 0);
        Participants participants = of(gone, agent("a", Phase.WRAPUP, 10, 12));

        assertThat(participants.state()).isEqualTo(State.WRAPUP);
        assertThat(roles(participants)).containsExactly("a=primary");
    }

    @Test
    void of_two_in_a_conference_the_latest_has_it() {
        assertThat(roles(of(customer, agent("a", Phase.CONNECTED, 10, 12), agent("b", Phase.CONNECTED, 60, 65))))
                .containsExactly("b=primary", "a=conference");
    }

    @Test
    void supervisors_never_have_it() {
        Participants participants = of(
                customer,
                agent("a", Phase.CONNECTED, 10, 12),
                participant("user", "m", Involvement.MONITOR, Phase.CONNECTED, 20, 20),
                participant("user", "c", Involvement.COACH, Phase.CONNECTED, 30, 30),
                participant("user", "g", Involvement.BARGE, Phase.CONNECTED, 40, 40));

        assertThat(roles(participants)).containsExactly("a=primary", "g=barge", "c=coach", "m=monitor");
    }

    @Test
    void a_consulted_agent_does_not_have_it_until_they_are_the_last_one() {
        Participant consulted = participant("agent", "b", Involvement.CONSULT, Phase.CONNECTED, 60, 65);

        assertThat(roles(of(customer, agent("a", Phase.HELD, 10, 12), consulted)))
                .containsExactly("a=primary", "b=consult");
        assertThat(roles(of(customer, agent("a", Phase.WRAPUP, 10, 12), consulted)))
                .containsExactly("b=primary", "a=former");
    }

    @Test
    void of_two_marked_as_consulting_the_first_has_it() {
        assertThat(roles(of(
                        customer,
                        participant("agent", "a", Involvement.CONSULT, Phase.HELD, 10, 12),
                        participant("agent", "b", Involvement.CONSULT, Phase.CONNECTED, 60, 65))))
                .containsExactly("a=primary", "b=consult");
    }

    @Test
    void who_joins_after_a_consult_began_is_consulted() {
        Participant consulting = new Participant(
                "p-a",
                "agent",
                "a",
                null,
                null,
                null,
                null,
                Map.of(),
                Involvement.PARTY,
                at(50),
                List.of(communication(Phase.HELD, 10, 12)));

        assertThat(roles(of(customer, consulting, agent("b", Phase.CONNECTED, 60, 65))))
                .containsExactly("a=primary", "b=consult");
    }

    @Test
    void who_did_not_answer_or_is_no_user_is_not_listed() {
        assertThat(roles(of(
                        customer,
                        agent("a", Phase.ENDED, 10, null),
                        participant("agent", null, Involvement.PARTY, Phase.CONNECTED, 20, 22))))
                .isEmpty();
    }

    @Test
    void an_agent_who_came_back_is_listed_once_with_their_present_state() {
        assertThat(roles(of(
                        customer,
                        agent("a", Phase.WRAPUP, 10, 12),
                        agent("b", Phase.WRAPUP, 60, 65),
                        agent("a", Phase.CONNECTED, 90, 95))))
                .containsExactly("a=primary", "b=former");
    }

    @Test
    void an_outbound_call_is_alerting_until_the_customer_answers() {
        Participant called = participant("customer", null, Involvement.PARTY, Phase.ALERTING, 0, null);

        assertThat(of(called, agent("a", Phase.CONNECTED, 0, 0)).state()).isEqualTo(State.ALERTING);
    }

    @Test
    void the_queue_is_the_last_one_when_the_agent_came_without() {
        Participant ended = participant("acd", null, Involvement.PARTY, Phase.ENDED, 5, 5);
        Participant transferred = new Participant(
                "p",
                "user",
                "u",
                null,
                null,
                null,
                null,
                Map.of(),
                Involvement.PARTY,
                null,
                List.of(communication(Phase.CONNECTED, 60, 65)));

        assertThat(of(customer, ended, transferred).queue()).isEqualTo(new QueueRef("queue-acd", null));
    }

    @Test
    void the_customer_is_reported_with_their_address() {
        assertThat(of(waiting, customer).customer()).isEqualTo(new Customer("p-null", "tel:+15555550123", null));
    }

    @Test
    void nothing_is_known_without_participants() {
        Participants nobody = of();

        assertThat(nobody.state()).isEqualTo(State.DISCONNECTED);
        assertThat(nobody.customer()).isNull();
        assertThat(nobody.direction()).isNull();
        assertThat(nobody.mediaType()).isEqualTo("unknown");
    }

    private static Participants of(Participant... participants) {
        return new Participants(List.of(participants));
    }

    private static List<String> roles(Participants participants) {
        return participants.agents().stream()
                .map(agent -> agent.userId() + "=" + agent.role())
                .toList();
    }

    private static Participant agent(String userId, Phase phase, int since, @Nullable Integer connected) {
        return participant("agent", userId, Involvement.PARTY, phase, since, connected);
    }

    private static Participant participant(
            String purpose,
            @Nullable String userId,
            Involvement involvement,
            Phase phase,
            int since,
            @Nullable Integer connected) {
        String queue = userId == null ? purpose : userId;
        return new Participant(
                "p-" + userId,
                purpose,
                userId,
                null,
                purpose.equals("customer") || purpose.equals("ivr") ? null : new QueueRef("queue-" + queue, null),
                null,
                null,
                Map.of(),
                involvement,
                null,
                List.of(communication(phase, since, connected)));
    }

    private static Communication communication(Phase phase, int since, @Nullable Integer connected) {
        return new Communication(
                "voice",
                "inbound",
                phase,
                at(since),
                connected == null ? null : at(connected),
                null,
                null,
                false,
                false,
                "tel:+15555550123");
    }

    private static Instant at(int second) {
        return START.plusSeconds(second);
    }
}
