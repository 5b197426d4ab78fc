// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.broker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import jakarta.jms.Connection;
import jakarta.jms.JMSSecurityException;
import jakarta.jms.MessageConsumer;
import jakarta.jms.Session;
import jakarta.jms.TextMessage;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import org.conversationbridge.settings.BrokerSettings;
import org.conversationbridge.settings.QueueSettings;
import org.conversationbridge.settings.Secret;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmbeddedBrokerTest {
    private static final QueueSettings NAMES = new QueueSettings(
            "requests", "pages", "checkpoint", "results", "current", "events", "corrections", "missing", "errors");

    @TempDir
    private Path dataDir;

    @Test
    void its_credentials_are_readable_by_the_owner_only_and_stay_over_a_restart() throws Exception {
        BrokerCredentials first;
        try (EmbeddedBroker broker = start(0)) {
            first = broker.credentials();
            assertThat(PosixFilePermissions.toString(
                            Files.getPosixFilePermissions(dataDir.resolve(BrokerCredentials.FILE))))
                    .isEqualTo("rw-------");
            assertThat(BrokerCredentials.read(dataDir).url()).isEqualTo(first.url());
        }
        try (EmbeddedBroker broker = start(0)) {
            assertThat(broker.credentials().password().reveal())
                    .isEqualTo(first.password().reveal());
        }
    }

    @Test
    void nobody_else_gets_in() throws Exception {
        try (EmbeddedBroker broker = start(0)) {
            BrokerConnections stranger =
                    new BrokerConnections(broker.credentials().url(), "bridge", new Secret("guess"));
            BrokerConnections nobody =
                    new BrokerConnections(broker.credentials().url(), "", new Secret(""));

            assertThatThrownBy(() -> stranger.single().createConnection()).isInstanceOf(JMSSecurityException.class);
            assertThatThrownBy(() -> nobody.single().createConnection()).isInstanceOf(JMSSecurityException.class);
        }
    }

    @Test
    void what_is_on_a_queue_survives_a_restart() throws Exception {
        try (EmbeddedBroker broker = start(0)) {
            withSession(
                    broker,
                    session -> session.createProducer(session.createQueue("results"))
                            .send(session.createTextMessage("kept")));
        }
        try (EmbeddedBroker broker = start(0)) {
            withSession(
                    broker,
                    session -> assertThat(((TextMessage) session.createConsumer(session.createQueue("results"))
                                            .receive(5_000))
                                    .getText())
                            .isEqualTo("kept"));
        }
    }

    @Test
    void only_one_consumer_gets_poll_requests() throws Exception {
        try (EmbeddedBroker broker = start(0)) {
            withSession(broker, session -> {
                MessageConsumer first = session.createConsumer(session.createQueue("requests"));
                MessageConsumer second = session.createConsumer(session.createQueue("requests"));
                for (int i = 0; i < 4; i++) {
                    session.createProducer(session.createQueue("requests")).send(session.createMessage());
                }

                for (int i = 0; i < 4; i++) {
                    assertThat(first.receive(5_000)).isNotNull();
                }
                assertThat(second.receiveNoWait()).isNull();
            });
        }
    }

    @Test
    void every_queue_has_a_dead_letter_queue() throws Exception {
        try (EmbeddedBroker broker = start(0)) {
            withSession(broker, session -> {
                for (String name : NAMES.all()) {
                    assertThat(session.createBrowser(session.createQueue("DLQ." + name))
                                    .getEnumeration()
                                    .hasMoreElements())
                            .isFalse();
                }
            });
        }
    }

    @Test
    void a_folder_in_use_is_refused_at_once() throws Exception {
        try (EmbeddedBroker broker = start(0)) {
            assertThat(broker.credentials().url()).isNotEmpty();
            assertThatThrownBy(() -> start(0))
                    .isInstanceOf(BrokerException.class)
                    .hasMessageContaining("is in use by another process")
                    .hasMessageContaining("DATA_DIR");
        }
    }

    @Test
    void a_port_in_use_is_refused_with_what_to_do_and_the_folder_is_free_again() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            assertThatThrownBy(() -> start(taken.getLocalPort()))
                    .isInstanceOf(BrokerException.class)
                    .hasMessageContaining("cannot listen on 127.0.0.1:" + taken.getLocalPort())
                    .hasMessageContaining("BROKER_PORT");
        }
        start(0).close();
    }

    private interface Step {
        void run(Session session) throws Exception;
    }

    private static void withSession(EmbeddedBroker broker, Step step) throws Exception {
        try (Connection connection =
                BrokerConnections.to(broker.credentials()).single().createConnection()) {
            connection.start();
            step.run(connection.createSession(Session.AUTO_ACKNOWLEDGE));
        }
    }

    private EmbeddedBroker start(int port) {
        return EmbeddedBroker.start(
                new BrokerSettings(Optional.empty(), "", new Secret(""), "127.0.0.1", port, dataDir),
                new BrokerQueues(NAMES));
    }
}
