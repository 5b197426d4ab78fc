// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.genesys.reading;

import static org.assertj.core.api.Assertions.assertThat;
import static org.conversationbridge.Fixtures.AGENT_BLUE;
import static org.conversationbridge.Fixtures.AGENT_GREEN;
import static org.conversationbridge.Fixtures.QUEUE_CHAT;
import static org.conversationbridge.Fixtures.QUEUE_CLAIMS;
import static org.conversationbridge.Fixtures.quoted;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import org.conversationbridge.completion.AgentWork;
import org.conversationbridge.genesys.Interval;
import org.conversationbridge.history.FinishedConversation;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Who took part in a conversation, and for how long: the history and the completion say the same. */
class FinishedConversationReaderTest {
    private static final String CUSTOMER =
            "{'purpose':'customer','sessions':[{'mediaType':'voice','direction':'inbound','segments':["
                    + "{'segmentType':'interact','segmentStart':'2026-11-20T10:00:00.000Z','segmentEnd':'2026-11-20T10:05:00.000Z'}]}]}";

    @Test
    void a_callback_and_its_call_are_one_piece_of_work() {
        FinishedConversation part = part(agent(
                AGENT_BLUE,
                session(
                        "callback",
                        segment("interact", "10:00:20", "10:05:00") + "," + segment("wrapup", "10:05:00", "10:05:20"),
                        metrics("tTalk", 280_000, "tAcw", 20_000, "tHandle", 300_000, "tAnswered", 9_000)),
                session(
                        "voice",
                        segment("dialing", "10:01:10", "10:01:20") + "," + segment("interact", "10:01:20", "10:04:50"),
                        metrics("tTalk", 210_000, "tHandle", 220_000, "tAnswered", 9_000))));

        assertThat(part.talkMs()).as("of the call").isEqualTo(210_000);
        assertThat(part.handleMs()).isEqualTo(300_000);
        assertThat(part.acwMs()).isEqualTo(20_000);
        assertThat(part.waitMs()).isEqualTo(9_000);
    }

    @Test
    void a_callback_without_handle_time_is_the_portions_of_its_calls() {
        FinishedConversation part = part(agent(
                AGENT_BLUE,
                session("callback", segment("interact", "10:00:00", "10:05:00"), metrics("tAcw", 5_000)),
                session("voice", segment("dialing", "10:00:10", "10:00:30"), metrics("tDialing", 20_000)),
                session(
                        "voice",
                        segment("dialing", "10:01:00", "10:01:10") + "," + segment("interact", "10:01:10", "10:02:10"),
                        metrics("tDialing", 10_000, "tTalk", 60_000))));

        assertThat(part.talkMs()).isEqualTo(60_000);
        assertThat(part.handleMs()).isEqualTo(95_000);
    }

    @Test
    void nothing_exceeds_the_time_of_the_sessions() {
        FinishedConversation part = part(agent(
                AGENT_BLUE,
                session(
                        "voice",
                        segment("interact", "10:00:00", "10:01:00"),
                        metrics("tTalk", 70_000, "tHeld", 61_000, "tAcw", 90_000, "tHandle", 999_000))));

        assertThat(part.talkMs()).isEqualTo(60_000);
        assertThat(part.heldMs()).isEqualTo(60_000);
        assertThat(part.acwMs()).isEqualTo(60_000);
        assertThat(part.handleMs()).isEqualTo(60_000);
    }

    @Test
    void a_consultation_while_the_customer_is_held_is_added_to_the_talk() {
        FinishedConversation part = part(agent(
                AGENT_BLUE,
                session(
                        "voice",
                        segment("interact", "10:00:00", "10:01:00") + "," + segment("hold", "10:01:00", "10:02:00"),
                        metrics("tTalk", 60_000, "tHeld", 60_000, "tHandle", 120_000)),
                session(
                        "voice",
                        segment("interact", "10:01:00", "10:02:00"),
                        metrics("tTalk", 60_000, "tHandle", 60_000))));

        assertThat(part.talkMs()).isEqualTo(120_000);
        assertThat(part.heldMs()).isEqualTo(60_000);
        assertThat(part.handleMs()).isEqualTo(120_000);
    }

    @Test
    void handling_is_never_shorter_than_the_talk() {
        assertThat(part(agent(
                                AGENT_BLUE,
                                session(
                                        "voice",
                                        segment("interact", "10:00:00", "10:01:00"),
                                        metrics("tHandle", 10_000)),
                                session(
                                        "voice",
                                        segment("interact", "10:02:00", "10:03:00"),
                                        metrics("tTalk", 60_000))))
                        .handleMs())
                .as("tHandle of one session, tTalk of another")
                .isEqualTo(70_000);
        assertThat(part(agent(
                                AGENT_BLUE,
                                session(
                                        "voice",
                                        segment("interact", "10:00:00", "10:03:00"),
                                        metrics("tHandle", 10_000, "tTalk", 100_000, "tHeld", 50_000))))
                        .handleMs())
                .isEqualTo(150_000);
    }

