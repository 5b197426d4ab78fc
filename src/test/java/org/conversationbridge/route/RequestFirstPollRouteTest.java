// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.route;

import org.apache.camel.component.mock.MockEndpoint;
import org.junit.jupiter.api.Test;

class RequestFirstPollRouteTest extends PollRouteTest {
    @Override
    protected String file() {
        return "11-request-first-poll";
    }

    @Test
    void asks_once_right_after_start() throws Exception {
        MockEndpoint requests = replace("send-first-to-send-poll-request");
        requests.expectedMessageCount(1);
        requests.setAssertPeriod(500);
        context.start();

        requests.assertIsSatisfied();
    }
}
