// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.route;

import java.time.Duration;
import org.apache.camel.component.mock.MockEndpoint;
import org.apache.camel.spi.Registry;
import org.conversationbridge.poll.PollRequests;
import org.junit.jupiter.api.Test;

class RequestFirstPollRouteTest extends RouteTest {
    @Override
    protected void bind(Registry registry) {
        registry.bind("pollRequests", new PollRequests(() -> false, Duration.ofMinutes(1), clock));
    }

    @Override
    protected String file() {
        return "11-request-first-poll";
    }

    @Test
    void asks_once_right_after_start() throws Exception {
        MockEndpoint requests = replace("send-first-poll-request");
        requests.expectedMessageCount(1);
        requests.setAssertPeriod(500);
        context.start();

        requests.assertIsSatisfied();
    }
}
