// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.broker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import jakarta.jms.Connection;
import jakarta.jms.JMSException;
import jakarta.jms.MessageConsumer;
import jakarta.jms.Session;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.activemq.artemis.api.core.QueueConfiguration;
import org.apache.activemq.artemis.api.core.RoutingType;
import org.apache.activemq.artemis.api.core.SimpleString;
import org.apache.activemq.artemis.api.core.client.ClientSession;
import org.apache.activemq.artemis.core.security.Role;
import org.apache.activemq.artemis.core.settings.impl.AddressFullMessagePolicy;
import org.apache.activemq.artemis.core.settings.impl.AddressSettings;
import org.awaitility.Awaitility;
import org.conversationbridge.DefaultQueues;
import org.conversationbridge.FreePorts;
import org.conversationbridge.LogCapture;
import org.conversationbridge.settings.QueueSettings;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Queues that others have made, deleted or used before the bridge came: of their kind again, or named. */
class QueueInspectionTest {
    private static final QueueSettings NAMES = DefaultQueues.NAMES;
    private static final BrokerQueues QUEUES = new BrokerQueues(NAMES);

    @TempDir
    private Path folder;

    private final QueueInspection inspection = new QueueInspection(QUEUES, new QueueResolver(QUEUES), 100);
    private TestBroker broker;
    private Connection operator;

    @BeforeEach
    void start() throws Exception {
        int port = FreePorts.next();
        broker = TestBroker.start(
                port,
                folder,
                Map.of("bridge", "password"),
                guest(),
                configuration -> configuration.putSecurityRoles("activemq.management.#", Set.of(operatorOnly())));
        operator = broker.connect();
        operator.start();
    }

    @AfterEach
    void stop() throws Exception {
        operator.close();
        broker.close();
    }

    @Test
    void all_are_created_at_once_each_of_its_kind() throws Exception {
        inspection.inspect(operator);

        assertThat(inspection.problem()).isEmpty();
        assertEachIsOfItsKind();
    }

    @Test
    void queues_that_a_consumer_created_are_corrected_in_place_or_named() throws Exception {
        List<MessageConsumer> first = new ArrayList<>();
        Session session = operator.createSession(Session.AUTO_ACKNOWLEDGE);
        for (String name : NAMES.all()) {
            first.add(session.createConsumer(session.createQueue(name)));
        }

        inspection.inspect(operator);

        assertThat(kindOf(NAMES.pollRequests()).isExclusive()).isTrue();
        assertThat(kindOf(NAMES.enriched()).getGroupBuckets()).isEqualTo(1024);
        assertThat(kindOf(NAMES.pages()).isGroupRebalancePauseDispatch()).isTrue();
        assertThat(inspection.problem().orElseThrow())
                .contains(
                        "Queue genesys.poll.checkpoint is a plain queue; it must be last-value and non-destructive",
                        "Queue genesys.conversations.current is a plain queue",
                        "artemis queue delete --name genesys.conversations.current --removeConsumers");

        for (MessageConsumer consumer : first) {
            consumer.close();
        }
        Awaitility.await().untilAsserted(() -> {
            inspection.inspect(operator);
            assertThat(inspection.problem()).isEmpty();
        });
        assertEachIsOfItsKind();
    }

    @Test
    void one_with_messages_is_never_replaced() throws Exception {
        Session session = operator.createSession(Session.AUTO_ACKNOWLEDGE);
        session.createProducer(session.createQueue(NAMES.current())).send(session.createTextMessage("kept"));

        inspection.inspect(operator);

        assertThat(inspection.problem().orElseThrow()).contains("genesys.conversations.current", "messages (1)");
        assertThat(kindOf(NAMES.current()).getMessageCount()).isEqualTo(1);
        assertThatThrownBy(() -> new QueueResolver(QUEUES).resolve(session, NAMES.current()))
                .isInstanceOfSatisfying(
                        JMSException.class,
                        refused ->
                                assertThat(BrokerException.of(refused).code()).isEqualTo("QUEUE_OF_WRONG_KIND"));
    }

    @Test
    void kinds_between_plain_and_right_are_wrong_too() throws Exception {
        create(of(NAMES.current()).setLastValue(true).setNonDestructive(false));
        create(of(NAMES.checkpoint()).setLastValue(true).setNonDestructive(true).setDurable(false));
        create(of(NAMES.error()).setRingSize(5L));
        create(of(NAMES.events()).setNonDestructive(true));
        create(of(NAMES.enriched()).setLastValue(true));
        create(of(NAMES.pages()).setFilterString("a = 'b'"));
        create(of(NAMES.corrections())
                .setAutoDelete(true)
                .setAutoDeleteMessageCount(0L)
                .setAutoDeleteDelay(3_600_000L));
        create(of(NAMES.replays()).setAddress("elsewhere"));

        inspection.inspect(operator);

        assertThat(inspection.problem()).isEmpty();
        assertEachIsOfItsKind();
    }

    @Test
    void a_deleted_queue_exists_again_for_its_next_user() throws Exception {
        inspection.inspect(operator);
        QueueResolver resolver = new QueueResolver(QUEUES);
        Session session = operator.createSession(Session.AUTO_ACKNOWLEDGE);
        resolver.resolve(session, NAMES.checkpoint());
        core().deleteQueue(SimpleString.of(NAMES.checkpoint()));

        Awaitility.await().untilAsserted(() -> {
            resolver.resolve(session, NAMES.checkpoint());
            assertThat(kindOf(NAMES.checkpoint()).isLastValue()).isTrue();
        });

        core().deleteQueue(SimpleString.of(NAMES.current()));
        inspection.inspect(operator);
        assertThat(kindOf(NAMES.current()).isNonDestructive()).isTrue();
    }

