// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.bridge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import jakarta.jms.Connection;
import jakarta.jms.JMSException;
import jakarta.jms.MessageConsumer;
import jakarta.jms.Session;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.apache.activemq.artemis.core.config.Configuration;
import org.apache.activemq.artemis.core.security.Role;
import org.apache.activemq.artemis.core.settings.impl.AddressFullMessagePolicy;
import org.apache.activemq.artemis.core.settings.impl.AddressSettings;
import org.conversationbridge.FreePorts;
import org.conversationbridge.HaltableClock;
import org.conversationbridge.LogCapture;
import org.conversationbridge.ShippedRoutes;
import org.conversationbridge.TestBridge;
import org.conversationbridge.broker.BrokerConnections;
import org.conversationbridge.broker.BrokerException;
import org.conversationbridge.broker.TestBroker;
import org.conversationbridge.sandbox.Sandbox;
import org.conversationbridge.sandbox.SandboxSettings;
import org.conversationbridge.settings.Secret;
import org.conversationbridge.settings.Settings;
import org.conversationbridge.settings.SettingsReader;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A broker that is down, full or refuses: which is reported, no request is spent, and it goes on by itself. */
class BrokerFaultsTest {
    private static final String RESULTS = "genesys.conversations.enriched";
    private static final Consumer<Configuration> AS_IT_IS = configuration -> {};

    @TempDir
    private Path dataDir;

    /** One for all: each has connections of its own, of which the bridge accepts so many only. */
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    /** Nobody calls while a test compares what was delivered. */
    private final HaltableClock callers = new HaltableClock();

    private Sandbox sandbox;
    private int port;
    private BrokerConnections connections;

    @BeforeEach
    void start() throws Exception {
        sandbox = TestBridge.sandbox(SandboxSettings.defaults(), callers);
        port = FreePorts.next();
        connections = connections("password");
    }

    @AfterEach
    void stop() {
        sandbox.close();
    }

    @Test
    void one_that_is_down_at_start_is_waited_for_and_costs_no_request() throws Exception {
        callers.halt();
        try (LogCapture log = LogCapture.of("org.conversationbridge.broker");
                Bridge bridge = bridge(connections)) {
            bridge.start();
            await().until(() -> log.text().contains("broker not reachable"));
            assertThat(sandbox.apiRequests()).isZero();

            try (TestBroker broker = broker(AS_IT_IS)) {
                assertDelivers(broker, 12);
                assertThat(log.text()).contains("broker reachable");
            }
        }
    }

    @Test
    void one_that_goes_away_costs_no_request_meanwhile_and_polls_go_on_when_it_is_back() throws Exception {
        callers.halt();
        try (LogCapture log = LogCapture.of("org.conversationbridge");
                Bridge bridge = bridge(connections)) {
            try (TestBroker broker = broker(AS_IT_IS)) {
                bridge.start();
                assertDelivers(broker, 12);
            }
            await().until(() -> log.text().contains("broker not reachable"));
            AtomicLong spent = new AtomicLong();
            // A poll that was running may still have ended its walk.
            await("for two fire times")
                    .during(Duration.ofSeconds(4))
                    .atMost(Duration.ofMinutes(1))
                    .until(() -> spent.getAndSet(sandbox.apiRequests()) == spent.get());

            try (TestBroker broker = broker(AS_IT_IS)) {
                await().atMost(Duration.ofMinutes(1)).until(() -> sandbox.apiRequests() > spent.get());
            }
        }
    }

    @Test
    void stopping_while_it_is_away_writes_no_stack() throws Exception {
        callers.halt();
        try (LogCapture log = LogCapture.of("org.apache.camel")) {
            try (Bridge bridge = bridge(connections)) {
                try (TestBroker broker = broker(AS_IT_IS)) {
                    bridge.start();
                    assertDelivers(broker, 12);
                }
                await("for a request that cannot be sent")
                        .until(() -> bridge.context().getInflightRepository().size("request-poll") > 0);
            }
            assertThat(log.messages()).noneMatch(line -> line.contains("Error processing exchange"));
            assertThat(log.messages()).noneMatch(line -> line.contains("previously thrown exception"));
            assertThat(log.messages()).noneMatch(line -> line.contains("graceful shutdown did not complete"));
        }
    }

