// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.genesys.reading;

import static org.assertj.core.api.Assertions.assertThat;
import static org.conversationbridge.Fixtures.AGENT_BLUE;
import static org.conversationbridge.Fixtures.QUEUE_CLAIMS;
import static org.conversationbridge.Fixtures.id;
import static org.conversationbridge.Fixtures.json;
import static org.conversationbridge.Fixtures.quoted;

import org.conversationbridge.conversation.Conversation;
import org.conversationbridge.conversation.QueueRef;
import org.conversationbridge.conversation.State;
import org.junit.jupiter.api.Test;

class TutorialConversationReaderTest {
    @Test
    void reads_an_active_call_as_printed() {
        Conversation call = TutorialConversationReader.read(
                json("tutorial/conversations.json").at("/entities/0"), "voice");

        assertThat(call.conversationId()).isEqualTo(id(0x71));
        assertThat(call.direction()).isEqualTo("inbound");
        assertThat(call.mediaType()).isEqualTo("voice");
        assertThat(call.state()).isEqualTo(State.CONNECTED);
        assertThat(call.agentUserId()).contains(AGENT_BLUE);
        assertThat(call.queue()).isEqualTo(new QueueRef(QUEUE_CLAIMS, null));
        assertThat(call.startedAt()).isNull();
    }

    @Test
    void no_agent_has_a_queued_call() {
        Conversation call = TutorialConversationReader.read(
                json("tutorial/conversations.json").at("/entities/1"), "voice");

        assertThat(call.state()).isEqualTo(State.QUEUED);
        assertThat(call.agent()).isNull();
    }

    @Test
    void participants_may_be_missing() {
        assertThat(TutorialConversationReader.read(quoted("{'id':'c','direction':'outbound'}"), "voice")
                        .direction())
                .isEqualTo("outbound");
    }

    @Test
    void a_conversation_of_the_platform_is_read_as_such() {
        Conversation call = TutorialConversationReader.read(json("genesys/conversation-voice.json"), "voice");

        assertThat(call).isEqualTo(ConversationReader.read(json("genesys/conversation-voice.json")));
    }
}
