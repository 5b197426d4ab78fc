// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.current;

import jakarta.jms.ConnectionFactory;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.apache.activemq.artemis.jms.client.ActiveMQConnectionFactory;
import org.conversationbridge.DefaultQueues;
import org.conversationbridge.broker.BrokerCredentials;
import org.conversationbridge.broker.BrokerQueues;
import org.conversationbridge.broker.EmbeddedBroker;
import org.conversationbridge.settings.BrokerSettings;
import org.conversationbridge.settings.Secret;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Any number of readers of the current queue of the embedded broker, at any time. */
class CurrentReadersTest {
    @TempDir
    private static Path dataDir;

    private static EmbeddedBroker broker;
    private static ReadersScenario readers;

    @BeforeAll
    static void start() {
        broker = EmbeddedBroker.start(
                new BrokerSettings(Optional.empty(), "", new Secret(""), "127.0.0.1", 0, dataDir),
                new BrokerQueues(DefaultQueues.NAMES));
        readers = new ReadersScenario(factory(""), factory("?consumerWindowSize=-1"), DefaultQueues.NAMES.current());
    }

    @AfterAll
    static void stop() throws Exception {
        broker.close();
    }

    @Test
    void twelve_that_come_and_go_each_see_all_that_are_live() throws Exception {
        readers.theyComeAndGo(Duration.ofSeconds(3));
    }

    @Test
    void who_was_away_forgets_what_ended_meanwhile() throws Exception {
        readers.whoWasAwayForgetsWhatEndedMeanwhile(Duration.ZERO);
    }

    @Test
    void a_reader_that_holds_a_thousand_messages_delays_no_other() throws Exception {
        readers.whoHoldsMessagesDelaysNobody(Duration.ofSeconds(1));
    }

    @Test
    @Tag("soak")
    void twelve_that_come_and_go_for_two_minutes() throws Exception {
        readers.theyComeAndGo(Duration.ofMinutes(2));
    }

    @Test
    @Tag("soak")
    void who_was_away_for_a_minute() throws Exception {
        readers.whoWasAwayForgetsWhatEndedMeanwhile(Duration.ofMinutes(1));
    }

    @Test
    @Tag("soak")
    void who_holds_a_thousand_messages_for_five_minutes() throws Exception {
        readers.whoHoldsMessagesDelaysNobody(Duration.ofMinutes(5));
    }

    private static ConnectionFactory factory(String parameters) {
        BrokerCredentials credentials = broker.credentials();
        return new ActiveMQConnectionFactory(
                credentials.url() + parameters,
                credentials.user(),
                credentials.password().reveal());
    }
}
