// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.conversationbridge.Fixtures.json;

import com.fasterxml.jackson.databind.node.ObjectNode;
import org.junit.jupiter.api.Test;

class MessageLineTest {
    @Test
    void a_message_is_one_readable_line() {
        assertThat(MessageLine.of(json("golden/connected.json")))
                .isEqualTo("10:00:00 conversation.started   #1 voice    inbound  connected"
                        + " 00000001-0000-4000-8000-000000000001 agent=Agent queue=Claims"
                        + " history=complete:2 wrap-ups=-,000000c1");
        assertThat(MessageLine.of(json("golden/queued.json"))).endsWith("agent=- queue=Claims history=none");
    }

    @Test
    void a_completed_conversation_shows_how_it_went() {
        ObjectNode message = json("golden/completed.json");

        assertThat(MessageLine.of(message))
                .contains(" conversation.completed #4 voice    inbound  ended     ")
                .endsWith("agent=- queue=Claims outcome=handled final=true duration=300s wrap-ups=000000c1,-");
    }

    @Test
    void control_characters_do_not_reach_the_terminal() {
        ObjectNode message = json("golden/connected.json");
        ((ObjectNode) message.path("agent")).put("name", "\u001b[31mEve\nevil");

        assertThat(MessageLine.of(message)).contains("agent=?[31mEve?evil ").hasLineCount(1);
    }
}
