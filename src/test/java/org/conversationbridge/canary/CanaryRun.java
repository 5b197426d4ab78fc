// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.canary;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.awaitility.Awaitility.await;

import jakarta.jms.JMSException;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.commons.lang3.exception.ExceptionUtils;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.conversationbridge.MovableClock;
import org.conversationbridge.TestBridge;
import org.conversationbridge.bridge.Bridge;
import org.conversationbridge.bridge.Json;
import org.conversationbridge.broker.BrokerConnections;
import org.conversationbridge.broker.BrokerCredentials;
import org.conversationbridge.broker.BrokerQueues;
import org.conversationbridge.broker.QueueResolver;
import org.conversationbridge.poll.PollFigures;
import org.conversationbridge.replay.Replay;
import org.conversationbridge.route.RouteFiles;
import org.conversationbridge.sandbox.SandboxSettings;
import org.conversationbridge.sandbox.fault.EchoesCredentials;
import org.conversationbridge.sandbox.fault.Faults;
import org.conversationbridge.sandbox.fault.LacksPermission;
import org.conversationbridge.sandbox.world.WorldSettings;
import org.conversationbridge.settings.QueueSettings;
import org.conversationbridge.settings.Secret;
import org.conversationbridge.settings.SettingsReader;

/** The connector with planted canaries, led through everything that can go wrong; each surface is searched on the way. */
final class CanaryRun implements AutoCloseable {
    private static final String CLIENT = "canary-client";
    private static final String CLIENT_SECRET = "canary/secret+of&the=client";
    private static final String BROKER_PASSWORD = "canary-password-of-the-broker";
    private static final String WRONG_PASSWORD = "canary-password-that-is-wrong";
    private static final String STORE_PASSWORD = "canary-password-of-the-store";
    private static final String HASH_KEY = "canary-key-of-the-hash";
    private static final String DLQ = "DLQ";

    private static final Path ROUTES = Path.of("routes").toAbsolutePath();

    private final MovableClock clock = new MovableClock();
    private final HttpClient http = HttpClient.newHttpClient();
    private final Path dataDir;
    private final Surfaces surfaces;
    private final QueuesSeen queues;
    private final LoggedText log;
    private final TestBridge test;

    CanaryRun(Path dataDir) throws Exception {
        this.dataDir = dataDir;
        this.surfaces = new Surfaces(canaries());
        this.queues = new QueuesSeen(surfaces);
        this.log = LoggedText.begin(surfaces);
        Files.writeString(
                dataDir.resolve(BrokerCredentials.FILE),
                "broker.user=bridge\nbroker.password=" + BROKER_PASSWORD + "\n");
        SandboxSettings sandbox =
                new SandboxSettings(WorldSettings.SMALL, CLIENT, CLIENT_SECRET, Duration.ofSeconds(30), 0, true, false);
        this.test = TestBridge.of(TestBridge.sandbox(sandbox, clock), dataDir, settings(), clock);
    }

    static List<Canary> canaries() {
        List<Canary> all = new ArrayList<>(Canary.customers());
        all.add(Canary.token());
        all.add(Canary.secret("client secret", CLIENT, CLIENT_SECRET));
        all.add(Canary.secret("broker password", "bridge", BROKER_PASSWORD));
        all.add(Canary.secret("wrong broker password", "bridge", WRONG_PASSWORD));
        all.add(Canary.secret("password in a URL", "bridge", STORE_PASSWORD));
        all.add(Canary.secret("hash key", "", HASH_KEY));
        return all;
    }

    /** The listing tells attributes; histories come from analytics, so that both are asked. */
    private static Map<String, String> settings() {
        return Map.ofEntries(
                Map.entry("genesys.client-id", CLIENT),
                Map.entry("genesys.client-secret", CLIENT_SECRET),
                Map.entry("genesys.response-timeout", "500ms"),
                Map.entry("genesys.answer-timeout", "700ms"),
                Map.entry("genesys.max-answer-size", "1MB"),
                Map.entry("genesys.retry-max-delay", "50ms"),
                Map.entry("genesys.rate-limit-max-wait", "100ms"),
                Map.entry("history.cache-ttl", "1s"),
                Map.entry("history.retry-after", "1s"),
                Map.entry("history.on-unavailable", "park"),
                Map.entry("privacy.attributes", "account"),
                Map.entry("poll.source", "conversations"));
    }

