// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.genesys.reading;

import static org.assertj.core.api.Assertions.assertThat;
import static org.conversationbridge.Fixtures.AGENT_BLUE;
import static org.conversationbridge.Fixtures.AGENT_GREEN;
import static org.conversationbridge.Fixtures.QUEUE_CHAT;
import static org.conversationbridge.Fixtures.QUEUE_CLAIMS;
import static org.conversationbridge.Fixtures.json;
import static org.conversationbridge.Fixtures.quoted;

import com.fasterxml.jackson.databind.JsonNode;
import org.conversationbridge.conversation.QueueRef;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The queue of a conversation that is over: the one in which the customer was last. */
class LastQueueTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "abandon-counted-after-a-flow-out",
                "met-before-a-second-queue-was-abandoned",
                "met-in-the-queue-it-flowed-out-to",
                "waited-last-in-the-second-queue"
            })
    void the_second_queue_where_the_customer_got_there(String conversation) {
        assertThat(queue(json("outcomes/" + conversation + ".json"))).isEqualTo(QUEUE_CHAT);
    }

    @Test
    void not_one_that_an_agent_only_consulted() {
        assertThat(queue(conversation(
                        queue(QUEUE_CLAIMS, "10:00", "10:01"),
                        agent(AGENT_BLUE, QUEUE_CLAIMS, "interact", "10:01", "10:09"),
                        queue(QUEUE_CHAT, "10:03", "10:04"),
                        agent(AGENT_GREEN, QUEUE_CHAT, "alert", "10:03", "10:04"))))
                .isEqualTo(QUEUE_CLAIMS);
    }

    @Test
    void the_consulted_one_where_the_agent_left_the_customer_there() {
        assertThat(queue(conversation(
                        queue(QUEUE_CLAIMS, "10:00", "10:01"),
                        agent(AGENT_BLUE, QUEUE_CLAIMS, "interact", "10:01", "10:05"),
                        queue(QUEUE_CHAT, "10:03", "10:09"))))
                .isEqualTo(QUEUE_CHAT);
    }

    @Test
    void one_that_rang_where_the_answer_has_no_other() {
        assertThat(queue(conversation(agent(AGENT_BLUE, QUEUE_CLAIMS, "alert", "10:01", "10:02"))))
                .isEqualTo(QUEUE_CLAIMS);
    }

    private static String queue(JsonNode entity) {
        QueueRef queue = AnalyticsConversationReader.read(entity).queue();
        return queue == null ? "" : queue.id();
    }

    private static JsonNode conversation(String... participants) {
        return quoted("{'conversationId':'c','conversationEnd':'2026-11-20T10:09:00Z','participants':["
                + String.join(",", participants) + "]}");
    }

    private static String queue(String queueId, String from, String to) {
        return participant("'purpose':'acd'", queueId, "interact", from, to);
    }

    private static String agent(String userId, String queueId, String segmentType, String from, String to) {
        return participant("'purpose':'agent','userId':'" + userId + "'", queueId, segmentType, from, to);
    }

    private static String participant(String who, String queueId, String segmentType, String from, String to) {
        return "{" + who + ",'sessions':[{'mediaType':'voice','segments':[{'segmentType':'" + segmentType
                + "','queueId':'" + queueId + "','segmentStart':'2026-11-20T" + from + ":00Z','segmentEnd':'2026-11-20T"
                + to + ":00Z'}]}]}";
    }
}