    @Test
    void a_wrong_password_is_logged() throws Exception {
        try (LogCapture log = LogCapture.of("org.conversationbridge.broker");
                TestBroker broker = broker(AS_IT_IS);
                Bridge bridge = bridge(connections("wrong"))) {
            bridge.start();

            await().until(() -> log.text().contains("Check BROKER_USER and BROKER_PASSWORD"));
            assertThat(log.text()).doesNotContain("wrong");
            assertThat(sandbox.apiRequests()).isZero();
        }
    }

    @Test
    void a_wrong_password_is_refused_at_the_start_and_an_absent_broker_is_not() throws Exception {
        try (TestBroker broker = broker(AS_IT_IS)) {
            assertThatThrownBy(() -> connections("wrong").checkLogin())
                    .isInstanceOf(BrokerException.class)
                    .hasMessageContaining("Check BROKER_USER and BROKER_PASSWORD.");
            assertThat(connections.checkLogin()).isEmpty();
        }
        assertThat(connections.checkLogin())
                .hasValueSatisfying(why -> assertThat(why).contains("127.0.0.1:" + port + " cannot be reached"));
    }

    @Test
    void a_missing_permission_is_logged_with_its_queue_and_spends_no_more_requests() throws Exception {
        Consumer<Configuration> noPages =
                configuration -> configuration.putSecurityRoles("genesys.conversations.pages", Set.of(all(false)));
        try (LogCapture log = LogCapture.of("org.conversationbridge");
                TestBroker broker = broker(noPages);
                Bridge bridge = bridge(connections)) {
            bridge.start();

            await().until(() -> log.text().contains("BROKER_PERMISSION_MISSING"));
            assertThat(log.text())
                    .contains("SEND", "genesys.conversations.pages", "Give the user of the bridge this permission");
            long spent = sandbox.apiRequests();
            await().until(() ->
                    times(log, "poll skipped: the broker did not accept the changes of the last poll") >= 2);
            assertThat(sandbox.apiRequests()).isEqualTo(spent);
        }
    }

    @Test
    void a_full_result_queue_is_logged_and_each_message_arrives_once_after_it() throws Exception {
        callers.halt();
        Consumer<Configuration> small = configuration -> configuration.addAddressSetting(RESULTS, full(5));
        try (LogCapture log = LogCapture.of("org.conversationbridge");
                TestBroker broker = broker(small);
                Connection filler = broker.connect()) {
            Session session = filler.createSession(Session.AUTO_ACKNOWLEDGE);
            for (int i = 0; i < 5; i++) {
                session.createProducer(session.createQueue(RESULTS)).send(session.createTextMessage("in the way"));
            }
            try (Bridge bridge = bridge(connections)) {
                bridge.start();
                await().until(() -> times(log, "BROKER_ADDRESS_FULL") >= 2);
                long failed = times(log, "BROKER_ADDRESS_FULL");
                long spent = sandbox.apiRequests();
                await().until(() -> times(log, "BROKER_ADDRESS_FULL") > failed);
                assertThat(sandbox.apiRequests()).isEqualTo(spent);

                broker.lift(RESULTS);

                assertDelivers(broker, 12);
            }
        }
    }

    @Test
    void full_current_conversations_make_ready_down_and_pages_wait_until_there_is_room() throws Exception {
        callers.halt();
        String current = "genesys.conversations.current";
        try (LogCapture log = LogCapture.of("org.conversationbridge");
                TestBroker broker = broker(AS_IT_IS);
                Bridge bridge = bridge(connections)) {
            bridge.start();
            assertDelivers(broker, 12);
            callers.goOn();
            broker.set(current, full(12));
            await().atMost(Duration.ofSeconds(90)).until(() -> times(log, "BROKER_ADDRESS_FULL") > 0);
            await().atMost(Duration.ofSeconds(90))
                    .untilAsserted(() -> assertThat(ready(bridge).body()).contains(current, "full"));
            assertThat(ready(bridge).statusCode()).isEqualTo(503);
            assertThat(broker.depth("genesys.conversations.pages")).isPositive();

            broker.lift(current);

            await().atMost(Duration.ofSeconds(90)).until(() -> broker.depth("genesys.conversations.pages") == 0);
            await().atMost(Duration.ofSeconds(90))
                    .untilAsserted(() -> assertThat(ready(bridge).body()).doesNotContain("DOWN"));
        }
    }

