// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.route;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.apache.camel.component.mock.MockEndpoint;
import org.conversationbridge.Fixtures;
import org.conversationbridge.checkpoint.Checkpoint;
import org.conversationbridge.checkpoint.Entry;
import org.junit.jupiter.api.Test;

class ConcludePollRouteTest extends PollRouteTest {
    @Override
    protected String file() {
        return "27-conclude-poll";
    }

    @Test
    void notes_the_begin_of_the_poll_in_one_transaction() throws Exception {
        MockEndpoint written = replace("send-conclusion-to-write-checkpoint");
        context.start();
        polls.begin();

        template.send("direct:conclude-poll", exchange -> exchange.setVariable("checkpoint", checkpoint));

        List<Entry> entries = written.getReceivedExchanges().get(0).getMessage().getBody(List.class).stream()
                .map(Entry.class::cast)
                .toList();
        assertThat(Checkpoint.of(entries, Fixtures.ENDING).lastGoodPoll()).hasValue(clock.instant());
        assertThat(transactions.ends()).containsExactly("commit");
    }
}
