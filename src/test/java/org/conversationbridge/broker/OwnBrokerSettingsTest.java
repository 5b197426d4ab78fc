// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.broker;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.jms.Connection;
import jakarta.jms.MessageConsumer;
import jakarta.jms.Session;
import jakarta.jms.TextMessage;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.apache.activemq.artemis.core.config.Configuration;
import org.apache.activemq.artemis.core.deployers.impl.FileConfigurationParser;
import org.apache.activemq.artemis.core.server.embedded.EmbeddedActiveMQ;
import org.apache.activemq.artemis.core.settings.impl.AddressSettings;
import org.apache.activemq.artemis.jms.client.ActiveMQConnectionFactory;
import org.conversationbridge.settings.QueueSettings;
import org.junit.jupiter.api.Test;

/** What the README advises for a broker of your own, read and run by Artemis itself. */
class OwnBrokerSettingsTest {
    private static final QueueSettings NAMES = new QueueSettings(
            "genesys.poll.requests",
            "genesys.conversations.pages",
            "genesys.poll.checkpoint",
            "genesys.conversations.enriched",
            "genesys.conversations.current",
            "genesys.bridge.events",
            "genesys.poll.corrections",
            "genesys.poll.missing-histories",
            "genesys.conversations.error");
    private static final String RESULTS = NAMES.enriched();
    private static final String MATCH = "genesys.#";

    @Test
    void are_those_of_the_broker_inside() throws Exception {
        Map<String, AddressSettings> inside = new BrokerQueues(NAMES).addressSettings();
        Map<String, AddressSettings> own = advised().getAddressSettings();

        assertEqual(own.get(MATCH), inside.get(NAMES.enriched()));
        for (String inOrder : List.of(NAMES.pages(), NAMES.checkpoint())) {
            AddressSettings merged = new AddressSettings(own.get(inOrder));
            merged.merge(own.get(MATCH));
            assertEqual(merged, inside.get(inOrder));
        }
    }

    private static void assertEqual(AddressSettings own, AddressSettings inside) {
        assertThat(own.getMaxDeliveryAttempts()).isEqualTo(inside.getMaxDeliveryAttempts());
        assertThat(own.getRedeliveryDelay()).isEqualTo(inside.getRedeliveryDelay());
        assertThat(own.getRedeliveryMultiplier()).isEqualTo(inside.getRedeliveryMultiplier());
        assertThat(own.getMaxRedeliveryDelay()).isEqualTo(inside.getMaxRedeliveryDelay());
        assertThat(own.getAddressFullMessagePolicy()).isEqualTo(inside.getAddressFullMessagePolicy());
        assertThat(own.getMaxSizeBytes()).isEqualTo(inside.getMaxSizeBytes());
    }

    @Test
    void a_message_that_is_always_rolled_back_is_in_the_dead_letter_queue_of_its_queue() throws Exception {
        Configuration configuration = advised()
                .setPersistenceEnabled(false)
                .setSecurityEnabled(false)
                .addAcceptorConfiguration("vm", "vm://77");
        configuration.getAddressSettings().get(MATCH).setRedeliveryDelay(0).setMaxDeliveryAttempts(2);
        EmbeddedActiveMQ broker = new EmbeddedActiveMQ();
        broker.setConfiguration(configuration);
        broker.start();
        try (Connection connection = new ActiveMQConnectionFactory("vm://77").createConnection()) {
            connection.start();
            Session session = connection.createSession(Session.SESSION_TRANSACTED);
            session.createProducer(session.createQueue(RESULTS)).send(session.createTextMessage("poison"));
            session.commit();
            MessageConsumer consumer = session.createConsumer(session.createQueue(RESULTS));
            for (int i = 0; i < 2; i++) {
                assertThat(consumer.receive(5_000)).isNotNull();
                session.rollback();
            }

            TextMessage dead = (TextMessage) session.createConsumer(session.createQueue("DLQ::DLQ." + RESULTS))
                    .receive(5_000);

            assertThat(dead.getText()).isEqualTo("poison");
            assertThat(consumer.receiveNoWait()).isNull();
        } finally {
            broker.stop();
        }
    }

    private static Configuration advised() throws Exception {
        String core = "<core xmlns=\"urn:activemq:core\"><address-settings>" + AdvisedSettings.xml()
                + "</address-settings></core>";
        return new FileConfigurationParser()
                .parseMainConfig(new ByteArrayInputStream(core.getBytes(StandardCharsets.UTF_8)));
    }
}
