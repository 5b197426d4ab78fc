// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.bridge.canary;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.awaitility.Awaitility.await;

import jakarta.jms.BytesMessage;
import jakarta.jms.JMSException;
import jakarta.jms.Session;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import org.apache.commons.lang3.exception.ExceptionUtils;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.awaitility.core.ConditionFactory;
import org.conversationbridge.MovableClock;
import org.conversationbridge.TestBridge;
import org.conversationbridge.bridge.Json;
import org.conversationbridge.broker.BrokerCredentials;
import org.conversationbridge.broker.BrokerQueues;
import org.conversationbridge.broker.QueueResolver;
import org.conversationbridge.genesys.GenesysAnswer;
import org.conversationbridge.genesys.GenesysRequest;
import org.conversationbridge.genesys.failure.AnswerCheck;
import org.conversationbridge.poll.PollFigures;
import org.conversationbridge.replay.Replay;
import org.conversationbridge.sandbox.Fault;
import org.conversationbridge.sandbox.SandboxAnswer;
import org.conversationbridge.sandbox.SandboxRequest;
import org.conversationbridge.sandbox.SandboxSettings;
import org.conversationbridge.sandbox.fault.EchoesCredentials;
import org.conversationbridge.sandbox.fault.Faults;
import org.conversationbridge.sandbox.fault.LacksPermission;
import org.conversationbridge.sandbox.fault.LimitsInterval;
import org.conversationbridge.sandbox.world.WorldSettings;
import org.conversationbridge.settings.QueueSettings;

/**
 * The connector with planted canaries, led through everything that can go wrong; each surface is searched on the way.
 */
final class CanaryRun implements AutoCloseable {
    static final String CREDENTIALS = "requests, Authorization";

    private static final ConditionFactory AWAIT =
            await().atMost(Duration.ofSeconds(60)).pollInterval(Duration.ofMillis(20));

    private final MovableClock clock = new MovableClock();
    private final Failures failures = new Failures();
    private final Surfaces surfaces = new Surfaces(Planted.canaries());
    private final LoggedText log = LoggedText.begin(surfaces, failures);
    private volatile Surfaces heard = surfaces;
    private final Path dataDir;
    private final TestBridge test;
    private final SearchedBridge searched;

    CanaryRun(Path dataDir) throws Exception {
        this.dataDir = dataDir;
        plantBrokerPassword(dataDir);
        this.test = TestBridge.of(
                TestBridge.sandbox(sandboxSettings(Duration.ofSeconds(30)), clock), dataDir, settings(), clock);
        this.searched = new SearchedBridge(surfaces, test, dataDir);
        test.sandbox().observe((request, answer) -> searchRequest(request));
    }

    /** One that knows the planted client. */
    static SandboxSettings sandboxSettings(Duration tokenLife) {
        return new SandboxSettings(
                WorldSettings.SMALL, Planted.CLIENT, Planted.CLIENT_SECRET, tokenLife, 0, true, false);
    }

    /** The embedded broker keeps the password that it finds. */
    static void plantBrokerPassword(Path dataDir) throws Exception {
        Files.writeString(
                Files.createDirectories(dataDir).resolve(BrokerCredentials.FILE),
                "broker.user=" + Planted.BROKER_USER + "\nbroker.password=" + Planted.BROKER_PASSWORD + "\n");
    }

    /** The listing reports attributes; histories come from analytics, so that both are asked. */
    private static Map<String, String> settings() {
        return Map.ofEntries(
                Map.entry("genesys.client-id", Planted.CLIENT),
                Map.entry("genesys.client-secret", Planted.CLIENT_SECRET),
                Map.entry("genesys.response-timeout", "500ms"),
                Map.entry("genesys.answer-timeout", "700ms"),
                Map.entry("genesys.max-answer-size", "1MB"),
                Map.entry("genesys.retry-max-delay", "50ms"),
                Map.entry("genesys.rate-limit-max-wait", "100ms"),
                Map.entry("history.cache-ttl", "1s"),
                Map.entry("history.retry-after", "1s"),
                Map.entry("history.on-unavailable", "park"),
                Map.entry("privacy.attributes", "account"),
                Map.entry("camel.main.jmxEnabled", "true"),
                Map.entry("poll.source", "conversations"));
    }

