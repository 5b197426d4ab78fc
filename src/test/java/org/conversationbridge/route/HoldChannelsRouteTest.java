// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.route;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.util.List;
import java.util.Map;
import org.apache.camel.component.mock.MockEndpoint;
import org.apache.camel.spi.Registry;
import org.junit.jupiter.api.Test;

class HoldChannelsRouteTest extends RouteTest {
    @Override
    protected String file() {
        return "13-hold-channels";
    }

    @Override
    protected Map<String, String> settings() {
        return Map.of("poll.source", "notifications", "notifications.queues", "11111111-1111-4111-8111-111111111111");
    }

    @Override
    protected void bind(Registry registry) {
        registry.bind("notifications", new Held());
    }

    @Test
    void each_channel_is_tended_again_and_again() throws Exception {
        MockEndpoint tended = replace("send-to-tend-channel");
        context.start();

        await().until(() -> tended.getReceivedCounter() >= 4);

        assertThat(tended.getReceivedExchanges().subList(0, 4))
                .extracting(exchange -> exchange.getMessage().getBody())
                .containsExactly("one", "two", "one", "two");
    }

    @Test
    void one_that_fails_does_not_keep_the_next_from_being_tended() throws Exception {
        MockEndpoint tended = replace("send-to-tend-channel");
        fails(tended, new IllegalStateException("no channel"));
        context.start();

        await().until(() -> tended.getReceivedCounter() >= 2);

        assertThat(tended.getReceivedExchanges().subList(0, 2))
                .extracting(exchange -> exchange.getMessage().getBody())
                .containsExactly("one", "two");
    }

    /** In place of the bean that the route names. */
    public static final class Held {
        public List<String> channels() {
            return List.of("one", "two");
        }
    }
}
