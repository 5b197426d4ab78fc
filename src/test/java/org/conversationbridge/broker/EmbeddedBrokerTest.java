// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.broker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import jakarta.jms.Connection;
import jakarta.jms.JMSException;
import jakarta.jms.JMSSecurityException;
import jakarta.jms.MessageConsumer;
import jakarta.jms.MessageProducer;
import jakarta.jms.Session;
import jakarta.jms.TextMessage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.activemq.artemis.api.core.SimpleString;
import org.conversationbridge.DefaultQueues;
import org.conversationbridge.LogCapture;
import org.conversationbridge.settings.BrokerSettings;
import org.conversationbridge.settings.QueueSettings;
import org.conversationbridge.settings.Secret;
import org.conversationbridge.tls.ServerKeys;
import org.conversationbridge.tls.TestCertificate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EmbeddedBrokerTest {
    @TempDir
    private Path dataDir;

    /** It logs a greeting in TLS as a broken connection: AMQ212037 ... Frame size exceeded. */
    @Test
    void a_check_of_the_login_is_no_broken_connection_to_it() throws Exception {
        try (EmbeddedBroker broker = start(0);
                LogCapture log = LogCapture.of("org.apache.activemq.artemis.core.client")) {
            BrokerConnections connections = BrokerConnections.to(broker.credentials());

            assertThat(connections.checkLogin()).isEmpty();
            assertThat(log.warnings()).isEmpty();

            assertThat(connections.whyUnreachable()).as("greets in TLS").isEmpty();
            await().untilAsserted(() ->
                    assertThat(log.warnings()).singleElement().asString().contains("Frame size exceeded"));
        }
    }

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
    void no_other_user_gets_in() throws Exception {
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
                    session -> session.createProducer(session.createQueue(DefaultQueues.NAMES.enriched()))
                            .send(session.createTextMessage("kept")));
        }
        try (EmbeddedBroker broker = start(0)) {
            withSession(
                    broker,
                    session -> assertThat(((TextMessage)
                                            session.createConsumer(session.createQueue(DefaultQueues.NAMES.enriched()))
                                                    .receive(30_000))
                                    .getText())
                            .isEqualTo("kept"));
        }
    }

    @Test
    void only_one_consumer_gets_poll_requests() throws Exception {
        try (EmbeddedBroker broker = start(0)) {
            withSession(broker, session -> {
                MessageConsumer first = session.createConsumer(session.createQueue(DefaultQueues.NAMES.pollRequests()));
                MessageConsumer second =
                        session.createConsumer(session.createQueue(DefaultQueues.NAMES.pollRequests()));
                for (int i = 0; i < 4; i++) {
                    session.createProducer(session.createQueue(DefaultQueues.NAMES.pollRequests()))
                            .send(session.createMessage());
                }

                for (int i = 0; i < 4; i++) {
                    assertThat(first.receive(30_000)).isNotNull();
                }
                assertThat(second.receiveNoWait()).isNull();
            });
        }
    }

    @Test
    void every_queue_has_a_dead_letter_queue() throws Exception {
        try (EmbeddedBroker broker = start(0)) {
            withSession(broker, session -> {
                for (String name : DefaultQueues.NAMES.all()) {
                    assertThat(session.createBrowser(session.createQueue("DLQ." + name))
                                    .getEnumeration()
                                    .hasMoreElements())
                            .isFalse();
                }
            });
        }
    }

    @Test
    void every_queue_is_of_its_kind_also_after_a_restart() throws Exception {
        for (int start = 0; start < 2; start++) {
            try (EmbeddedBroker broker = start(0)) {
                withSession(broker, session -> {
                    for (BrokerQueue queue : new BrokerQueues(DefaultQueues.NAMES).all()) {
                        var found = QueueResolver.core(session).queueQuery(SimpleString.of(queue.name()));
                        assertThat(queue.wrongKind(found)).isEmpty();
                        assertThat(queue.lackOfBuckets(found)).isEmpty();
                    }
                });
            }
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
    void a_folder_that_cannot_be_used_is_refused_with_the_reason() throws Exception {
        Path file = Files.writeString(dataDir.resolve("file"), "");
        BrokerSettings below =
                new BrokerSettings(Optional.empty(), "", new Secret(""), "127.0.0.1", 0, file.resolve("data"));
        assertThatThrownBy(() -> EmbeddedBroker.start(below, new BrokerQueues(DefaultQueues.NAMES)))
                .isInstanceOf(BrokerException.class)
                .hasMessageContaining("The data folder " + file.resolve("data") + " cannot be used: ")
                .hasMessageContaining("it is a file, not a folder. Set DATA_DIR");
        Path credentials = dataDir.resolve(BrokerCredentials.FILE);
        Files.write(credentials, "broker.user=f\u00fcr\n".getBytes(StandardCharsets.ISO_8859_1));

        assertThatThrownBy(() -> start(0))
                .hasMessageContaining(credentials + " cannot be read: line 1 is not UTF-8")
                .hasMessageContaining("Repair or delete it");
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

    @Test
    void no_other_user_may_enter_its_folders_whatever_the_mask() throws Exception {
        Path open = Files.createDirectories(dataDir.resolve("data/journal"));
        Files.setPosixFilePermissions(open, PosixFilePermissions.fromString("rwxr-xr-x"));
        Path fresh = dataDir.resolve("new/data");
        for (Path data : List.of(dataDir.resolve("data"), fresh)) {
            EmbeddedBroker.start(
                            new BrokerSettings(Optional.empty(), "", new Secret(""), "127.0.0.1", 0, data),
                            new BrokerQueues(DefaultQueues.NAMES))
                    .close();

            assertThat(Stream.of("journal", "bindings", "paging", "large-messages"))
                    .allSatisfy(folder ->
                            assertThat(permissions(data.resolve(folder))).isEqualTo("rwx------"));
        }
        assertThat(permissions(fresh)).isEqualTo("rwx------");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "broker.user=bridge",
                "broker.password=left",
                "broker.user=\nbroker.password=",
                "broker.user=\\u00",
                "no properties"
            })
    void credentials_that_cannot_be_used_are_written_anew(String content) throws Exception {
        Files.writeString(dataDir.resolve(BrokerCredentials.FILE), content);

        try (EmbeddedBroker broker = start(0)) {
            withSession(broker, session -> assertThat(session.getTransacted()).isFalse());
            assertThat(BrokerCredentials.read(dataDir).password().reveal()).hasSize(48);
        }
    }

    @Test
    void a_journal_that_cannot_be_read_is_one_sentence_and_the_folder_is_free_again() throws Exception {
        start(0).close();
        Path file;
        try (Stream<Path> files = Files.list(dataDir.resolve("journal"))) {
            file = files.filter(name -> name.toString().endsWith(".amq"))
                    .sorted()
                    .findFirst()
                    .orElseThrow();
        }
        Path kept = Files.move(file, dataDir.resolve("kept"));
        Files.createDirectory(file);

        assertThatThrownBy(() -> start(0))
                .isInstanceOf(BrokerException.class)
                .hasMessageContaining(dataDir.toString())
                .hasMessageContaining("cannot be read or written")
                .hasMessageNotContaining("\n");

        Files.delete(file);
        Files.move(kept, file);
        start(0).close();
    }

    @Test
    void a_text_whose_file_was_cut_off_is_put_aside_and_the_next_one_comes() throws Exception {
        String text = "x".repeat(300_000);
        try (EmbeddedBroker broker = start(0)) {
            withSession(broker, session -> {
                MessageProducer producer = session.createProducer(session.createQueue(DefaultQueues.NAMES.pages()));
                producer.send(session.createTextMessage(text));
                producer.send(session.createTextMessage(text + "whole"));
                producer.send(session.createTextMessage("small"));
            });
        }
        List<Path> files;
        try (Stream<Path> all = Files.list(dataDir.resolve("large-messages"))) {
            files = all.sorted(Comparator.comparingLong(
                            file -> Long.parseLong(file.getFileName().toString().replace(".msg", ""))))
                    .toList();
        }
        assertThat(files).hasSize(2);
        try (FileChannel first = FileChannel.open(files.get(0), StandardOpenOption.WRITE)) {
            first.truncate(1_000);
        }

        try (EmbeddedBroker broker = start(0)) {
            withSession(broker, session -> {
                MessageConsumer pages = session.createConsumer(session.createQueue(DefaultQueues.NAMES.pages()));
                assertThat(((TextMessage) pages.receive(30_000)).getText()).isEqualTo(text + "whole");
                assertThat(((TextMessage) pages.receive(30_000)).getText()).isEqualTo("small");
                assertThat(pages.receiveNoWait()).isNull();
                assertThat(QueueResolver.depth(session, QueueSettings.DEAD_LETTERS + DefaultQueues.NAMES.pages()))
                        .isEqualTo(1);
            });
        }
    }

    @Test
    void with_keys_other_machines_get_tls_and_nothing_else() throws Exception {
        TestCertificate certificate = TestCertificate.of("ip:127.0.0.1", dataDir);
        BrokerSettings settings = new BrokerSettings(
                Optional.empty(),
                "",
                new Secret(""),
                "127.0.0.1",
                0,
                Optional.of(ServerKeys.read(certificate.keys(), TestCertificate.PASSWORD)),
                dataDir.resolve("data"));
        try (EmbeddedBroker broker = EmbeddedBroker.start(settings, new BrokerQueues(DefaultQueues.NAMES))) {
            BrokerCredentials inside = broker.credentials();
            String url = "tcp://127.0.0.1:" + broker.tlsPort().orElseThrow();
            BrokerConnections trusting = new BrokerConnections(
                    url + "?sslEnabled=true&trustStoreType=PEM&trustStorePath=" + certificate.pem(),
                    inside.user(),
                    inside.password());
            BrokerConnections plain = new BrokerConnections(url, inside.user(), inside.password());

            withSession(broker, session -> assertThat(session.getTransacted()).isFalse());
            try (Connection connection = trusting.single().createConnection()) {
                connection.start();
            }
            assertThatThrownBy(() -> plain.single().createConnection()).isInstanceOf(JMSException.class);
            assertThat(URI.create(inside.url()).getHost()).isEqualTo("127.0.0.1");
        }
    }

    private static String permissions(Path path) {
        try {
            return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
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

    @Test
    void one_that_begins_empty_touches_nothing_while_another_uses_the_folder() throws Exception {
        try (EmbeddedBroker first = start(0)) {
            Set<Path> before = files();

            assertThatThrownBy(() -> startEmpty(0))
                    .isInstanceOf(BrokerException.class)
                    .hasMessageContaining("is in use by another process");

            assertThat(files()).isEqualTo(before);
        }
        Files.writeString(dataDir.resolve("journal/left-over"), "");
        try (EmbeddedBroker next = startEmpty(0)) {
            assertThat(dataDir.resolve("journal/left-over")).doesNotExist();
        }
    }

    private EmbeddedBroker startEmpty(int port) {
        return EmbeddedBroker.startEmpty(
                new BrokerSettings(Optional.empty(), "", new Secret(""), "127.0.0.1", port, dataDir),
                new BrokerQueues(DefaultQueues.NAMES),
                "copy");
    }

    private Set<Path> files() throws Exception {
        try (var files = Files.walk(dataDir)) {
            return files.collect(Collectors.toSet());
        }
    }

    private EmbeddedBroker start(int port) {
        return EmbeddedBroker.start(
                new BrokerSettings(Optional.empty(), "", new Secret(""), "127.0.0.1", port, dataDir),
                new BrokerQueues(DefaultQueues.NAMES));
    }
}
