// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.route;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Map;
import org.apache.camel.Message;
import org.apache.camel.component.mock.MockEndpoint;
import org.apache.camel.component.quartz.QuartzEndpoint;
import org.junit.jupiter.api.Test;

class RequestPollRouteTest extends RouteTest {
    @Override
    protected String file() {
        return "10-request-poll";
    }

    @Override
    protected Map<String, String> settings() {
        return Map.of("poll.cron", "0/1 * * * * ?");
    }

    @Test
    void asks_at_the_fire_time_for_as_long_as_until_the_next() throws Exception {
        MockEndpoint requests = replace("send-poll-request");
        requests.expectedMinimumMessageCount(2);
        context.start();

        requests.assertIsSatisfied();

        Message request = requests.getReceivedExchanges().get(0).getMessage();
        Instant fireTime = Instant.parse(request.getBody(String.class));
        assertThat(fireTime.toEpochMilli() % 1_000).isZero();
        assertThat(request.getHeaders())
                .containsOnly(Map.entry("JMSExpiration", fireTime.plusSeconds(1).toEpochMilli()));
    }

    @Test
    void never_overlaps_and_skips_what_it_missed() throws Exception {
        context.start();

        QuartzEndpoint quartz =
                (QuartzEndpoint) context.getRoute("request-poll").getEndpoint();

        assertThat(quartz.isStateful()).isTrue();
        assertThat(quartz.getTriggerParameters()).containsEntry("misfireInstruction", "2");
    }
}
