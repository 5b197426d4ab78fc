// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.poll;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PollRequestsTest {
    private final PollRequests requests = new PollRequests(() -> false);

    @Test
    void the_first_request_of_a_fire_time_is_followed_and_the_other_processes_are_dropped() {
        assertThat(requests.isDue("2026-11-20T10:00:00Z")).isTrue();
        assertThat(requests.isDue("2026-11-20T10:00:00Z")).isFalse();
        assertThat(requests.isDue("2026-11-20T10:00:15Z")).isTrue();
    }

    @Test
    void a_late_fire_time_is_dropped() {
        requests.isDue("2026-11-20T10:00:15Z");

        assertThat(requests.isDue("2026-11-20T10:00:00Z")).isFalse();
    }

    @Test
    void a_request_without_a_fire_time_is_always_followed() {
        assertThat(requests.isDue("")).isTrue();
        assertThat(requests.isDue(null)).isTrue();
    }

    @Test
    void a_request_that_is_no_fire_time_is_ignored() {
        assertThat(requests.isDue("now, please")).isFalse();
    }
}
