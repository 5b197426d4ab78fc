// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.conversationbridge.sandbox.SandboxAnswer;
import org.conversationbridge.sandbox.SandboxRequest;
import org.junit.jupiter.api.Test;

class TollTest {
    private static final SandboxRequest REQUEST = new SandboxRequest("GET", "/api/v2/conversations", "", Map.of(), "");

    private final AtomicLong nanos = new AtomicLong(Long.MAX_VALUE - 5);
    private final Toll toll = new Toll(Duration.ofMillis(50), 2, nanos::get);

    @Test
    void requests_before_it_is_open_are_free() {
        for (int request = 1; request <= 5; request++) {
            assertThat(ask().status()).isEqualTo(200);
        }

        toll.open();

        assertThat(toll.count()).isEqualTo("requests 0 refused 0 early 0");
    }

    @Test
    void the_third_of_two_in_a_minute_has_to_wait_for_the_next_one() {
        toll.open();

        assertThat(ask().status()).isEqualTo(200);
        assertThat(ask().pause()).isEqualTo(Duration.ofMillis(50));
        pass(Duration.ofSeconds(20));
        SandboxAnswer refused = ask();

        assertThat(refused.status()).isEqualTo(429);
        assertThat(refused.headers()).containsEntry("Retry-After", "41").containsEntry("inin-ratelimit-allowed", "2");
        pass(Duration.ofSeconds(41));
        assertThat(ask().status()).isEqualTo(200);
        assertThat(toll.count()).isEqualTo("requests 4 refused 1 early 0");
    }

    @Test
    void what_does_not_wait_is_early_unless_it_was_on_its_way() {
        toll.open();
        ask();
        ask();
        ask();

        pass(Duration.ofMillis(50));
        ask();
        pass(Duration.ofSeconds(1));
        ask();

        assertThat(toll.count()).isEqualTo("requests 5 refused 3 early 1");
    }

    private SandboxAnswer ask() {
        return toll.answer(REQUEST, () -> SandboxAnswer.json(200, "{}"));
    }

    private void pass(Duration time) {
        nanos.addAndGet(time.toNanos());
    }
}
