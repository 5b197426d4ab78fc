// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.genesys.reading;

import static org.assertj.core.api.Assertions.assertThat;
import static org.conversationbridge.Fixtures.AGENT_BLUE;
import static org.conversationbridge.Fixtures.AGENT_GREEN;
import static org.conversationbridge.Fixtures.QUEUE_CHAT;
import static org.conversationbridge.Fixtures.QUEUE_CLAIMS;
import static org.conversationbridge.Fixtures.quoted;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import org.conversationbridge.completion.AgentWork;
import org.conversationbridge.completion.Completion;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CompletionReaderTest {
    private static final String TALK =
            "{'segmentType':'interact','segmentStart':'2026-11-20T10:01:00.000Z','segmentEnd':'2026-11-20T10:03:00.000Z','queueId':'"
                    + QUEUE_CLAIMS + "'}";
    private static final String WRAP_UP =
            "{'segmentType':'wrapup','segmentStart':'2026-11-20T10:03:00.000Z','segmentEnd':'2026-11-20T10:04:00.000Z','wrapUpCode':'sold'}";
    private static final String METRICS =
            "{'name':'tTalk','value':70000},{'name':'tTalk','value':20000},{'name':'tHeld','value':30000},"
                    + "{'name':'tAcw','value':60000},{'name':'tHandle','value':180000},{'name':'tAnswered','value':5000}";

    @Test
    void each_agent_with_their_last_wrap_up_code_and_the_sums_of_their_metrics() {
        Completion completion = read(
                agent(AGENT_BLUE, TALK + "," + WRAP_UP, METRICS),
                agent(AGENT_GREEN, TALK, "{'name':'tHandle','value':7}"));

        assertThat(completion)
                .isEqualTo(new Completion(
                        true,
                        null,
                        "handled",
                        300_000L,
                        List.of(
                                new AgentWork(
                                        AGENT_BLUE, QUEUE_CLAIMS, "sold", 90_000, 30_000, 60_000, 180_000, 5_000L),
                                new AgentWork(AGENT_GREEN, QUEUE_CLAIMS, null, 0, 0, 0, 7, null))));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
            {'segmentType':'wrapup','segmentStart':'2026-11-20T10:03:00.000Z'} | {'name':'tHandle','value':1} | a segment has no end
            {'segmentType':'wrapup','segmentEnd':'2026-11-20T10:03:00.000Z'}   | {'name':'tHandle','value':1} | no wrap-up code
            {'segmentType':'wrapup','segmentEnd':'2026-11-20T10:03:00.000Z','wrapUpCode':'x'} | {'name':'tAcw','value':1} | no tHandle
            """)
    void it_is_not_final_before_analytics_has_everything_of_each_agent(String last, String metrics, String reason) {
        Completion completion = read(agent(AGENT_GREEN, TALK, METRICS), agent(AGENT_BLUE, TALK + "," + last, metrics));

        assertThat(completion.isFinal()).isFalse();
        assertThat(completion.reason()).isEqualTo("agent " + AGENT_BLUE + ": " + reason);
    }

    @Test
    void it_is_not_final_before_it_has_an_end() {
        JsonNode going =
                quoted("{'conversationId':'c','conversationStart':'2026-11-20T10:00:00.000Z','participants':[]}");

        assertThat(CompletionReader.read(going).reason()).isEqualTo("it has not ended");
    }

    @Test
    void no_agent_talked() {
        String offered = "{'segmentType':'alert','segmentEnd':'2026-11-20T10:01:00.000Z'}";

        assertThat(read("{'purpose':'acd'}", agent(AGENT_BLUE, offered, "{'name':'tAlert','value':1}")))
                .isEqualTo(new Completion(true, null, "abandoned", 300_000L, List.of()));
        assertThat(read("{'purpose':'ivr'}").outcome()).isEqualTo("selfService");
        assertThat(read("{'purpose':'customer','sessions':[{'direction':'outbound'}]}")
                        .outcome())
                .isEqualTo("unanswered");
    }

    @Test
    void agents_come_in_the_order_in_which_they_first_handled_it_however_early_it_rang() {
        Completion completion = read(
                agentIn(AGENT_GREEN, session(alert("10:00:10", QUEUE_CLAIMS), "")),
                agentIn(AGENT_BLUE, session(talk("10:01:00", QUEUE_CLAIMS), "")),
                agentIn(AGENT_GREEN, session(talk("10:02:00", QUEUE_CLAIMS), "")));

        assertThat(completion.agents()).extracting(AgentWork::userId).containsExactly(AGENT_BLUE, AGENT_GREEN);
    }

    @Test
    void what_only_rang_says_nothing_about_queue_and_wait_of_who_handled_it_besides() {
        Completion completion = read(agentIn(
                AGENT_GREEN,
                session(talk("10:01:00", QUEUE_CLAIMS), "{'name':'tAnswered','value':60000}"),
                session(alert("10:02:00", QUEUE_CHAT), "{'name':'tAnswered','value':4000}")));

        assertThat(completion.agents())
                .containsExactly(new AgentWork(AGENT_GREEN, QUEUE_CLAIMS, null, 0, 0, 0, 0, 60_000L));
    }

    @Test
    void the_consulted_one_answered_from_no_queue_although_it_had_rung_for_them() {
        Completion completion = read(agentIn(
                AGENT_GREEN, session(alert("10:00:10", QUEUE_CLAIMS), ""), session(talk("10:01:00", null), "")));

        assertThat(completion.agents()).extracting(AgentWork::queueId).containsExactly((String) null);
    }

    @Test
    void who_dialled_is_listed_although_the_call_was_not_answered() {
        String dialling = "{'segmentType':'dialing','segmentStart':'2026-11-20T10:00:00.000Z',"
                + "'segmentEnd':'2026-11-20T10:01:00.000Z'}";

        assertThat(read(
                        "{'purpose':'customer','sessions':[{'direction':'outbound'}]}",
                        agent(AGENT_BLUE, dialling, "")))
                .isEqualTo(new Completion(
                        true,
                        null,
                        "unanswered",
                        300_000L,
                        List.of(new AgentWork(AGENT_BLUE, null, null, 0, 0, 0, 0, null))));
    }

    private static String alert(String at, String queueId) {
        return segment("alert", at, queueId);
    }

    private static String talk(String at, @Nullable String queueId) {
        return segment("interact", at, queueId);
    }

    private static String segment(String type, String at, @Nullable String queueId) {
        return "{'segmentType':'" + type + "','segmentStart':'2026-11-20T" + at + ".000Z',"
                + (queueId == null ? "" : "'queueId':'" + queueId + "',") + "'segmentEnd':'2026-11-20T10:04:00.000Z'}";
    }

    private static String session(String segments, String metrics) {
        return "{'segments':[" + segments + "],'metrics':[" + metrics + "]}";
    }

    private static String agentIn(String userId, String... sessions) {
        return "{'purpose':'agent','userId':'" + userId + "','sessions':[" + String.join(",", sessions) + "]}";
    }

    private static String agent(String userId, String segments, String metrics) {
        return agentIn(userId, session(segments, metrics));
    }

    private static Completion read(String... participants) {
        return CompletionReader.read(quoted("{'conversationId':'c','conversationStart':'2026-11-20T10:00:00.000Z',"
                + "'conversationEnd':'2026-11-20T10:05:00.000Z','participants':["
                + String.join(",", participants) + "]}"));
    }
}