    Surfaces surfaces() {
        return surfaces;
    }

    Failures failures() {
        return failures;
    }

    /** Where log lines and requests are searched into from now on. */
    void hear(Surfaces into) {
        heard = into;
        log.searchInto(into);
    }

    TestBridge test() {
        return test;
    }

    Path dataDir() {
        return dataDir;
    }

    /** Starts it, without a fault. */
    void start() throws Exception {
        test.bridge().checkCredentials();
        test.start();
        settle(0);
        searched.look();
    }

    /** Each fault of the sandbox in turn, and those that it has no name for. */
    void everyFault() throws Exception {
        for (String fault : Faults.names()) {
            Faults.add(fault, test.sandbox());
            poll();
            searched.lookAtQueues();
            test.sandbox().removeFaults();
        }
        pollWith(CanaryRun::echoesTokenEverywhere);
        pollWith(new LimitsInterval(Duration.ofHours(1)));
        pollWith((request, normal) -> request.path().endsWith("/conversations")
                ? SandboxAnswer.json(400, "{\"code\":\"bad.request\",\"message\":\"requires a user context\"}")
                : normal.get());
        pollWith((request, normal) -> request.isForApi() ? SandboxAnswer.json(200, "[]") : normal.get());
        pollWith(anotherProcessPolls());
        clock.advance(Duration.ofMinutes(1));
        test.sandbox().add(new EchoesCredentials(1));
        fails(() -> test.bridge().checkCredentials());
        test.sandbox().removeFaults();
        fails(CanaryRun::refusesInterval);
        searched.look();
    }

    /** It is found out once and asked otherwise from then on, so that no log line has it. */
    private static void refusesInterval() {
        GenesysAnswer refusal = new GenesysAnswer(
                400,
                new GenesysAnswer.Headers(Map.of()),
                "{\"code\":\"bad.request\",\"message\":\"The interval may not exceed 7 days\"}");
        new AnswerCheck(URI.create("https://api.example.com"), Duration.ofSeconds(1), Clock.systemUTC())
                .check(
                        new GenesysRequest("agent history", "POST", "/api/v2/query", "", Planted.CLIENT_SECRET),
                        refusal);
    }

    private static SandboxAnswer echoesTokenEverywhere(SandboxRequest request, Supplier<SandboxAnswer> normal) {
        String token = request.header("Authorization").orElse("none");
        return request.isForApi()
                ? new EchoesCredentials(1)
                        .answer(request, normal)
                        .withHeader("ININ-Correlation-Id", token.replace("Bearer ", ""))
                        .withHeader("Location", "https://example.com/?access_token=" + token)
                        .withHeader("Retry-After", token)
                : normal.get();
    }

    /** In the middle of a poll, once. */
    private Fault anotherProcessPolls() {
        AtomicBoolean done = new AtomicBoolean();
        return (request, normal) -> {
            if (request.isForApi() && !done.getAndSet(true)) {
                try {
                    test.rewriteCheckpoint();
                } catch (JMSException e) {
                    throw new AssertionError(e);
                }
            }
            return normal.get();
        };
    }

    /** Texts with customer data where nobody expects them. */
    void strayMessages() throws Exception {
        QueueSettings names = test.settings().queues();
        int before = test.depth(names.error());
        for (Canary canary : Canary.customers()) {
            String customer = canary.examples().get(0);
            test.send(names.pages(), customer);
            test.send(names.pages(), "{\"pollId\":\"p\",\"partition\":\"" + customer + "\",\"changes\":[]}");
            test.send(
                    names.pages(),
                    "{\"pollId\":\"p\",\"partition\":0,\"changes\":[{\"observedAt\":\"" + customer + "\"}]}");
            test.send(names.pollRequests(), customer);
        }
        sendBytes(names.pages());
        sendBytes(names.checkpoint());
        sendBytes(names.corrections());
        AWAIT.until(() ->
                test.depth(names.error()) >= before + 1 + 3 * Canary.customers().size());
        poll();
        searched.look();
    }