    @Test
    void a_call_for_no_queue_adds_contacting_and_dialing() {
        FinishedConversation part = part(agent(
                AGENT_BLUE,
                session(
                        "voice",
                        segment("contacting", "10:00:00", "10:00:05") + "," + segment("dialing", "10:00:05", "10:00:40")
                                + "," + segment("interact", "10:00:40", "10:02:20"),
                        metrics("tContacting", 5_000, "tDialing", 35_000, "tTalk", 100_000))));

        assertThat(part.talkMs()).isEqualTo(100_000);
        assertThat(part.handleMs()).isEqualTo(140_000);
    }

    @Test
    void an_end_before_its_start_is_no_time() {
        FinishedConversation part = part(agent(
                AGENT_BLUE,
                session(
                        "voice",
                        segment("interact", "10:02:00", "10:01:00"),
                        metrics("tTalk", 5_000, "tHandle", 5_000))));

        assertThat(part.talkMs()).isZero();
        assertThat(part.handleMs()).isZero();
    }

    @Test
    void the_wait_is_that_in_the_queue_where_the_agent_has_none() {
        String queues = queue(QUEUE_CHAT, "10:00:00", "10:00:20", 20_000) + ","
                + queue(QUEUE_CLAIMS, "10:00:20", "10:00:50", 30_000);
        JsonNode entity =
                conversation(queues + "," + agent(AGENT_BLUE, session("voice", queued("10:00:50", "10:02:00"), ""))
                        + "," + agent(AGENT_GREEN, session("voice", queued("10:02:00", "10:03:00"), "")));
        Map<String, FinishedConversation> parts = FinishedConversationReader.read(entity);

        assertThat(parts.get(AGENT_BLUE).waitMs()).isEqualTo(30_000);
        assertThat(parts.get(AGENT_GREEN).waitMs())
                .as("transferred by the other, who had answered that queue")
                .isNull();
    }

