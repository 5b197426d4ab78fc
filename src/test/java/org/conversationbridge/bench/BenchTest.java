// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.conversationbridge.DefaultQueues;
import org.conversationbridge.broker.BrokerConnections;
import org.conversationbridge.broker.BrokerQueues;
import org.conversationbridge.broker.EmbeddedBroker;
import org.conversationbridge.settings.BrokerSettings;
import org.conversationbridge.settings.Secret;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The benchmarks themselves, in short; with all peers they are {@link BenchIT}. */
class BenchTest {
    @TempDir
    private Path folder;

    @Test
    void every_scenario_can_be_read() throws Exception {
        assertThat(Scenario.all()).hasSizeGreaterThanOrEqualTo(8).allSatisfy(scenario -> {
            assertThat(scenario.title()).isNotBlank();
            assertThat(scenario.peers()).isNotEmpty().allSatisfy(Peer::named);
            assertThat(scenario.conversations())
                    .allSatisfy(number -> assertThat(scenario.agents(number)).isPositive());
            assertThat(scenario.runs()).isGreaterThanOrEqualTo(3);
            assertThat(scenario.goals()).isNotNull();
            assertThat(scenario.processes()).isNotEmpty();
        });
    }

    @Test
    void a_run_of_a_peer_says_what_arrived_and_what_it_took() throws Exception {
        Scenario small = new Scenario(
                folder,
                Map.of(
                        "title", "small",
                        "conversations", "150",
                        "agents", "10",
                        "timeout-s", "60"));
        BrokerSettings settings =
                new BrokerSettings(Optional.empty(), "", new Secret(""), "127.0.0.1", 0, folder.resolve("data"));
        try (EmbeddedBroker broker = EmbeddedBroker.start(settings, new BrokerQueues(DefaultQueues.NAMES))) {
            BrokerConnections connections = BrokerConnections.to(broker.credentials());
            Rig rig = Rig.at(
                    connections.url(),
                    connections.user(),
                    connections.password().reveal());

            Figures figures = new ColdRun(rig, small, folder).measure(Peer.LOOP_TWO, 150, 1, 1);

            assertThat(figures.values())
                    .containsEntry("messages", 150.0)
                    .containsEntry("missing", 0.0)
                    .containsEntry("doubled", 0.0)
                    .containsKeys("launch-to-first-s", "cpu-s");
            // Two pages of conversations, and the histories of the agents.
            assertThat(figures.get("requests"))
                    .hasValueSatisfying(requests -> assertThat(requests).isBetween(3.0, 6.0));
        }
    }
}
