// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.broker;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.jms.Connection;
import jakarta.jms.ConnectionFactory;
import jakarta.jms.JMSException;
import jakarta.jms.MessageConsumer;
import jakarta.jms.Session;
import jakarta.jms.TextMessage;
import java.nio.file.Path;
import java.util.Optional;
import org.conversationbridge.DefaultQueues;
import org.conversationbridge.settings.BrokerSettings;
import org.conversationbridge.settings.Secret;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Why a message group alone does not keep pages in order, and what does: the broker counts a page until the transaction
 * in which it is worked on has ended, so that nothing need be announced before.
 */
class PageOrderTest {
    @TempDir
    private Path dataDir;

    @Test
    void a_page_overtakes_one_whose_consumer_is_closed_before_its_session() throws Exception {
        BrokerQueues queues = new BrokerQueues(DefaultQueues.NAMES);
        try (EmbeddedBroker broker = EmbeddedBroker.start(
                        new BrokerSettings(Optional.empty(), "", new Secret(""), "127.0.0.1", 0, dataDir), queues);
                Connection one = connection(broker);
                Connection other = connection(broker)) {
            Session working = one.createSession(Session.SESSION_TRANSACTED);
            Session waiting = other.createSession(Session.SESSION_TRANSACTED);
            send(waiting, "first");
            send(waiting, "second");
            MessageConsumer consumer = working.createConsumer(working.createQueue(DefaultQueues.NAMES.pages()));
            assertThat(text(consumer)).isEqualTo("first");

            consumer.close();

            MessageConsumer next = waiting.createConsumer(waiting.createQueue(DefaultQueues.NAMES.pages()));
            assertThat(text(next)).isEqualTo("second");
            waiting.commit();
            assertThat(depth(broker, queues)).isEqualTo(1);
            working.rollback();
            assertThat(text(next)).isEqualTo("first");
            waiting.commit();
            assertThat(depth(broker, queues)).isZero();
        }
    }

    private static Connection connection(EmbeddedBroker broker) throws JMSException {
        Connection connection = factory(broker, BrokerConnections::oneByOne).createConnection();
        connection.start();
        return connection;
    }

    private static ConnectionFactory factory(
            EmbeddedBroker broker, java.util.function.Function<BrokerConnections, ConnectionFactory> kind) {
        return kind.apply(BrokerConnections.to(broker.credentials()));
    }

    private static long depth(EmbeddedBroker broker, BrokerQueues queues) throws JMSException {
        return new QueueView(factory(broker, BrokerConnections::single), new QueueResolver(queues))
                .depth(DefaultQueues.NAMES.pages());
    }

    private static void send(Session session, String text) throws JMSException {
        TextMessage page = session.createTextMessage(text);
        page.setStringProperty("JMSXGroupID", "0");
        session.createProducer(session.createQueue(DefaultQueues.NAMES.pages())).send(page);
        session.commit();
    }

    private static String text(MessageConsumer consumer) throws JMSException {
        TextMessage message = (TextMessage) consumer.receive(30_000);
        return message == null ? "nothing" : message.getText();
    }
}
