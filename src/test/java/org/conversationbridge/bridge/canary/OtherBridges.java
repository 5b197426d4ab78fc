// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.bridge.canary;

import static org.awaitility.Awaitility.await;

import jakarta.jms.Connection;
import jakarta.jms.Session;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.apache.activemq.artemis.core.config.Configuration;
import org.apache.activemq.artemis.core.security.Role;
import org.apache.activemq.artemis.core.settings.impl.AddressFullMessagePolicy;
import org.apache.activemq.artemis.core.settings.impl.AddressSettings;
import org.conversationbridge.CopiedRoutes;
import org.conversationbridge.FreePorts;
import org.conversationbridge.MovableClock;
import org.conversationbridge.TestBridge;
import org.conversationbridge.bridge.Bridge;
import org.conversationbridge.broker.BrokerConnections;
import org.conversationbridge.broker.BrokerCredentials;
import org.conversationbridge.broker.TestBroker;
import org.conversationbridge.cli.ConversationBridge;
import org.conversationbridge.sandbox.Sandbox;
import org.conversationbridge.sandbox.SandboxAnswer;
import org.conversationbridge.sandbox.SandboxRequest;
import org.conversationbridge.sandbox.fault.EchoesCredentials;
import org.conversationbridge.sandbox.world.SandboxQueue;
import org.conversationbridge.settings.QueueSettings;
import org.conversationbridge.settings.Secret;

/**
 * More of them on the sandbox of a run: one that a broker does not let in, one whose broker refuses, one in a process.
 */
final class OtherBridges {
    private static final Path ROUTES = Path.of("routes").toAbsolutePath();

    private final CanaryRun run;
    private final TestBridge test;
    private final SearchedBridge searched;

    OtherBridges(CanaryRun run) {
        this.run = run;
        this.test = run.test();
        this.searched = new SearchedBridge(run.surfaces(), test, run.dataDir());
    }

    /** The password is wrong, and the URL holds one too. */
    void notLetIn() throws Exception {
        BrokerCredentials right = BrokerCredentials.read(run.dataDir());
        String url = right.url() + "?trustStorePassword=" + Planted.URL_PASSWORD;
        BrokerConnections wrong = new BrokerConnections(url, right.user(), new Secret(Planted.WRONG_PASSWORD));
        run.surfaces().of("settings, as text and for routes").add(wrong.toString());
        run.fails(() -> wrong.single().createConnection());
        run.fails(() -> wrong.pool().createConnection());
        run.fails(() -> new BrokerConnections(url + " ^", "", new Secret("")).single());
        try (Bridge bridge = new Bridge(test.settings(), ROUTES, wrong, Clock.systemUTC())) {
            bridge.start();
            awaitMet("AMQ229031");
            searched.lookWithoutBroker(bridge);
        }
    }

    /** The result queue is full; when there is room, the error queue may not be written to. */
    void refused(Path brokerDir) throws Exception {
        int port = FreePorts.next();
        QueueSettings names = test.settings().queues();
        String user = Planted.BROKER_USER;
        Map<String, String> users = Map.of(user, Planted.BROKER_PASSWORD);
        try (TestBroker broker = TestBroker.start(port, brokerDir, users, all(true), config -> refuse(config, names));
                Connection filler = broker.connect();
                Session session = filler.createSession(Session.AUTO_ACKNOWLEDGE)) {
            session.createProducer(session.createQueue(names.enriched())).send(session.createTextMessage("in the way"));
            BrokerConnections connections =
                    new BrokerConnections("tcp://127.0.0.1:" + port, user, new Secret(Planted.BROKER_PASSWORD));
            try (Bridge bridge = new Bridge(test.settings(), ROUTES, connections, Clock.systemUTC())) {
                bridge.start();
                awaitMet("BROKER_ADDRESS_FULL");
                broker.lift(names.enriched());
                session.createProducer(session.createQueue(names.pages()))
                        .send(session.createTextMessage(Planted.everyCustomer()));
                awaitMet("BROKER_PERMISSION_MISSING");
                searched.lookWithoutBroker(bridge);
            }
        }
    }

    /** Reported by notifications, first at an address that has the token in it and where no server is. */
    void told(Path folder) throws Exception {
        CanaryRun.plantBrokerPassword(folder);
        MovableClock clock = new MovableClock();
        Sandbox sandbox = TestBridge.sandbox(CanaryRun.sandboxSettings(Duration.ofHours(1)), clock);
        sandbox.add(OtherBridges::leadsNowhere);
        Map<String, String> settings = Map.of(
                "genesys.client-id",
                Planted.CLIENT,
                "genesys.client-secret",
                Planted.CLIENT_SECRET,
                "poll.source",
                "notifications",
                "notifications.queues",
                sandbox.world().queues().stream().map(SandboxQueue::id).collect(Collectors.joining(",")),
                "camel.main.jmxEnabled",
                "true");
        try (TestBridge told = TestBridge.of(sandbox, folder, settings, clock).start()) {
            awaitMet("ChannelFailureException");
            sandbox.removeFaults();
            await().until(() -> {
                clock.advance(Duration.ofSeconds(1));
                return sandbox.sockets().openSockets() == 1;
            });
            long before = told.bridge().polls().figures().delivered();
            clock.advance(Duration.ofSeconds(30));
            await().until(() -> told.bridge().polls().figures().delivered() > before);
            new SearchedBridge(run.surfaces(), told, folder).look();
        }
    }

