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
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.activemq.artemis.api.core.QueueConfiguration;
import org.apache.activemq.artemis.core.config.Configuration;
import org.apache.activemq.artemis.core.deployers.impl.FileConfigurationParser;
import org.apache.activemq.artemis.core.security.Role;
import org.apache.activemq.artemis.core.server.embedded.EmbeddedActiveMQ;
import org.apache.activemq.artemis.core.settings.impl.AddressSettings;
import org.apache.activemq.artemis.core.settings.impl.HierarchicalObjectRepository;
import org.apache.activemq.artemis.jms.client.ActiveMQConnectionFactory;
import org.conversationbridge.DefaultQueues;
import org.conversationbridge.settings.QueueSettings;
import org.junit.jupiter.api.Test;

/** The broker.xml for an Artemis of one's own, read and run by Artemis itself, is what the embedded broker is. */
class ShippedBrokerTest {
    private static final long HEAP = 2L << 30;
    private static final QueueSettings NAMES = DefaultQueues.NAMES;
    private static final BrokerQueues QUEUES = new BrokerQueues(NAMES);

    @Test
    void its_queues_are_those_of_the_broker_inside() throws Exception {
        List<QueueConfiguration> shipped = shipped().getAddressConfigurations().stream()
                .flatMap(address -> address.getQueueConfigs().stream())
                .filter(queue ->
                        !List.of("DLQ", "ExpiryQueue").contains(queue.getName().toString()))
                .toList();

        assertThat(shipped.stream().map(ShippedBrokerTest::kind))
                .containsExactlyInAnyOrderElementsOf(QUEUES.configurations().stream()
                        .map(ShippedBrokerTest::kind)
                        .toList());
    }

    private static List<Object> kind(QueueConfiguration queue) {
        return List.of(
                queue.getName(),
                queue.getAddress(),
                queue.getRoutingType(),
                queue.isDurable() == null || queue.isDurable(),
                Boolean.TRUE.equals(queue.isExclusive()),
                Boolean.TRUE.equals(queue.isLastValue()),
                Boolean.TRUE.equals(queue.isNonDestructive()),
                Boolean.TRUE.equals(queue.isGroupRebalance()),
                Boolean.TRUE.equals(queue.isGroupRebalancePauseDispatch()),
                queue.getGroupBuckets() == null ? -1 : queue.getGroupBuckets());
    }

    @Test
    void its_address_settings_are_those_of_the_broker_inside() throws Exception {
        HierarchicalObjectRepository<AddressSettings> shipped = new HierarchicalObjectRepository<>();
        shipped().getAddressSettings().forEach(shipped::addMatch);

        for (BrokerQueue queue : QUEUES.all()) {
            assertThat(values(shipped.getMatch(queue.name())))
                    .as(queue.name())
                    .isEqualTo(values(queue.addressSettings(HEAP)));
            AddressSettings alias = shipped.getMatch("jms.queue." + queue.name());
            assertThat(List.of(alias.isAutoCreateQueues(), alias.isAutoCreateAddresses()))
                    .as("what a client takes where it does not find %s", queue.name())
                    .containsOnly(false);
        }
    }

    private static Map<String, Object> values(AddressSettings settings) {
        return Map.ofEntries(
                Map.entry("attempts", settings.getMaxDeliveryAttempts()),
                Map.entry("delay", settings.getRedeliveryDelay()),
                Map.entry("multiplier", settings.getRedeliveryMultiplier()),
                Map.entry("longest delay", settings.getMaxRedeliveryDelay()),
                Map.entry("policy", settings.getAddressFullMessagePolicy()),
                Map.entry("size", settings.getMaxSizeBytes()),
                Map.entry("messages", settings.getMaxSizeMessages()),
                Map.entry("page", settings.getPageSizeBytes()),
                Map.entry("dead letters", text(settings.getDeadLetterAddress())),
                Map.entry("expired", text(settings.getExpiryAddress())),
                Map.entry("creates queues", settings.isAutoCreateQueues()),
                Map.entry("deletes queues", settings.isAutoDeleteQueues()),
                Map.entry("creates addresses", settings.isAutoCreateAddresses()),
                Map.entry("no route", settings.isSendToDLAOnNoRoute()),
                Map.entry("deletes addresses", settings.isAutoDeleteAddresses()));
    }

    private static String text(@org.jspecify.annotations.Nullable Object address) {
        return address == null ? "" : address.toString();
    }

    @Test
    void all_its_limits_together_are_below_what_messages_may_take_of_the_heap() {
        long limits = QUEUES.all().stream()
                .mapToLong(queue -> queue.addressSettings(HEAP).getMaxSizeBytes())
                .sum();

        assertThat(limits).isLessThan(HEAP / 2);
    }

    @Test
    void consumers_may_read_results_and_nothing_else() throws Exception {
        Map<String, Set<Role>> roles = shipped().getSecurityRoles();

        assertThat(roles.entrySet().stream()
                        .filter(setting -> setting.getValue().stream()
                                .anyMatch(role -> role.getName().equals("consumer")))
                        .collect(Collectors.toMap(
                                Map.Entry::getKey,
                                setting -> setting.getValue().stream()
                                        .filter(role -> role.getName().equals("consumer"))
                                        .map(role -> role.isConsume() && role.isBrowse() && !role.isSend())
                                        .toList())))
                .isEqualTo(Map.of(
                        NAMES.enriched(),
                        List.of(true),
                        NAMES.current(),
                        List.of(true),
                        NAMES.events(),
                        List.of(true)));
    }

    @Test
    void a_result_that_is_always_rolled_back_is_in_the_dead_letter_queue_of_its_queue() throws Exception {
        EmbeddedActiveMQ broker = new EmbeddedActiveMQ();
        Configuration configuration = shipped().setPersistenceEnabled(false).setSecurityEnabled(false);
        configuration.clearAcceptorConfigurations();
        broker.setConfiguration(configuration.addAcceptorConfiguration("vm", "vm://77"));
        broker.start();
        try (Connection connection = new ActiveMQConnectionFactory("vm://77").createConnection()) {
            connection.start();
            Session session = connection.createSession(Session.SESSION_TRANSACTED);
            session.createProducer(session.createQueue(NAMES.enriched())).send(session.createTextMessage("poison"));
            session.commit();
            MessageConsumer consumer = session.createConsumer(session.createQueue(NAMES.enriched()));
            for (int i = 0; i < 10; i++) {
                assertThat(consumer.receive(30_000)).as("attempt " + i).isNotNull();
                session.rollback();
            }

            TextMessage dead = (TextMessage) session.createConsumer(session.createQueue("DLQ." + NAMES.enriched()))
                    .receive(30_000);

            assertThat(dead.getText()).isEqualTo("poison");
            assertThat(consumer.receiveNoWait()).isNull();
        } finally {
            broker.stop();
        }
    }

    private static Configuration shipped() throws Exception {
        return new FileConfigurationParser()
                .parseMainConfig(new ByteArrayInputStream(ShippedBroker.xml().getBytes(StandardCharsets.UTF_8)));
    }
}
