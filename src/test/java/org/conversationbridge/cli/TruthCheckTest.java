// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.conversationbridge.MovableClock;
import org.conversationbridge.sandbox.world.Truth;
import org.conversationbridge.sandbox.world.Truth.Standing;
import org.conversationbridge.sandbox.world.World;
import org.conversationbridge.sandbox.world.WorldSettings;
import org.junit.jupiter.api.Test;

class TruthCheckTest {
    private static final Duration WINDOW = Duration.ofHours(2);

    private final MovableClock still = new MovableClock();
    private final World world = new World(WorldSettings.SMALL, still);
    private final Truth truth = new Truth(world);
    private final TruthCheck check = new TruthCheck(truth, world::now, WINDOW, 5);
    private final Map.Entry<String, Standing> connected = truth.standings(still.instant()).entrySet().stream()
            .filter(entry -> !entry.getValue().agentUserId().isEmpty())
            .findFirst()
            .orElseThrow();

    @Test
    void a_late_message_is_compared_with_the_still_sandbox() {
        check.check(message(connected.getValue().agentUserId(), still.instant().plusSeconds(300)));

        assertThat(check.differences()).isEmpty();
        assertThat(check.checked()).isEqualTo(1);
    }

    @Test
    void another_agent_is_a_difference() {
        check.check(message("nobody", still.instant()));

        assertThat(check.differences()).singleElement().asString().contains("agent is 'nobody' instead of");
    }

    private JsonNode message(String agentUserId, Instant observedAt) {
        ObjectNode message = JsonNodeFactory.instance
                .objectNode()
                .put("conversationId", connected.getKey())
                .put("observedAt", observedAt.toString());
        message.putObject("agent").put("userId", agentUserId);
        ObjectNode history = message.putObject("history").put("asOf", observedAt.toString());
        truth.finished(agentUserId, still.instant(), WINDOW).stream()
                .limit(5)
                .forEach(finished -> history.withArray("recent")
                        .addObject()
                        .put("conversationId", finished.conversationId())
                        .put("wrapUpCode", finished.wrapUpCode()));
        return message;
    }
}
