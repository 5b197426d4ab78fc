// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.route;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.apache.camel.Message;
import org.apache.camel.component.mock.MockEndpoint;
import org.apache.camel.component.quartz.QuartzEndpoint;
import org.conversationbridge.LogCapture;
import org.conversationbridge.route.poll.Poller;
import org.junit.jupiter.api.Test;
import org.springframework.jms.UncategorizedJmsException;

class RequestPollRouteTest extends PollRouteTest {
    @Override
    protected String file() {
        return "10-request-poll";
    }

    @Override
    protected List<String> calledFiles() {
        return List.of("12-send-poll-request");
    }

    @Override
    protected Map<String, String> settings() {
        return Map.of("poll.cron", "0/1 * * * * ?");
    }

    @Test
    void asks_at_each_fire_time_with_a_request_that_no_clock_judges() throws Exception {
        MockEndpoint sent = replace("send-poll-request", "put-poll-request");
        sent.expectedMinimumMessageCount(2);
        context.start();

        sent.assertIsSatisfied();

        Message first = sent.getReceivedExchanges().get(0).getMessage();
        assertThat(first.getHeaders()).isEmpty();
        assertThat(requests.isDue(first.getBody(String.class))).isTrue();
    }

    @Test
    void a_request_that_the_broker_does_not_take_is_one_sentence_of_ours() throws Exception {
        MockEndpoint sent = replace("send-poll-request", "put-poll-request");
        fails(
                sent,
                new UncategorizedJmsException(new jakarta.jms.IllegalStateException("AMQ219018: Producer is closed")));
        try (LogCapture log = LogCapture.of(Poller.class)) {
            context.start();

            await().until(() -> !log.messages().isEmpty());
            assertThat(log.messages().get(0))
                    .isEqualTo(
                            "poll request skipped: The broker says: AMQ219018: Producer is closed. The connection was"
                                    + " lost and is reopened automatically. The next one follows at the next fire time.");
        }
    }

    @Test
    void no_time_to_live_is_set() throws Exception {
        for (String file :
                List.of("10-request-poll", "11-request-first-poll", "16-ask-to-announce", "12-send-poll-request")) {
            assertThat(Files.readString(Path.of("routes", file + ".camel.yaml")))
                    .as(file)
                    .doesNotContainIgnoringCase("timeToLive")
                    .doesNotContainIgnoringCase("expiration");
        }
    }

    @Test
    void never_overlaps_and_skips_what_it_missed() throws Exception {
        context.start();

        QuartzEndpoint quartz =
                (QuartzEndpoint) context.getRoute("request-poll").getEndpoint();

        assertThat(quartz.isStateful()).isTrue();
        assertThat(quartz.getTriggerParameters())
                .containsEntry("misfireInstruction", "2")
                .containsEntry("timeZone", "UTC");
    }
}
