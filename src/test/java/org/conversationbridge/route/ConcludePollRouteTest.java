// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.route;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.camel.component.mock.MockEndpoint;
import org.conversationbridge.Fixtures;
import org.conversationbridge.checkpoint.Checkpoint;
import org.conversationbridge.checkpoint.Entry;
import org.conversationbridge.gap.Gap;
import org.conversationbridge.genesys.query.GapWalk;
import org.conversationbridge.genesys.query.LookBack;
import org.junit.jupiter.api.Test;

class ConcludePollRouteTest extends PollRouteTest {
    @Override
    protected String file() {
        return "26-conclude-poll";
    }

    @Test
    void notes_the_start_of_the_poll_in_one_transaction() throws Exception {
        MockEndpoint written = replace("send-conclusion-to-write-checkpoint");
        context.start();
        polls.begin();

        template.send("direct:conclude-poll", exchange -> exchange.setVariable("checkpoint", checkpoint));

        List<Entry> entries = written.getReceivedExchanges().get(0).getMessage().getBody(List.class).stream()
                .map(Entry.class::cast)
                .toList();
        assertThat(Checkpoint.of(entries, Fixtures.ENDING, Fixtures.REMEMBERED).lastGoodPoll())
                .hasValue(clock.instant());
        assertThat(transactions.ends()).containsExactly("commit");
    }

    @Test
    void a_gap_is_reported_unless_notifications_covered_it() throws Exception {
        MockEndpoint reports = replace("send-gap-report");
        replace("send-conclusion-to-write-checkpoint");
        context.start();
        polls.begin();
        Gap gap = new Gap(clock.instant().minusSeconds(600), clock.instant());
        checkpoint.reconcile(gap);
        GapWalk query = new GapWalk(gap, Optional.empty(), Set.of(), read().poll(), new LookBack(Duration.ofDays(1)));

        isTold = true;
        conclude(query);
        assertThat(reports.getReceivedCounter()).isZero();

        isTold = false;
        conclude(query);
        assertThat(reports.getReceivedCounter()).isEqualTo(1);
    }

    private void conclude(GapWalk query) {
        template.send("direct:conclude-poll", exchange -> {
            exchange.setVariable("checkpoint", checkpoint);
            exchange.setVariable("gapQuery", query);
        });
    }
}
