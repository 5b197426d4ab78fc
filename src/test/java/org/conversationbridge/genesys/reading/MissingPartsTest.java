// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.genesys.reading;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.conversationbridge.Fixtures.quoted;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.conversationbridge.Fixtures;
import org.conversationbridge.MessageSchema;
import org.conversationbridge.TestNames;
import org.conversationbridge.bridge.Json;
import org.conversationbridge.change.ConversationChange;
import org.conversationbridge.conversation.Conversation;
import org.conversationbridge.delivery.MessageComposer;
import org.conversationbridge.failure.MalformedConversationException;
import org.conversationbridge.history.AgentHistory;
import org.conversationbridge.settings.DeliverySettings;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever is missing, the message is valid, or the field that is wrong is named. */
class MissingPartsTest {
    private static final Instant NOW = Instant.parse("2026-11-20T10:00:00Z");

    private final MessageComposer composer = new MessageComposer(
            new DeliverySettings(Map.of(), Fixtures.CLOUD_EVENTS, Duration.ofSeconds(30)),
            10,
            TestNames.off(Clock.systemUTC()),
            Clock.systemUTC());

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'conversationId':'c','participants':[]}",
                "{'conversationId':'c','participants':[null]}",
                "{'conversationId':'c','participants':[{}]}",
                "{'conversationId':'c','participants':[{'purpose':'customer'}]}",
                "{'conversationId':'c','participants':[{'purpose':'agent','userId':'','sessions':[]}]}",
                "{'conversationId':'c','participants':[{'purpose':'agent','userId':null,'sessions':null}]}",
                "{'conversationId':'c','participants':[{'purpose':'agent','userId':'u','sessions':[null,{}]}]}",
                "{'conversationId':'c','participants':[{'purpose':'agent','userId':'u','sessions':[{'segments':[{}]}]}]}",
                "{'conversationId':'c','participants':[{'purpose':'agent','sessions':[{'segments':[null]}]}]}",
                "{'conversationId':'c','participants':[{'purpose':'acd','sessions':[{'mediaType':'voice'}]}]}",
                "{'conversationId':'c','participants':[{'purpose':'levitator','sessions':[{'mediaType':'telepathy',"
                        + "'direction':'sideways','segments':[{'segmentType':'hover'}]}]}]}",
                "{'conversationId':'c','conversationStart':'2026-11-20T10:00:00Z',"
                        + "'conversationEnd':'2026-11-20T09:00:00Z','participants':[]}",
                "{'conversationId':'c','participants':[{'purpose':'customer','sessions':[{'mediaType':'voice',"
                        + "'segments':[{'segmentType':'interact','segmentStart':'2026-11-20T10:00:00Z',"
                        + "'segmentEnd':'2026-11-20T09:00:00Z'}]}]}]}",
                "{'conversationId':'c','participants':[{'purpose':'user','userId':'s','sessions':["
                        + "{'mediaType':'screenmonitoring'}]}]}"
            })
    void a_message_of_the_details_query_is_valid(String conversation) {
        assertValid(AnalyticsConversationReader.read(quoted(conversation)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'id':'c','participants':[]}",
                "{'id':'c','participants':[null,{}]}",
                "{'id':'c','participants':[{'purpose':'agent','calls':[{}]}]}",
                "{'id':'c','participants':[{'purpose':'agent','userId':'','calls':[null]}]}",
                "{'id':'c','participants':[{'purpose':'agent','userId':'u','calls':[{'state':'hovering','held':true}]}]}",
                "{'id':'c','participants':[{'purpose':'acd','messages':[{'state':'connected'}]}]}",
                "{'id':'c','participants':[{'purpose':'customer','endTime':'2026-11-20T09:00:00Z',"
                        + "'startTime':'2026-11-20T10:00:00Z'}]}",
                "{'id':'c','participants':[{'purpose':'user','userId':'s','screenMonitorings':[{'state':'connected'}]}]}",
                "{'id':'c','startTime':'2026-11-20T10:00:00Z','endTime':'2026-11-20T09:00:00Z','participants':[]}"
            })
    void a_message_of_listing_and_notification_is_valid(String conversation) {
        assertValid(ConversationReader.read(quoted(conversation)));
        assertValid(ConversationReader.readEvent(quoted(conversation)));
        assertValid(TutorialConversationReader.read(quoted(conversation), "voice"));
    }

    @Test
    void without_an_id_it_is_malformed() {
        assertThatThrownBy(() -> AnalyticsConversationReader.read(quoted("{'participants':[]}")))
                .isInstanceOf(MalformedConversationException.class)
                .hasMessageContaining("conversationId is missing");
        assertThatThrownBy(() -> ConversationReader.readEvent(quoted("{'participants':[]}")))
                .isInstanceOf(MalformedConversationException.class)
                .hasMessageContaining("id is missing");
    }

    @Test
    void a_notification_without_participants_reports_nothing() {
        assertThat(ConversationReader.readEvent(quoted("{'id':'c','participants':[]}"))
                        .tellsNothing())
                .isTrue();
        assertThat(ConversationReader.readEvent(quoted("{'id':'c','participants':[{'purpose':'customer'}]}"))
                        .tellsNothing())
                .isFalse();
        assertThat(AnalyticsConversationReader.read(
                                quoted("{'conversationId':'c','originatingDirection':'inbound','participants':[]}"))
                        .tellsNothing())
                .isTrue();
        assertThat(AnalyticsConversationReader.read(quoted("{'conversationId':'c',"
                                + "'conversationEnd':'2026-11-20T09:00:00Z','participants':[]}"))
                        .tellsNothing())
                .isFalse();
    }

    private void assertValid(Conversation read) {
        ConversationChange change = new ConversationChange("conversation.updated", 2, NOW, read);
        JsonNode message = Json.mapper().valueToTree(composer.compose(change, AgentHistory.none(NOW)));

        assertThat(MessageSchema.violationsForConsumers(message)).isEmpty();
    }
}