    @Test
    void a_full_disk_is_logged_and_sending_resumes_when_there_is_room() throws Exception {
        callers.halt();
        try (LogCapture log = LogCapture.of("org.conversationbridge");
                TestBroker broker = broker(AS_IT_IS);
                Bridge bridge = bridge(connections)) {
            broker.fillDisk(true);
            bridge.start();
            await().atMost(Duration.ofSeconds(40))
                    .until(() -> log.text().contains("broker blocks all producers: its disk is full"));

            broker.fillDisk(false);

            assertDelivers(broker, 12);
            await().until(() -> log.text().contains("broker reachable"));
        }
    }

    @Test
    void ready_is_down_while_a_consumer_is_missing_and_up_again_when_it_is_back() throws Exception {
        String requests = "genesys.poll.requests";
        try (TestBroker broker = broker(AS_IT_IS);
                Bridge bridge = bridge(connections)) {
            bridge.start();
            await().atMost(Duration.ofSeconds(90))
                    .untilAsserted(() -> assertThat(ready(bridge).body()).doesNotContain("DOWN"));

            broker.permit(
                    requests,
                    new Role("bridge", true, false, true, true, true, true, true, true, true, true, true, true));
            assertThat(broker.closeConsumers(requests)).isTrue();
            await().atMost(Duration.ofSeconds(90))
                    .untilAsserted(() ->
                            assertThat(ready(bridge).body()).contains("consumers missing: 1 of 1 of " + requests));
            assertThat(ready(bridge).statusCode()).isEqualTo(503);

            broker.permit(requests, all(true));
            await().atMost(Duration.ofSeconds(90))
                    .untilAsserted(() -> assertThat(ready(bridge).body()).doesNotContain("DOWN"));
        }
    }

    /** As of Artemis before 2.57.0 when a client without login claims them. */
    @Test
    @Tag("soak")
    void consumers_whose_sessions_the_broker_closed_without_a_word_come_back() throws Exception {
        String requests = "genesys.poll.requests";
        String pages = "genesys.conversations.pages";
        try (LogCapture log = LogCapture.of("org.conversationbridge");
                TestBroker broker = broker(AS_IT_IS);
                Bridge bridge = bridge(
                        new BrokerConnections(
                                "tcp://127.0.0.1:" + port + "?callTimeout=2000", "bridge", new Secret("password")),
                        "0 0 0 1 1 ? 2099")) {
            bridge.start();
            await().atMost(Duration.ofSeconds(90))
                    .until(() -> bridge.polls().figures().polls() == 1 && broker.depth(pages) == 0);
            Map<String, Integer> consumers = broker.consumers();
            assertThat(consumers).containsKeys(requests, pages);

            broker.loseSessions("bridge");

            assertThat(broker.consumers()).doesNotContainKeys(requests, pages);
            await().atMost(Duration.ofMinutes(3))
                    .untilAsserted(
                            () -> assertThat(broker.consumers()).as(log.text()).isEqualTo(consumers));
            try (Connection connection = broker.connect();
                    Session session = connection.createSession(Session.AUTO_ACKNOWLEDGE)) {
                session.createProducer(session.createQueue(requests)).send(session.createTextMessage(""));
            }
            await().atMost(Duration.ofSeconds(90))
                    .until(() -> bridge.polls().figures().polls() > 1);
            await().atMost(Duration.ofSeconds(90))
                    .untilAsserted(() -> assertThat(ready(bridge).body()).doesNotContain("DOWN"));
        }
    }

