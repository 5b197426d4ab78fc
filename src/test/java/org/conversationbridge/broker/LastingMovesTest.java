// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.broker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.awaitility.Awaitility.await;

import jakarta.jms.Connection;
import jakarta.jms.JMSException;
import jakarta.jms.Message;
import jakarta.jms.MessageProducer;
import jakarta.jms.QueueBrowser;
import jakarta.jms.Session;
import jakarta.jms.TextMessage;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.activemq.artemis.api.core.SimpleString;
import org.apache.activemq.artemis.core.config.Configuration;
import org.apache.activemq.artemis.core.config.CoreAddressConfiguration;
import org.apache.activemq.artemis.core.security.Role;
import org.apache.activemq.artemis.core.settings.impl.AddressSettings;
import org.apache.activemq.artemis.jms.client.ActiveMQConnectionFactory;
import org.apache.activemq.artemis.jms.client.ActiveMQMessage;
import org.conversationbridge.DefaultQueues;
import org.conversationbridge.settings.QueueSettings;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What is taken off a non-destructive queue stays away when the broker starts again, and its copy stays one. */
class LastingMovesTest {
    private static final QueueSettings NAMES = DefaultQueues.NAMES;
    private static final BrokerQueues QUEUES = new BrokerQueues(NAMES);
    private static final long HEAP = 2L << 30;
    private static final List<String> LASTING = List.of(NAMES.checkpoint(), NAMES.current());
    private static final String FOREIGN = "foreign";
    private static final String KEY = "_AMQ_LVQ_NAME";

    @TempDir
    private Path folder;

    private TestBroker broker;
    private ActiveMQConnectionFactory factory;
    private int port;
    private Map<String, AddressSettings> settings;

    static Stream<Arguments> settings() {
        return Stream.of(
                Arguments.of("the settings of the bridge", QUEUES.addressSettings(HEAP)),
                Arguments.of("no settings", Map.of()),
                Arguments.of("dead letters elsewhere, as in earlier versions", elsewhere()));
    }

    private static Map<String, AddressSettings> elsewhere() {
        return LASTING.stream()
                .collect(Collectors.toMap(
                        queue -> queue,
                        queue -> new AddressSettings().setDeadLetterAddress(SimpleString.of("DLQ." + queue))));
    }

