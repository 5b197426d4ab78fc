// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.conversationbridge.chaos.Blow.Kind;
import org.junit.jupiter.api.Test;

class ScheduleTest {
    private final Schedule schedule = new Schedule(20, 5, 5, 5);

    @Test
    void the_same_seed_gives_the_same_blows_and_another_seed_others() {
        assertThat(schedule.blows(7)).isEqualTo(schedule.blows(7)).isNotEqualTo(schedule.blows(8));
    }

    @Test
    void there_are_as_many_of_each_kind_as_wanted() {
        List<Kind> kinds = schedule.blows(7).stream().map(Blow::kind).toList();

        assertThat(kinds).hasSize(35);
        assertThat(kinds).filteredOn(Kind.KILL_CONNECTOR::equals).hasSize(20);
        assertThat(kinds).filteredOn(Kind.KILL_BROKER::equals).hasSize(5);
        assertThat(kinds).filteredOn(Kind.CUT::equals).hasSize(5);
        assertThat(kinds).contains(Kind.FREEZE_CONNECTOR, Kind.FREEZE_BROKER);
    }
}