    @Test
    @Tag("soak")
    void what_one_of_two_processes_lost_silently_comes_back_and_ready_is_down_meanwhile() throws Exception {
        String pages = "genesys.conversations.pages";
        String checkpoint = "genesys.poll.checkpoint";
        String url = "tcp://127.0.0.1:" + port + "?callTimeout=2000";
        try (LogCapture log = LogCapture.of("org.conversationbridge");
                TestBroker broker = TestBroker.start(
                        port, dataDir, Map.of("bridge", "password", "other", "password"), all(true), AS_IT_IS);
                Bridge one = bridge(new BrokerConnections(url, "bridge", new Secret("password")));
                Bridge other = bridge(new BrokerConnections(url, "other", new Secret("password")))) {
            one.start();
            other.start();
            awaitReady(one, other);
            Map<String, Integer> consumers = broker.consumers();
            assertThat(consumers).containsKeys("genesys.poll.requests", pages);

            for (String user : List.of("bridge", "other")) {
                Bridge losing = user.equals("bridge") ? one : other;
                broker.loseConsumers(user);
                awaitDownAndBack(losing, broker, consumers, log);
                broker.loseSessions(user);
                awaitDownAndBack(losing, broker, consumers, log);
            }
            for (int i = 0; i < 3; i++) {
                long failed = times(log, "poll failed code=BROKER_NO_ANSWER");
                await().atMost(Duration.ofMinutes(4)).until(() -> {
                    if (broker.hasLostBrowser()) { // one that was read to its end by then has noticed nothing
                        broker.loseNextBrowser(checkpoint);
                    }
                    return times(log, "poll failed code=BROKER_NO_ANSWER") > failed;
                });
                long polls = polls(one, other);
                await().atMost(Duration.ofMinutes(2)).until(() -> polls(one, other) > polls);
                awaitReady(one, other);
            }
        }
    }

    /** The address settings cannot be seen by such a login. */
    @Test
    @Tag("soak")
    void a_limit_below_a_page_is_said_without_the_right_to_manage() throws Exception {
        callers.halt();
        Role noManager = new Role("bridge", true, true, true, true, true, true, false, true, true, true, true, true);
        AddressSettings small = new AddressSettings()
                .setAddressFullMessagePolicy(AddressFullMessagePolicy.BLOCK)
                .setMaxSizeBytes(20_000);
        // Each message asks for room of its own: the window of 64 KB would let a page of this size through.
        BrokerConnections one = new BrokerConnections(
                "tcp://127.0.0.1:" + port + "?producerWindowSize=1000", "bridge", new Secret("password"));
        try (LogCapture log = LogCapture.of("org.conversationbridge");
                TestBroker broker = TestBroker.start(
                        port,
                        dataDir,
                        Map.of("bridge", "password"),
                        noManager,
                        configuration -> configuration.addAddressSetting(RESULTS, small));
                Bridge bridge = bridge(one)) {
            bridge.start();
            await().atMost(Duration.ofMinutes(2)).until(() -> times(log, "page rolled back") > 0);
            assertThat(log.text()).contains("lacks the permission manage on activemq.management");
            await("through another attempt")
                    .during(Duration.ofSeconds(40))
                    .atMost(Duration.ofMinutes(3))
                    .untilAsserted(() ->
                            assertThat(ready(bridge).body()).contains("\"DOWN\"", RESULTS, "BLOCK", "less than a"));
            assertThat(broker.depth(RESULTS)).isZero();

            broker.set(
                    RESULTS,
                    new AddressSettings()
                            .setAddressFullMessagePolicy(AddressFullMessagePolicy.BLOCK)
                            .setMaxSizeBytes(10_000_000));

            assertDelivers(broker, 12);
            awaitReady(bridge);
        }
    }

    private static long polls(Bridge... bridges) {
        return Stream.of(bridges)
                .mapToLong(bridge -> bridge.polls().figures().polls())
                .sum();
    }

    private static void awaitReady(Bridge... bridges) {
        for (Bridge bridge : bridges) {
            await().atMost(Duration.ofMinutes(2))
                    .untilAsserted(() -> assertThat(ready(bridge).body()).doesNotContain("DOWN"));
        }
    }

    private static void awaitDownAndBack(
            Bridge bridge, TestBroker broker, Map<String, Integer> consumers, LogCapture log) {
        await().atMost(Duration.ofMinutes(1))
                .untilAsserted(() -> assertThat(ready(bridge).body())
                        .containsAnyOf("consumers missing", "no answer on genesys.poll.requests"));
        await().atMost(Duration.ofMinutes(3))
                .untilAsserted(
                        () -> assertThat(broker.consumers()).as(log.text()).isEqualTo(consumers));
        awaitReady(bridge);
    }

