// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.change;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.conversationbridge.Fixtures;
import org.junit.jupiter.api.Test;

class PartitionTest {
    @Test
    void conversations_spread_over_all_groups_and_over_no_other() {
        assertThat(IntStream.range(0, 1_000)
                        .mapToObj(i -> Partition.of(Fixtures.id(i), 4))
                        .collect(Collectors.toSet()))
                .containsExactlyInAnyOrder(0, 1, 2, 3);
    }

    @Test
    void a_conversation_stays_in_its_group() {
        assertThat(Partition.of("c-1", 16)).isEqualTo(Partition.of("c-1", 16));
    }

    @Test
    void one_partition_is_one_group() {
        assertThat(Partition.of("c-1", 1)).isZero();
    }
}