    @AfterEach
    void stop() throws Exception {
        factory.close();
        broker.close();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("settings")
    @Tag("soak")
    void a_foreign_message_is_moved_once_whatever_restarts(String name, Map<String, AddressSettings> addressSettings)
            throws Exception {
        start(addressSettings);
        for (String queue : LASTING) {
            send(queue, "no key", null, true);
            send(queue, "a key", "a key", true);
            send(queue, "no JMSMessageID", null, false);
            send(queue, "kept", "kept", true);
            move(queue);
        }
        assertMoved("a key", "no JMSMessageID", "no key");

        restart();
        LASTING.forEach(this::move);

        assertMoved("a key", "no JMSMessageID", "no key");
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("settings")
    @Tag("soak")
    void what_was_copied_before_the_process_ended_is_not_copied_again(
            String name, Map<String, AddressSettings> addressSettings) throws Exception {
        start(addressSettings);
        for (String queue : LASTING) {
            send(queue, "copied", "copied", true);
            send(queue, "moved by an earlier version", null, true);
            send(queue, "kept", "kept", true);
            invoke(queue, "copyMessage", number(queue, "copied"), NAMES.error());
            invoke(queue, "moveMessage", number(queue, "moved by an earlier version"), NAMES.error());
        }
        restart();
        for (String queue : LASTING) {
            assertThat(texts(queue)).containsExactly("copied", "kept", "moved by an earlier version");
            move(queue);
        }
        assertMoved("copied", "moved by an earlier version");

        restart();
        LASTING.forEach(this::move);

        assertMoved("copied", "moved by an earlier version");
    }

    /** Of each of the two queues once. */
    private void assertMoved(String... moved) throws JMSException {
        assertThat(texts(NAMES.error()))
                .isEqualTo(Stream.of(moved)
                        .flatMap(text -> Stream.of(text, text))
                        .sorted()
                        .toList());
        for (String queue : LASTING) {
            assertThat(texts(queue)).containsExactly("kept");
            assertThat(texts("DLQ." + queue)).isEmpty();
        }
    }

    /** The shortest of the above, for every build: on the settings of the bridge and without any. */
    @Test
    void one_that_is_moved_and_one_that_was_copied_stay_away() throws Exception {
        start(Map.of(NAMES.current(), new AddressSettings().setDeadLetterAddress(SimpleString.of(NAMES.error()))));
        for (String queue : LASTING) {
            send(queue, "moved", null, true);
            send(queue, "copied", "copied", true);
            send(queue, "kept", "kept", true);
            invoke(queue, "copyMessage", number(queue, "copied"), NAMES.error());
            move(queue);
        }

        restart();
        LASTING.forEach(this::move);

        assertMoved("copied", "moved");
    }

    @Test
    @Tag("soak")
    void what_left_or_was_replaced_and_what_the_log_advises_to_expire_stays_away() throws Exception {
        start(QUEUES.addressSettings(HEAP));
        for (String queue : LASTING) {
            send(queue, "first", "left", true);
            send(queue, "second", "left", true);
            send(queue, "earlier format", "replaced", true);
            send(queue, "newest format", "replaced", true);
            send(queue, "expired", null, true);
            send(queue, "removed", null, true);
            invoke(queue, "expireMessage", number(queue, "expired"));
            invoke(queue, "removeMessage", number(queue, "removed"));
            new LeavingMessages(factory, new QueueResolver(QUEUES), queue, Duration.ofMillis(1))
                    .leave(KEY + " = 'left'");
            await().until(() -> texts(queue).equals(List.of("newest format")));
        }

        restart();

        for (String queue : LASTING) {
            assertThat(texts(queue))
                    .as("'removed' is what the log warns of")
                    .containsExactly("newest format", "removed");
        }
    }

    private void start(Map<String, AddressSettings> addressSettings) throws Exception {
        try (ServerSocket free = new ServerSocket(0)) {
            port = free.getLocalPort();
        }
        settings = addressSettings;
        factory = new ActiveMQConnectionFactory("tcp://127.0.0.1:" + port, "bridge", "bridge");
        run();
    }

    private void run() throws Exception {
        Role all = new Role("bridge", true, true, true, true, true, true, true, true, true, true, true, true);
        broker = TestBroker.start(port, folder, Map.of("bridge", "bridge"), all, this::configure);
    }

    private void configure(Configuration configuration) {
        QUEUES.configurations()
                .forEach(queue -> configuration.addAddressConfiguration(new CoreAddressConfiguration()
                        .setName(String.valueOf(queue.getAddress()))
                        .addRoutingType(queue.getRoutingType())
                        .addQueueConfiguration(queue)));
        settings.forEach(configuration::addAddressSetting);
        configuration.setMessageExpiryScanPeriod(100).setJournalFileSize(1 << 20);
    }

    private void restart() throws Exception {
        broker.close();
        run();
    }

    private void send(String queue, String text, @Nullable String key, boolean hasId) throws JMSException {
        try (Connection connection = factory.createConnection();
                Session session = connection.createSession(Session.AUTO_ACKNOWLEDGE);
                MessageProducer producer = session.createProducer(session.createQueue(queue))) {
            TextMessage message = session.createTextMessage(text);
            message.setBooleanProperty(FOREIGN, !"kept".equals(text));
            if (key != null) {
                message.setStringProperty(KEY, key);
            }
            producer.setDisableMessageID(!hasId);
            producer.send(message);
        }
    }

    /** What a poll does with what it does not know. */
    private void move(String queue) {
        ForeignMessages foreign = new ForeignMessages(factory, NAMES.error());
        assertThatCode(() ->
                        new QueueView(factory, new QueueResolver(QUEUES)).show(queue, null, foreign, new AllForeign()))
                .doesNotThrowAnyException();
    }

    private static final class AllForeign implements QueueView.Visitor {
        @Override
        public Optional<String> sees(Message message) throws JMSException {
            return message.getBooleanProperty(FOREIGN) ? Optional.of("It is foreign.") : Optional.empty();
        }

        @Override
        public boolean hasSeenAll() {
            return true;
        }
    }

    private void invoke(String queue, String operation, Object... arguments) throws JMSException {
        try (Connection connection = factory.createConnection();
                Management management = new Management(connection)) {
            assertThat(management.invoke(queue, operation, arguments)).isTrue();
        }
    }

    private long number(String queue, String text) throws JMSException {
        try (Connection connection = factory.createConnection();
                Session session = connection.createSession(Session.AUTO_ACKNOWLEDGE)) {
            connection.start();
            for (Message message : browse(session, queue)) {
                if (text.equals(((TextMessage) message).getText())) {
                    return ((ActiveMQMessage) message).getCoreMessage().getMessageID();
                }
            }
        }
        throw new AssertionError(text);
    }

    private List<String> texts(String queue) throws JMSException {
        List<String> texts = new ArrayList<>();
        try (Connection connection = factory.createConnection();
                Session session = connection.createSession(Session.AUTO_ACKNOWLEDGE)) {
            connection.start();
            for (Message message : browse(session, queue)) {
                texts.add(((TextMessage) message).getText());
            }
        }
        return texts.stream().sorted().toList();
    }

    private static List<Message> browse(Session session, String queue) throws JMSException {
        try (QueueBrowser browser = session.createBrowser(session.createQueue(queue))) {
            return Collections.list(browser.getEnumeration()).stream()
                    .map(Message.class::cast)
                    .toList();
        }
    }
}