    Surfaces surfaces() {
        return surfaces;
    }

    TestBridge test() {
        return test;
    }

    /** Starts it, without a fault. */
    void start() throws Exception {
        test.bridge().checkCredentials();
        test.start();
        settle(0);
        look();
    }

    /** Each fault of the sandbox in turn, and credentials that come back in every part of an answer. */
    void everyFault() throws Exception {
        for (String fault : Faults.names()) {
            long t = System.nanoTime();
            Faults.add(fault, test.sandbox());
            poll();
            poll();
            lookAtQueues();
            System.out.println("TIME " + fault + " " + (System.nanoTime() - t) / 1000000);
            test.sandbox().removeFaults();
        }
        test.sandbox().add((request, normal) -> {
            String token = request.header("Authorization").orElse("none");
            return request.isForApi()
                    ? new EchoesCredentials(1)
                            .answer(request, normal)
                            .withHeader("ININ-Correlation-Id", token.replace("Bearer ", ""))
                            .withHeader("Location", "https://example.com/?access_token=" + token)
                            .withHeader("Retry-After", token)
                    : normal.get();
        });
        poll();
        test.sandbox().removeFaults();
        clock.advance(Duration.ofMinutes(1));
        test.sandbox().add(new EchoesCredentials(1));
        fails(() -> test.bridge().checkCredentials());
        test.sandbox().removeFaults();
        poll();
        look();
    }

    /** Texts with customer data where nobody expects them. */
    void strayMessages() throws Exception {
        QueueSettings names = test.settings().queues();
        for (String customer : Canary.customers().stream().map(Canary::example).toList()) {
            test.send(names.pages(), customer);
            test.send(names.pages(), "{\"pollId\":\"p\",\"partition\":\"" + customer + "\",\"changes\":[]}");
            test.send(
                    names.pages(),
                    "{\"pollId\":\"p\",\"partition\":0,\"changes\":[{\"observedAt\":\"" + customer + "\"}]}");
            test.send(names.pollRequests(), customer);
        }
        long parked = 3L * Canary.customers().size();
        await().until(() -> test.depth(names.error()) >= parked && test.depth(names.pages()) == 0);
        poll();
        look();
    }

    /** What is parked goes through again, once with its fault and once without. */
    void replay() throws Exception {
        QueueSettings names = test.settings().queues();
        Replay replay = new Replay(
                names,
                new QueueResolver(new BrokerQueues(names)),
                test.settings().poll().partitions(),
                Json.mapper(),
                surfaces.of("replay, lines")::add);
        test.sandbox().add(new LacksPermission(Integer.MAX_VALUE));
        clock.advance(Duration.ofSeconds(5));
        replay.look(test.connection(), null);
        replay.send(test.connection(), null);
        poll();
        look();
        test.sandbox().removeFaults();
        clock.advance(Duration.ofSeconds(5));
        replay.send(test.connection(), null);
        poll();
        look();
    }

    /** A page waits on its queue, as nobody takes it. */
    void waitingPage() throws Exception {
        test.bridge().context().getRouteController().stopRoute("enrich-page");
        clock.advance(Duration.ofSeconds(40));
        test.poll();
        await().until(() -> test.depth(test.settings().queues().pages()) > 0);
        look();
        test.bridge().context().getRouteController().startRoute("enrich-page");
        poll();
    }

    /** Settings that are refused, with secrets where they belong and where they do not. */
    void wrongSettings() {
        String inUrl = "user:" + STORE_PASSWORD + "@";
        List<Map<String, String>> wrong = List.of(
                Map.of("GENESYS_API_URL", "https://" + inUrl + "example.com"),
                Map.of("GENESYS_API_URL", "https://" + inUrl + "no such host"),
                Map.of("GENESYS_LOGIN_URL", "https://example.com/?access_token=" + STORE_PASSWORD),
                Map.of("GENESYS_CLIENT_SECRET_FILE", "/dev/null/none"),
                Map.of("BROKER_URL", "tcp://" + inUrl + "h?trustStorePath=x", "BROKER_TRUST_STORE", "/dev/null"),
                Map.of("PRIVACY_CUSTOMER_ADDRESS", "hash"),
                Map.of("HISTORY_LIMIT", "none", "BROKER_PORT", "none", "POLL_LOOKBACK", "none"));
        for (Map<String, String> variables : wrong) {
            Map<String, String> all = new HashMap<>(Map.of(
                    "GENESYS_CLIENT_SECRET", CLIENT_SECRET,
                    "BROKER_PASSWORD", BROKER_PASSWORD,
                    "PRIVACY_HASH_KEY", HASH_KEY));
            all.putAll(variables);
            fails(() -> new SettingsReader(all)
                    .read(Path.of("config"), RouteFiles.read(ROUTES).placeholders(), Map.of()));
        }
    }