    private static HttpResponse<String> ready(Bridge bridge) throws Exception {
        return HTTP.send(
                HttpRequest.newBuilder(
                                URI.create("http://127.0.0.1:" + bridge.managementPort() + "/observe/health/ready"))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }

    private static long times(LogCapture log, String text) {
        return log.messages().stream().filter(line -> line.contains(text)).count();
    }

    /** Each conversation once, and nothing else. */
    @Test
    void a_page_whose_file_was_cut_off_on_the_broker_is_put_aside_and_polls_go_on() throws Exception {
        callers.halt();
        String pages = "genesys.conversations.pages";
        try (TestBroker broker = broker(AS_IT_IS)) {
            try (Bridge bridge = bridge(connections)) {
                bridge.start();
                assertDelivers(broker, 12);
            }
            try (Connection connection = broker.connect();
                    Session session = connection.createSession(Session.AUTO_ACKNOWLEDGE)) {
                session.createProducer(session.createQueue(pages)).send(session.createTextMessage("x".repeat(300_000)));
            }
        }
        List<Path> files = files(dataDir.resolve("large"));
        assertThat(files).hasSize(1);
        try (FileChannel file = FileChannel.open(files.get(0), StandardOpenOption.WRITE)) {
            file.truncate(1_000);
        }

        try (LogCapture log = LogCapture.of("org.conversationbridge");
                TestBroker broker = broker(AS_IT_IS);
                Bridge bridge = bridge(connections)) {
            bridge.start();
            await().atMost(Duration.ofSeconds(90))
                    .untilAsserted(() -> assertThat(bridge.polls().figures().polls())
                            .as(log.text())
                            .isPositive());
        }
    }

    private static List<Path> files(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(Files::isRegularFile).toList();
        }
    }

    /** Of an address that refuses more than so many messages. */
    private static AddressSettings full(int messages) {
        return new AddressSettings()
                .setAddressFullMessagePolicy(AddressFullMessagePolicy.FAIL)
                .setMaxSizeMessages(messages);
    }

    private static void assertDelivers(TestBroker broker, int count) throws JMSException {
        Set<String> ids = new HashSet<>();
        try (Connection connection = broker.connect()) {
            Session session = connection.createSession(Session.AUTO_ACKNOWLEDGE);
            MessageConsumer consumer =
                    session.createConsumer(session.createQueue(RESULTS), "eventType = 'conversation.started'");
            connection.start();
            for (int i = 0; i < count; i++) {
                var message = consumer.receive(60_000);
                assertThat(message).as("message " + i).isNotNull();
                assertThat(ids.add(message.getJMSCorrelationID())).isTrue();
            }
            assertThat(consumer.receive(500)).isNull();
        }
    }

    private TestBroker broker(Consumer<Configuration> change) throws Exception {
        return TestBroker.start(port, dataDir, Map.of("bridge", "password"), all(true), change);
    }

    private static Role all(boolean send) {
        return new Role("bridge", send, true, true, true, true, true, true, true, true, true, true, true);
    }

    private BrokerConnections connections(String password) {
        return new BrokerConnections("tcp://127.0.0.1:" + port, "bridge", new Secret(password));
    }

    private Bridge bridge(BrokerConnections broker) {
        return bridge(broker, "0/2 * * * * ?");
    }

    private Bridge bridge(BrokerConnections broker, String cron) {
        Map<String, String> overrides = new HashMap<>(Map.of(
                "genesys.api-url", sandbox.url().toString(),
                "genesys.login-url", sandbox.url().toString(),
                "genesys.client-id", "sandbox",
                "genesys.client-secret", "sandbox-secret",
                "genesys.requests-per-minute", "60000",
                "poll.cron", cron,
                "poll.source", "analytics",
                "names.look-up", "false",
                "management.port", "0"));
        Settings settings =
                new SettingsReader(Map.of()).read(Path.of("config"), ShippedRoutes.placeholders(), overrides);
        return new Bridge(settings, ShippedRoutes.FOLDER, broker, Clock.systemUTC());
    }
}
