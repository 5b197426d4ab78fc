// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.route;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.camel.component.mock.MockEndpoint;
import org.conversationbridge.Changes;
import org.conversationbridge.Fixtures;
import org.conversationbridge.bridge.Json;
import org.conversationbridge.change.ChangePage;
import org.conversationbridge.checkpoint.Checkpoint;
import org.conversationbridge.checkpoint.Entry;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class WriteCheckpointRouteTest extends RouteTest {
    private final Checkpoint checkpoint = Checkpoint.first(Fixtures.ENDING, Fixtures.REMEMBERED);
    private MockEndpoint taken;
    private MockEndpoint queue;
    private MockEndpoint leases;

    @Override
    protected String file() {
        return "29-write-checkpoint";
    }

    @BeforeEach
    void replaceSteps() throws Exception {
        taken = replace("take-lease");
        queue = replace("send-entry");
        leases = replace("send-lease");
        context.start();
    }

    private List<Entry> announce() {
        return checkpoint.announce(new ChangePage("poll", 0, List.of(Changes.queued("c", clock.instant()))));
    }

    @Test
    void each_entry_replaces_the_one_of_its_key_and_the_head_follows_one_version_only() throws Exception {
        List<Entry> first = announce();
        write(first);
        checkpoint.goOn(List.of("c"));
        List<Entry> second = checkpoint.conclude(clock.instant());
        write(second);

        assertThat(queue.getReceivedCounter()).isEqualTo(3);
        assertThat(headers(queue, 0))
                .containsEntry("_AMQ_LVQ_NAME", "delta-0000")
                .containsEntry("snapshot", first.get(0).snapshot())
                .doesNotContainKey("leaked")
                .extractingByKey("_AMQ_DUPL_ID")
                .isNull();
        assertThat(headers(queue, 2))
                .containsEntry("_AMQ_LVQ_NAME", "poll")
                .containsEntry("_AMQ_DUPL_ID", "poll/" + first.get(1).revision());
        assertThat(entry(queue, 0)).isEqualTo(first.get(0));
        assertThat(entry(queue, 1)).isEqualTo(first.get(1));
        assertThat(headers(queue, 0)).containsEntry("JMSExpiration", 0L);
    }

    @Test
    void takes_the_lease_before_and_gives_back_the_one_of_the_next_revision() throws Exception {
        List<Entry> entries = announce();
        write(entries);

        assertThat(taken.getReceivedExchanges())
                .singleElement()
                .satisfies(
                        exchange -> assertThat(exchange.getMessage().getBody()).isEqualTo(entries));
        assertThat(leases.getReceivedCounter()).isEqualTo(1);
        assertThat(headers(leases, 0))
                .containsEntry("revision", entries.get(1).revision())
                .doesNotContainKey("_AMQ_LVQ_NAME");
        assertThat(entry(leases, 0)).isEqualTo(entries.get(1));
    }

    @Test
    void what_a_snapshot_replaces_expires() throws Exception {
        write(announce());
        checkpoint.goOn(List.of("c"));
        checkpoint.repair(Set.of());
        write(checkpoint.conclude(clock.instant()));

        assertThat(headers(queue, 2))
                .containsEntry("_AMQ_LVQ_NAME", "part-0000")
                .containsEntry("JMSExpiration", 0L);
        assertThat(headers(queue, 3))
                .containsEntry("_AMQ_LVQ_NAME", "delta-0000")
                .extractingByKey("JMSExpiration")
                .satisfies(at -> assertThat((Long) at)
                        .isBetween(System.currentTimeMillis() - 60_000, System.currentTimeMillis() + 10_000));
    }

    private void write(List<Entry> entries) {
        template.sendBodyAndHeader("direct:write-checkpoint", entries, "leaked", "no");
    }

    private static Map<String, Object> headers(MockEndpoint endpoint, int number) {
        return endpoint.getReceivedExchanges().get(number).getMessage().getHeaders();
    }

    private static Entry entry(MockEndpoint endpoint, int number) throws Exception {
        String text = endpoint.getReceivedExchanges().get(number).getMessage().getBody(String.class);
        return Json.mapper().readValue(text, Entry.class);
    }
}