    /** Another process whose password the broker refuses. */
    void refusedByBroker() throws Exception {
        BrokerCredentials right = BrokerCredentials.read(dataDir);
        BrokerConnections wrong = new BrokerConnections(
                right.url() + "?trustStorePassword=" + STORE_PASSWORD, right.user(), new Secret(WRONG_PASSWORD));
        surfaces.of("stack traces").add(wrong.toString());
        fails(() -> wrong.single().createConnection());
        fails(() -> wrong.pool().createConnection());
        fails(() -> new BrokerConnections(
                        right.url() + "?trustStorePassword=" + STORE_PASSWORD + " ^", "", new Secret(""))
                .single());
        System.out.println("STEP r1 " + System.nanoTime() / 1000000000);
        try (Bridge refused = new Bridge(test.settings(), ROUTES, wrong, clock)) {
            refused.start();
            System.out.println("STEP r2 " + System.nanoTime() / 1000000000);
            try {
                await().until(() -> get(refused, "health/ready").contains("broker not reachable: AMQ"));
            } catch (RuntimeException e) {
                System.out.println("STEP x" + get(refused, "health/ready"));
            }
            pages(refused);
            PlatformMBeans.searchInto(surfaces);
        }
    }

    /** The broker goes away, and does not come back. */
    void brokerGone() throws Exception {
        test.stopBroker();
        await().until(() -> get(test.bridge(), "health/ready").contains("broker not reachable"));
        pages(test.bridge());
        PlatformMBeans.searchInto(surfaces);
    }

    /** Searches all that can be seen now. */
    void look() throws Exception {
        lookAtQueues();
        pages(test.bridge());
        PlatformMBeans.searchInto(surfaces);
        surfaces.of("system properties").add(System.getProperties().toString());
        surfaces.of("environment").add(System.getenv().toString());
        surfaces.of("placeholders of routes").add(test.settings().placeholders().toString());
        Thread.getAllStackTraces()
                .keySet()
                .forEach(thread -> surfaces.of("thread names").add(thread.getName()));
        DataFolder.searchInto(surfaces.of("data.dir, but for messages and credentials"), dataDir);
    }

    private void lookAtQueues() throws JMSException {
        QueueSettings names = test.settings().queues();
        for (String queue : List.of(
                names.pollRequests(), names.pages(), names.checkpoint(), names.enriched(), names.error(), DLQ)) {
            queues.look(test.connection(), queue);
        }
    }

    private void pages(Bridge bridge) throws Exception {
        for (String page : List.of("health", "health/live", "health/ready", "info", "metrics")) {
            surfaces.of("management, /observe/" + page).add(get(bridge, page));
        }
    }

    private String get(Bridge bridge, String page) throws IOException, InterruptedException {
        URI uri = URI.create("http://127.0.0.1:" + bridge.managementPort() + "/observe/" + page);
        HttpResponse<String> answer =
                http.send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofString());
        return answer.statusCode() + " " + answer.headers().map() + " " + answer.body();
    }

    /** Polls twenty seconds later, with the token expired. */
    private void poll() throws JMSException {
        clock.advance(Duration.ofSeconds(20));
        long before = polls();
        test.poll();
        settle(before);
    }

    /** The poll is over and what it changed has been worked on. */
    private void settle(long before) {
        await().until(() -> polls() > before);
        await().until(() -> {
            PollFigures figures = test.bridge().polls().figures();
            return figures.delivered() + figures.parked() - figures.unreadable() >= figures.changed();
        });
    }

    private long polls() {
        PollFigures figures = test.bridge().polls().figures();
        return figures.polls() + figures.failedPolls();
    }

    private void fails(ThrowingCallable step) {
        Throwable failure = catchThrowable(step);
        assertThat(failure).isNotNull();
        surfaces.of("stack traces").add(String.join("\n", ExceptionUtils.getStackFrames(failure)));
    }

    @Override
    public void close() throws Exception {
        test.close();
        log.close();
    }
}
