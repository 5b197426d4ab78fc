// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.broker;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.jms.Connection;
import jakarta.jms.MessageConsumer;
import jakarta.jms.Session;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.activemq.artemis.core.security.Role;
import org.conversationbridge.DefaultQueues;
import org.conversationbridge.FreePorts;
import org.conversationbridge.LogCapture;
import org.conversationbridge.settings.Secret;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.messaginghub.pooled.jms.JmsPoolConnectionFactory;

class UnreadableTextsTest {
    private static final String PAGES = DefaultQueues.NAMES.pages();

    @TempDir
    private Path folder;

    private int port;

    /** A text whose file was cut off, as by a full disk. */
    @BeforeEach
    void damage() throws Exception {
        port = FreePorts.next();
        try (TestBroker broker = broker(true);
                Connection connection = broker.connect();
                Session session = connection.createSession(Session.AUTO_ACKNOWLEDGE)) {
            session.createProducer(session.createQueue(PAGES)).send(session.createTextMessage("x".repeat(300_000)));
        }
        try (Stream<Path> files = Files.list(folder.resolve("large"))) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
                    channel.truncate(1_000);
                }
            }
        }
    }

    @Test
    @Tag("soak")
    void where_the_login_may_not_manage_the_log_says_once_what_removes_it() throws Exception {
        List<String> said = putAsideTwice(false);

        assertThat(said)
                .singleElement()
                .asString()
                .startsWith("broker: a message on " + PAGES + " has an incomplete body")
                .contains("cannot be moved to DLQ." + PAGES + " (moveMessage was not answered, or refused)")
                .contains("operation removeMessage of the queue in the console, or give the login manage");
    }

    @Test
    void where_it_may_it_is_moved_to_the_dead_letters() throws Exception {
        List<String> said = putAsideTwice(true);

        assertThat(said)
                .singleElement()
                .asString()
                .contains(" on " + PAGES + " has an incomplete body and was moved to DLQ." + PAGES);
    }

    private List<String> putAsideTwice(boolean mayManage) throws Exception {
        try (LogCapture log = LogCapture.of(UnreadableTexts.class);
                TestBroker broker = broker(mayManage);
                Connection connection = broker.connect();
                Session session = connection.createSession(Session.AUTO_ACKNOWLEDGE);
                MessageConsumer deadLetters = session.createConsumer(session.createQueue("DLQ." + PAGES))) {
            JmsPoolConnectionFactory pool =
                    new BrokerConnections("tcp://127.0.0.1:" + port, "bridge", new Secret("secret")).pool();
            UnreadableTexts texts = new UnreadableTexts(pool, new ForeignMessages(pool, DefaultQueues.NAMES.error()));

            texts.putAside(PAGES);
            texts.putAside(PAGES);

            pool.stop();
            assertThat(deadLetters.getMessageSelector()).as("it is there").isNull();
            assertThat(broker.depth(PAGES)).isEqualTo(mayManage ? 0 : 1);
            return log.messages();
        }
    }

    private TestBroker broker(boolean mayManage) throws Exception {
        Role role = new Role("bridge", true, true, true, true, true, true, mayManage, true, true, true, true, true);
        return TestBroker.start(port, folder, Map.of("bridge", "secret"), role, unchanged -> {});
    }
}