    /** What is no text is put aside as it is, unread. */
    private void sendBytes(String queue) throws JMSException {
        try (Session session = test.connection().createSession(Session.AUTO_ACKNOWLEDGE)) {
            BytesMessage message = session.createBytesMessage();
            message.writeUTF(Planted.everyCustomer());
            session.createProducer(session.createQueue(queue)).send(message);
        }
    }

    /** What is parked goes through again, once with its fault and once without. */
    void replay() throws Exception {
        test.sandbox().add(new LacksPermission(Integer.MAX_VALUE));
        clock.advance(Duration.ofSeconds(5));
        replay(surfaces).look(test.connection(), null);
        replay(surfaces).send(test.connection(), null);
        poll();
        searched.lookAtQueues();
        test.sandbox().removeFaults();
        clock.advance(Duration.ofSeconds(5));
        replay(surfaces).send(test.connection(), null);
        poll();
        searched.look();
    }

    /** A replay whose lines are searched. */
    Replay replay(Surfaces into) {
        return new Replay(
                test.settings().queues(),
                resolver(),
                test.settings().poll().partitions(),
                Json.mapper(),
                into.of("lines of replay")::add);
    }

    /** A page waits on its queue, as nobody takes it; polls are skipped, and a replay has to wait. */
    void waitingPage() throws Exception {
        test.bridge().context().getRouteController().stopRoute("enrich-page");
        AWAIT.until(() -> {
            // One that fails because an answer is late announces nothing.
            clock.advance(Duration.ofSeconds(40));
            long before = polls();
            test.poll();
            AWAIT.until(() -> polls() > before);
            return test.depth(test.settings().queues().pages()) > 0;
        });
        test.send(test.settings().queues().pollRequests(), "");
        replay(surfaces).send(test.connection(), "originalType = 'conversation'");
        AWAIT.until(() -> !failures.missing().contains("NotDeliveredException"));
        searched.look();
        test.bridge().context().getRouteController().startRoute("enrich-page");
        poll();
    }

    /** The broker goes away, and does not come back. */
    void brokerGone() throws Exception {
        test.stopBroker();
        AWAIT.until(() -> searched.page(test.bridge(), "health/ready").contains("broker not reachable"));
        searched.lookWithoutBroker(test.bridge());
    }

    void fails(ThrowingCallable step) {
        fails(surfaces, step);
    }

    /** Searches what is thrown, as a stack trace shows it. */
    void fails(Surfaces into, ThrowingCallable step) {
        Throwable failure = catchThrowable(step);
        assertThat(failure).isNotNull();
        String trace = ExceptionUtils.getStackTrace(failure);
        failures.look(trace);
        into.of("stack traces").add(trace);
    }

    /** A request to Genesys Cloud, apart from it the header that the credentials belong into. */
    private void searchRequest(SandboxRequest request) {
        Map<String, String> headers = new HashMap<>(request.headers());
        heard.of(CREDENTIALS).add(String.valueOf(headers.remove("authorization")));
        heard.of("requests, but for Authorization")
                .add(String.join(
                        " ", request.method(), request.path(), request.query(), headers.toString(), request.body()));
    }

    private QueueResolver resolver() {
        return new QueueResolver(new BrokerQueues(test.settings().queues()));
    }

    private void pollWith(Fault fault) throws JMSException {
        test.sandbox().add(fault);
        poll();
        test.sandbox().removeFaults();
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
        AWAIT.until(() -> polls() > before);
        AWAIT.until(this::isDelivered);
    }

    private boolean isDelivered() throws JMSException {
        return test.depth(test.settings().queues().pages()) == 0;
    }

    private long polls() {
        PollFigures figures = test.bridge().polls().figures();
        return figures.polls() + figures.failedPolls();
    }

    @Override
    public void close() throws Exception {
        test.close();
        log.close();
    }
}
