// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.route;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.camel.spi.Registry;
import org.junit.jupiter.api.Test;

class HoldChannelsRouteTest extends RouteTest {
    private final ConcurrentLinkedQueue<String> requests = new ConcurrentLinkedQueue<>();
    private final AtomicInteger answers = new AtomicInteger();
    private final AtomicInteger tended = new AtomicInteger();
    private final AtomicInteger failed = new AtomicInteger();

    @Override
    protected String file() {
        return "12-hold-channels";
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
    void each_request_of_a_channel_is_sent_and_then_the_channel_is_tended() throws Exception {
        requests.addAll(List.of("create", "subscribe"));
        called("call-genesys", exchange -> exchange.getMessage().setBody("answer"));
        context.start();

        await().until(() -> tended.get() > 0);

        assertThat(answers).hasValue(2);
        assertThat(failed).hasValue(0);
    }

    @Test
    void a_channel_that_fails_is_retried_with_the_next_period() throws Exception {
        requests.addAll(List.of("create"));
        called("call-genesys", exchange -> {
            throw new IllegalStateException("no answer");
        });
        context.start();

        await().until(() -> failed.get() > 0 && tended.get() > 0);

        assertThat(answers).hasValue(0);
        assertThat(failed).hasValue(1);
    }

    /** In place of the bean that the route names. */
    public final class Held {
        public List<HeldChannel> channels() {
            return List.of(new HeldChannel());
        }

        public void answered() {
            answers.incrementAndGet();
        }

        public void tend() {
            tended.incrementAndGet();
        }

        public void failed() {
            failed.incrementAndGet();
        }
    }

    /** A channel with the requests of the test. */
    public final class HeldChannel {
        public boolean hasNext() {
            return !requests.isEmpty();
        }

        public String next() {
            return requests.remove();
        }
    }
}
