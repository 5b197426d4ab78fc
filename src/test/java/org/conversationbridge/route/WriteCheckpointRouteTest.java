// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.route;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.camel.component.mock.MockEndpoint;
import org.conversationbridge.Changes;
import org.conversationbridge.bridge.Json;
import org.conversationbridge.change.Announced;
import org.conversationbridge.checkpoint.Entry;
import org.junit.jupiter.api.Test;

class WriteCheckpointRouteTest extends RouteTest {
    private final Entry first = new Entry(
            2,
            "conversations-07",
            "r1",
            null,
            null,
            null,
            null,
            Map.of("c", Announced.of(Changes.queued("c", clock.instant()), Duration.ofMinutes(1))));
    private final Entry second = new Entry(2, "poll", "r2", "r1", clock.instant(), null, null, Map.of());

    @Override
    protected String file() {
        return "29-write-checkpoint";
    }

    @Test
    void each_entry_replaces_the_one_of_its_key_and_follows_one_version_only() throws Exception {
        MockEndpoint queue = replace("send-entry");
        queue.expectedMessageCount(2);
        context.start();

        template.sendBodyAndHeader("direct:write-checkpoint", List.of(first, second), "leaked", "no");

        queue.assertIsSatisfied();
        assertThat(queue.getReceivedExchanges().get(0).getMessage().getHeaders())
                .containsEntry("_AMQ_LVQ_NAME", "conversations-07")
                .doesNotContainKey("leaked")
                .extractingByKey("_AMQ_DUPL_ID")
                .isNull();
        assertThat(queue.getReceivedExchanges().get(1).getMessage().getHeaders())
                .containsEntry("_AMQ_LVQ_NAME", "poll")
                .containsEntry("_AMQ_DUPL_ID", "poll/r1");
        for (int i = 0; i < 2; i++) {
            String text = queue.getReceivedExchanges().get(i).getMessage().getBody(String.class);
            assertThat(Json.mapper().readValue(text, Entry.class))
                    .isEqualTo(List.of(first, second).get(i));
        }
    }
}