    private static SandboxAnswer leadsNowhere(SandboxRequest request, Supplier<SandboxAnswer> normal) {
        String token = request.header("Authorization").orElse("none").replace("Bearer ", "");
        return request.path().endsWith("/channels")
                ? SandboxAnswer.json(200, "{\"id\":\"c\",\"connectUri\":\"ws://127.0.0.1:1/channels/" + token + "\"}")
                : request.path().endsWith("/subscriptions")
                        ? SandboxAnswer.json(200, "{\"entities\":[]}")
                        : normal.get();
    }

    /**
     * A step that an administrator added fails with customer data in its message, each time, until the page is given
     * up.
     */
    void givenUp(Path folder) throws Exception {
        Path routes = CopiedRoutes.into(folder.resolve("routes"));
        Path changed = routes.resolve("30-enrich-page.camel.yaml");
        String text = Files.readString(changed);
        String failing = "        - throwException:\n            exceptionType: java.lang.IllegalStateException\n"
                + "            message: \"${body.changes}\"\n";
        int at = text.indexOf("        - split:");
        Files.writeString(changed, text.substring(0, at) + failing + text.substring(at));
        CanaryRun.plantBrokerPassword(folder.resolve("data"));
        Sandbox sandbox = TestBridge.sandbox(CanaryRun.sandboxSettings(Duration.ofHours(1)), Clock.systemUTC());
        Map<String, String> settings = Map.of(
                "genesys.client-id",
                Planted.CLIENT,
                "genesys.client-secret",
                Planted.CLIENT_SECRET,
                "camel.main.jmxEnabled",
                "true");
        try (TestBridge broken = TestBridge.of(sandbox, folder.resolve("data"), settings, routes, Clock.systemUTC())
                .start()) {
            awaitMet("GivenUpException");
            new SearchedBridge(run.surfaces(), broken, folder.resolve("data")).look();
        }
    }

    /** Nobody would see how it goes. */
    void portTaken(Path folder) throws Exception {
        CanaryRun.plantBrokerPassword(folder);
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Sandbox sandbox = TestBridge.sandbox(CanaryRun.sandboxSettings(Duration.ofHours(1)), Clock.systemUTC());
            Map<String, String> settings = Map.of(
                    "genesys.client-id",
                    Planted.CLIENT,
                    "genesys.client-secret",
                    Planted.CLIENT_SECRET,
                    "management.port",
                    Integer.toString(taken.getLocalPort()));
            try (TestBridge refused = TestBridge.of(sandbox, folder, settings)) {
                run.fails(refused::start);
            }
        }
    }

    /** As an administrator starts it, and each request is answered with its own token. */
    void inItsOwnProcess(Path folder) throws Exception {
        CanaryRun.plantBrokerPassword(folder.resolve("data"));
        Path secret = Files.writeString(folder.resolve("secret"), Planted.CLIENT_SECRET);
        test.sandbox()
                .add((request, normal) ->
                        request.isForApi() ? new EchoesCredentials(1).answer(request, normal) : normal.get());
        ProcessSeen.searchInto(
                run.surfaces(),
                folder,
                Map.ofEntries(
                        Map.entry("CLASSPATH", System.getProperty("java.class.path")),
                        Map.entry("GENESYS_API_URL", test.sandbox().url().toString()),
                        Map.entry("GENESYS_CLIENT_ID", Planted.CLIENT),
                        Map.entry("GENESYS_CLIENT_SECRET_FILE", secret.toString()),
                        Map.entry("GENESYS_LOGIN_URL", test.sandbox().url().toString()),
                        Map.entry("PRIVACY_HASH_KEY", Planted.HASH_KEY),
                        Map.entry("PRIVACY_CUSTOMER_ADDRESS", "hash"),
                        Map.entry("PRIVACY_ORIGINAL", "drop"),
                        Map.entry("DATA_DIR", folder.resolve("data").toString()),
                        Map.entry("BROKER_PORT", "0"),
                        Map.entry("MANAGEMENT_PORT", "0")),
                "poll failed code=GENESYS_REQUEST_REFUSED",
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-Dlog4j2.configurationFile="
                        + Path.of("config/log4j2.properties").toAbsolutePath(),
                ConversationBridge.class.getName(),
                "run",
                "--config",
                Path.of("config").toAbsolutePath().toString(),
                "--routes",
                ROUTES.toString());
        test.sandbox().removeFaults();
    }

    private void awaitMet(String failure) {
        await(failure).until(() -> !run.failures().missing().contains(failure));
    }

    private static void refuse(Configuration configuration, QueueSettings names) {
        configuration.putSecurityRoles(names.error(), Set.of(all(false)));
        configuration.addAddressSetting(
                names.enriched(),
                new AddressSettings()
                        .setAddressFullMessagePolicy(AddressFullMessagePolicy.FAIL)
                        .setMaxSizeMessages(1));
    }

    private static Role all(boolean send) {
        String bridge = "bridge";
        return new Role(bridge, send, true, true, true, true, true, true, true, true, true, true, true);
    }
}
