// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.route;

import static org.assertj.core.api.Assertions.assertThat;
import static org.conversationbridge.Fixtures.AGENT_BLUE;

import java.util.List;
import org.apache.camel.Exchange;
import org.apache.camel.component.mock.MockEndpoint;
import org.conversationbridge.Changes;
import org.conversationbridge.bridge.Json;
import org.conversationbridge.change.ChangePage;
import org.conversationbridge.change.ConversationChange;
import org.conversationbridge.change.Observed;
import org.conversationbridge.checkpoint.Entry;
import org.conversationbridge.completion.Completion;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class AnnouncePageRouteTest extends PollRouteTest {
    private final ChangePage page =
            new ChangePage("poll", 3, List.of(Changes.connected("c", AGENT_BLUE, clock.instant())));
    private MockEndpoint queue;
    private MockEndpoint written;
    private MockEndpoint waiting;

    @Override
    protected String file() {
        return "28-announce-page";
    }

    @BeforeEach
    void replaceSteps() throws Exception {
        queue = replace("send-page");
        waiting = replace("send-completions");
        written = replace("send-to-write-checkpoint");
        context.start();
    }

    @Test
    void puts_the_page_on_the_queue_as_json_and_notes_it_in_one_transaction() throws Exception {
        queue.expectedMessageCount(1);
        written.expectedMessageCount(1);

        assertThat(announce().getException()).isNull();

        queue.assertIsSatisfied();
        written.assertIsSatisfied();
        assertThat(queue.getReceivedExchanges().get(0).getMessage().getHeaders())
                .containsOnly(java.util.Map.entry("JMSXGroupID", "3"));
        String text = (String) queue.getReceivedExchanges().get(0).getMessage().getBody();
        assertThat(Json.mapper().readValue(text, ChangePage.class)).isEqualTo(page);
        List<?> entries = written.getReceivedExchanges().get(0).getMessage().getBody(List.class);
        assertThat(entries)
                .anySatisfy(entry -> assertThat(((Entry) entry).conversations()).containsKey("c"));
        assertThat(transactions.ends()).containsExactly("commit");
    }

    @Test
    void what_cannot_be_noted_is_not_put_on_the_queue() throws Exception {
        fails(written, new IllegalStateException("refused"));

        assertThat(announce().getException()).hasRootCauseMessage("refused");
        assertThat(transactions.ends()).containsExactly("rollback");
    }

    @Test
    void a_completion_does_not_wait_where_none_is_looked_at_once_more() throws Exception {
        ConversationChange ended = page.changes().get(0);
        ConversationChange completed = new ConversationChange(
                "conversation.completed",
                2,
                clock.instant(),
                Observed.LIVE,
                ended.conversation(),
                false,
                Completion.unknown("test"));
        waiting.expectedMessageCount(0);

        assertThat(announce(new ChangePage("poll", 3, List.of(completed))).getException())
                .isNull();

        waiting.assertIsSatisfied();
    }

    private Exchange announce() {
        return announce(page);
    }

    private Exchange announce(ChangePage page) {
        return template.request("direct:announce-page", exchange -> {
            exchange.setVariable("checkpoint", checkpoint);
            exchange.getMessage().setBody(page);
            exchange.getMessage().setHeader("leaked", "no");
        });
    }
}
