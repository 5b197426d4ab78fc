// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Each scenario with all of its peers, in processes of their own, on a small contact centre. */
@Tag("soak")
class BenchIT {
    @ParameterizedTest
    @MethodSource("scenarios")
    void every_peer_delivers_everything(Scenario scenario) throws Exception {
        List<Peer> peers = scenario.peers().stream().map(Peer::named).toList();

        Result result = Bench.measure(scenario, peers);

        assertThat(result.runs()).hasSizeGreaterThanOrEqualTo(peers.size());
        assertThat(result.raw()).allSatisfy(line -> assertThat(line).contains(" doubled=0 "));
        assertThat(result.raw()).noneSatisfy(line -> assertThat(line).containsPattern(" missing=[1-9]"));
    }

    static Stream<Scenario> scenarios() throws Exception {
        return Scenario.all().stream().map(BenchIT::small);
    }

    private static Scenario small(Scenario scenario) {
        Map<String, String> values = new HashMap<>(
                Map.of("runs", "1", "conversations", "120", "agents", "8", "linger-s", "0", "timeout-s", "120"));
        if (scenario.isSteady()) {
            values.putAll(Map.of("conversations", "100 200", "polls", "2", "poll-every-s", "0"));
        }
        return scenario.with(values);
    }
}
