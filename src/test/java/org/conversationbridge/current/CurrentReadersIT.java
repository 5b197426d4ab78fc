// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.current;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.apache.activemq.artemis.jms.client.ActiveMQConnectionFactory;
import org.conversationbridge.DefaultQueues;
import org.conversationbridge.distribution.ArtemisServer;
import org.conversationbridge.distribution.Program;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Any number of readers of the current queue of an Artemis of one's own, with the shipped configuration. */
class CurrentReadersIT {
    private static final String QUEUE = DefaultQueues.NAMES.current();
    private static final int LIVE = 300;
    private static final int READERS = 12;

    @TempDir
    private static Path folder;

    private static ArtemisServer artemis;
    private static ReadersScenario readers;

    @BeforeAll
    static void start() throws Exception {
        artemis = ArtemisServer.create(folder.resolve("artemis")).withBridgeConfiguration();
        artemis.start(folder.resolve("artemis.log"));
        readers = new ReadersScenario(
                artemis.factory(),
                new ActiveMQConnectionFactory(
                        artemis.url() + "?consumerWindowSize=-1", ArtemisServer.USER, ArtemisServer.PASSWORD),
                QUEUE);
    }

    @AfterAll
    static void stop() throws Exception {
        artemis.close();
    }

    @Test
    void twelve_that_come_and_go_each_see_all_that_are_live() throws Exception {
        readers.theyComeAndGo(Duration.ofSeconds(2));
    }

    @Test
    void who_was_away_forgets_what_ended_meanwhile() throws Exception {
        readers.whoWasAwayForgetsWhatEndedMeanwhile(Duration.ZERO);
    }

    @Test
    void a_reader_that_holds_a_thousand_messages_delays_no_other() throws Exception {
        readers.whoHoldsMessagesDelaysNobody(Duration.ofSeconds(1));
    }

    /** The client is that of the distribution. */
    @Test
    void over_amqp_each_of_twelve_sees_all_that_are_live() throws Exception {
        try (LiveWriter writer = new LiveWriter(artemis.factory(), QUEUE, Duration.ofSeconds(1))) {
            writer.begin(LIVE);
            try (Program reading = amqpReaders()) {
                assertThat(reading.exitCode()).as(reading.output()).isZero();
                for (int reader = 0; reader < READERS; reader++) {
                    assertThat(reading.output()).contains("thread=" + reader + " Consumed: " + LIVE + " messages");
                }
            }
        }
    }

    private static Program amqpReaders() throws Exception {
        return Program.start(
                folder,
                Map.of(),
                Path.of(System.getProperty("artemis.home"), "bin", "artemis").toString(),
                "consumer",
                "--protocol",
                "AMQP",
                "--url",
                "amqp://127.0.0.1:" + artemis.port(),
                "--user",
                ArtemisServer.USER,
                "--password",
                ArtemisServer.PASSWORD,
                "--destination",
                "queue://" + QUEUE,
                "--threads",
                Integer.toString(READERS),
                "--message-count",
                Integer.toString(LIVE),
                "--receive-timeout",
                "20000",
                "--break-on-null",
                "--silent");
    }
}