    @Test
    void a_wait_that_is_nothing_is_zero_and_one_that_is_not_there_is_absent() {
        assertThat(part(agent(
                                AGENT_BLUE,
                                session("voice", segment("interact", "10:00:00", "10:01:00"), metrics("tAnswered", 0))))
                        .waitMs())
                .isZero();
        assertThat(part(agent(AGENT_BLUE, session("voice", segment("interact", "10:00:00", "10:01:00"), "")))
                        .waitMs())
                .isNull();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'mediaType':'voice','monitoredParticipantId':'a','segments':[{'segmentType':'contacting'},{'segmentType':'dialing'},{'segmentType':'monitoring'}]}",
                "{'mediaType':'voice','segments':[{'segmentType':'alert'},{'segmentType':'coaching'},{'segmentType':'wrapup'}]}",
                "{'mediaType':'screenmonitoring','screenMonitoredUserId':'a','segments':[{'segmentType':'interact'}]}",
                "{'mediaType':'cobrowse','segments':[{'segmentType':'interact'}]}",
                "{'mediaType':'screenshare','segments':[{'segmentType':'interact'}],'metrics':[{'name':'tTalk','value':5}]}",
                "{'mediaType':'voice','segments':[{'segmentType':'alert'},{'segmentType':'wrapup'}],'metrics':[{'name':'tNotResponding','value':5}]}",
                "{'mediaType':'voice','direction':'inbound','segments':[{'segmentType':'contacting'},{'segmentType':'alert'}]}"
            })
    void who_only_listened_watched_or_did_not_answer_took_no_part(String session) {
        JsonNode entity = conversation(agent(AGENT_BLUE, session));

        assertThat(FinishedConversationReader.read(entity)).isEmpty();
        assertThat(CompletionReader.read(entity).agents()).isEmpty();
    }

    @Test
    void who_is_no_agent_took_no_part_whatever_their_user_id() {
        String talk = session("voice", segment("interact", "10:00:00", "10:01:00"), "");
        JsonNode entity = conversation("{'purpose':'voicemail','userId':'" + AGENT_BLUE + "','sessions':[" + talk
                + "]}," + "{'purpose':'customer','userId':'" + AGENT_GREEN + "','sessions':[" + talk + "]}");

        assertThat(FinishedConversationReader.read(entity)).isEmpty();
    }

    @Test
    void a_supervisor_who_barged_in_or_took_over_took_part() {
        assertThat(part(agent(
                                AGENT_BLUE,
                                session(
                                        "voice",
                                        segment("monitoring", "10:00:00", "10:01:00") + ","
                                                + segment("barging", "10:01:00", "10:02:00"),
                                        metrics("tMonitoring", 60_000, "tBarging", 60_000))))
                        .talkMs())
                .isEqualTo(60_000);
        assertThat(part(agent(
                                AGENT_BLUE,
                                session(
                                        "voice",
                                        segment("coaching", "10:00:00", "10:01:00") + ","
                                                + segment("interact", "10:01:00", "10:02:00"),
                                        metrics("tTalk", 60_000))))
                        .talkMs())
                .isEqualTo(60_000);
    }

    @Test
    void a_part_ends_when_its_agent_is_done_and_is_in_that_window() {
        JsonNode entity = conversation(agent(
                        AGENT_BLUE,
                        session(
                                "voice",
                                segment("interact", "10:00:00", "10:01:00") + ","
                                        + segment("wrapup", "10:01:00", "10:01:30"),
                                ""))
                + ","
                + agent(AGENT_GREEN, session("voice", segment("interact", "10:01:00", "10:05:00"), "")));
        Interval afterwards = new Interval(at("10:02:00"), at("12:00:00"));

        assertThat(FinishedConversationReader.read(entity).get(AGENT_BLUE).endedAt())
                .isEqualTo(at("10:01:30"));
        assertThat(FinishedConversationReader.read(entity, Set.of(AGENT_BLUE, AGENT_GREEN), afterwards))
                .containsOnlyKeys(AGENT_GREEN);
    }

    @Test
    void after_an_end_wrap_up_goes_on_until_it_is_closed() {
        assertThat(part(agent(
                                AGENT_BLUE,
                                session(
                                        "voice",
                                        "{'segmentType':'wrapup','segmentStart':'2026-11-20T10:01:00.000Z'},"
                                                + segment("interact", "10:00:00", "10:01:00"),
                                        "")))
                        .endedAt())
                .as("the conversation's while it is open")
                .isEqualTo(at("10:05:00"));
    }

    @Test
    void of_an_agent_who_came_back_only_parts_in_the_window_are_used() {
        JsonNode entity = conversation(agent(
                        AGENT_BLUE,
                        session("message", segment("interact", "08:00:00", "09:00:00"), metrics("tHandle", 3_600_000)))
                + ","
                + agent(
                        AGENT_BLUE,
                        session("message", segment("interact", "10:00:00", "10:05:00"), metrics("tHandle", 300_000))));
        FinishedConversation whole = FinishedConversationReader.read(entity).get(AGENT_BLUE);

        assertThat(whole.handleMs()).isEqualTo(3_900_000);
        assertThat(FinishedConversationReader.read(
                                entity, Set.of(AGENT_BLUE), new Interval(at("09:30:00"), at("12:00:00")))
                        .get(AGENT_BLUE)
                        .handleMs())
                .isEqualTo(300_000);
        assertThat(whole.since(at("09:30:00")).handleMs()).isEqualTo(300_000);
    }

    @Test
    void history_and_completion_say_the_same() {
        JsonNode entity = conversation(queue(QUEUE_CLAIMS, "10:00:00", "10:00:50", 50_000) + ","
                + agent(
                        AGENT_BLUE,
                        session("voice", queued("10:00:50", "10:02:00"), metrics("tTalk", 70_000, "tHandle", 70_000))));
        AgentWork work = CompletionReader.read(entity).agents().get(0);
        FinishedConversation part = FinishedConversationReader.read(entity).get(AGENT_BLUE);

        assertThat(new AgentWork(
                        AGENT_BLUE,
                        part.queueId(),
                        part.wrapUpCode(),
                        part.talkMs(),
                        part.heldMs(),
                        part.acwMs(),
                        part.handleMs(),
                        part.waitMs()))
                .isEqualTo(work);
    }

    private static FinishedConversation part(String agent) {
        return FinishedConversationReader.read(conversation(agent)).get(AGENT_BLUE);
    }

    private static JsonNode conversation(String participants) {
        return quoted("{'conversationId':'c','conversationStart':'2026-11-20T10:00:00.000Z',"
                + "'conversationEnd':'2026-11-20T10:05:00.000Z','participants':[" + CUSTOMER + "," + participants
                + "]}");
    }

    private static String agent(String userId, String... sessions) {
        return "{'purpose':'agent','userId':'" + userId + "','sessions':[" + String.join(",", sessions) + "]}";
    }

    private static String queue(String queueId, String from, String to, long waited) {
        return "{'purpose':'acd','sessions':["
                + session(
                        "voice",
                        segment("interact", from, to).replace("}", ",'queueId':'" + queueId + "'}"),
                        metrics("tAcd", waited))
                + "]}";
    }

    private static String queued(String from, String to) {
        return segment("interact", from, to).replace("}", ",'queueId':'" + QUEUE_CLAIMS + "'}");
    }

    private static String session(String mediaType, String segments, String metrics) {
        return "{'mediaType':'" + mediaType + "','segments':[" + segments + "],'metrics':[" + metrics + "]}";
    }

    private static String segment(String type, String from, String to) {
        return "{'segmentType':'" + type + "','segmentStart':'" + at(from) + "','segmentEnd':'" + at(to) + "'}";
    }

    private static String metrics(Object... namesAndValues) {
        StringBuilder metrics = new StringBuilder();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            metrics.append(i == 0 ? "" : ",")
                    .append("{'name':'" + namesAndValues[i] + "','value':" + namesAndValues[i + 1] + "}");
        }
        return metrics.toString();
    }

    private static Instant at(String time) {
        return Instant.parse("2026-11-20T" + time + "Z");
    }
}
