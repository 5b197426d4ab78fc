// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.failure;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.IntStream;
import org.conversationbridge.MovableClock;
import org.junit.jupiter.api.Test;

class UnreadableConversationsTest {
    private final UnreadableConversations unreadable = new UnreadableConversations(new MovableClock());

    @Test
    void twelve_thousand_are_reported_once_each() {
        IntStream.range(0, 12_000).forEach(i -> unreadable.told(failure(i, "participants")));

        assertThat(IntStream.range(0, 12_000)).allMatch(i -> unreadable.isTold(failure(i, "participants")));
        assertThat(unreadable.isTold(failure(1, "startTime"))).isFalse();
    }

    @Test
    void where_in_a_list_a_fault_stands_makes_no_other_of_it() {
        unreadable.told(failure(1, "participants[2].userId"));

        assertThat(unreadable.isTold(failure(1, "participants[3].userId"))).isTrue();
    }

    @Test
    void what_the_error_queue_says_is_known() {
        unreadable.told(String.valueOf(failure(1, "participants").getMessage()));

        assertThat(unreadable.isTold(failure(1, "participants"))).isTrue();
    }

    private static MalformedConversationException failure(int i, String field) {
        return new MalformedConversationException("c" + i, field, "is missing");
    }
}