    @Test
    void without_permissions_the_log_names_what_is_wrong_and_what_is_missing() throws Exception {
        create(of(NAMES.pollRequests()));
        create(of(NAMES.enriched()).setGroupRebalance(true).setGroupRebalancePauseDispatch(true));
        try (LogCapture log = LogCapture.of("org.conversationbridge.broker");
                Connection guest = broker.connect("bridge", "password")) {
            inspection.inspect(guest);

            assertThat(log.text()).containsOnlyOnce("Queue genesys.conversations.enriched has no group buckets");
        }

        assertThat(inspection.problem().orElseThrow())
                .contains("Queue genesys.poll.requests is a plain queue; it must be exclusive")
                .contains("Queue genesys.conversations.pages is missing", "createDurableQueue")
                .doesNotContain("group buckets", "DLQ.");
    }

    @Test
    void limits_below_a_page_and_settings_that_break_a_promise_are_named() throws Exception {
        limit(NAMES.enriched(), AddressFullMessagePolicy.BLOCK, 60_000);
        limit(NAMES.pages(), AddressFullMessagePolicy.FAIL, 60_000);
        limit(NAMES.error(), AddressFullMessagePolicy.DROP, 100_000_000);
        limit(NAMES.events(), AddressFullMessagePolicy.PAGE, 60_000);
        limit(NAMES.current(), AddressFullMessagePolicy.PAGE, 60_000);

        try (LogCapture log = LogCapture.of("org.conversationbridge.broker")) {
            inspection.inspect(operator);
            inspection.inspect(operator);

            assertThat(inspection.problem().orElseThrow())
                    .contains(
                            "queue genesys.conversations.enriched has address-full-policy BLOCK and a limit of 60000 bytes")
                    .contains("queue genesys.conversations.pages has address-full-policy FAIL", "page.size")
                    .contains("queue genesys.conversations.error has address-full-policy DROP")
                    .doesNotContain("genesys.bridge.events");
            assertThat(log.messages().stream()
                            .filter(line -> line.contains("paging, after which it has entries twice")))
                    .hasSize(1);
        }
    }

    @Test
    void what_a_user_cannot_see_is_skipped_with_a_word() throws Exception {
        inspection.inspect(operator);
        limit(NAMES.enriched(), AddressFullMessagePolicy.BLOCK, 60_000);
        try (LogCapture log = LogCapture.of("org.conversationbridge.broker");
                Connection guest = broker.connect("bridge", "password")) {
            inspection.inspect(guest);
            inspection.inspect(guest);

            assertThat(log.text()).containsOnlyOnce("address settings are not checked");
            assertThat(inspection.problem()).isEmpty();
        }
    }

    @Test
    void each_queue_that_may_not_be_browsed_makes_ready_down() throws Exception {
        Role noBrowse = new Role("bridge", true, true, true, true, true, true, false, false, true, true, true, true);
        inspection.inspect(operator);
        for (String queue : List.of(NAMES.checkpoint(), NAMES.current(), NAMES.corrections())) {
            broker.permit(queue, noBrowse);
            try (Connection guest = broker.connect("bridge", "password")) {
                inspection.inspect(guest);
            }
            assertThat(inspection.problem())
                    .hasValue("The user of the bridge may not browse queue " + queue
                            + ". Give it the permission browse (broker.xml, security-setting).");
            broker.permit(queue, guest());
            try (Connection guest = broker.connect("bridge", "password")) {
                inspection.inspect(guest);
            }
            assertThat(inspection.problem()).isEmpty();
        }
    }

    @Test
    void a_queue_that_is_paused_is_named_and_ready_is_down_where_the_bridge_consumes_it() throws Exception {
        inspection.inspect(operator);
        broker.pause(NAMES.pages());
        broker.pause(NAMES.enriched());
        try (LogCapture log = LogCapture.of("org.conversationbridge.broker");
                Connection fresh = broker.connect()) {
            fresh.start();
            inspection.inspect(fresh);

            assertThat(log.text()).contains("Queue genesys.conversations.enriched is paused on the broker");
        }
        assertThat(inspection.problem())
                .hasValueSatisfying(sentence -> assertThat(sentence)
                        .startsWith("Queue genesys.conversations.pages is paused on the broker")
                        .doesNotContain("enriched"));
    }

    private void limit(String name, AddressFullMessagePolicy policy, long bytes) {
        broker.set(
                name, new AddressSettings().setAddressFullMessagePolicy(policy).setMaxSizeBytes(bytes));
    }

    private void assertEachIsOfItsKind() throws Exception {
        for (BrokerQueue queue : QUEUES.all()) {
            ClientSession.QueueQuery found = kindOf(queue.name());
            assertThat(queue.isAsItMustBe(found)).as(queue.name()).isTrue();
            assertThat(queue.lackOfBuckets(found)).as(queue.name()).isEmpty();
        }
    }

    private ClientSession.QueueQuery kindOf(String name) throws Exception {
        return core().queueQuery(SimpleString.of(name));
    }

    private void create(QueueConfiguration queue) throws Exception {
        core().createQueue(queue);
    }

    private static QueueConfiguration of(String name) {
        return QueueConfiguration.of(name)
                .setRoutingType(RoutingType.ANYCAST)
                .setDurable(true)
                .setAutoDelete(false);
    }

    private ClientSession core() throws JMSException {
        return QueueResolver.core(operator.createSession(Session.AUTO_ACKNOWLEDGE));
    }

    /** May send, consume and browse. */
    private static Role guest() {
        return new Role("guest", true, true, false, false, false, false, false, true, false, false, false, false);
    }

    private static Role operatorOnly() {
        return new Role("operator", true, true, true, true, true, true, true, true, true, true, true, true);
    }
}
