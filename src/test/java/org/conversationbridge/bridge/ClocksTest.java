// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.bridge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import jakarta.jms.BytesMessage;
import jakarta.jms.MapMessage;
import jakarta.jms.Message;
import jakarta.jms.MessageProducer;
import jakarta.jms.Session;
import jakarta.jms.StreamMessage;
import jakarta.jms.TextMessage;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.apache.camel.health.HealthCheck;
import org.awaitility.Awaitility;
import org.conversationbridge.DatedLine;
import org.conversationbridge.LogCapture;
import org.conversationbridge.MovableClock;
import org.conversationbridge.TestBridge;
import org.conversationbridge.clock.GenesysClock;
import org.conversationbridge.clock.SteadyClock;
import org.conversationbridge.health.PollCheck;
import org.conversationbridge.sandbox.Sandbox;
import org.conversationbridge.sandbox.SandboxSettings;
import org.conversationbridge.sandbox.world.Story;
import org.conversationbridge.sandbox.world.WorldSettings;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The clocks of the bridge, of its broker (that of this machine) and of Genesys Cloud are apart from one another, and
 * the bridge's is another in each of its lives.
 */
class ClocksTest {
    private static final Duration OUTAGE = Duration.ofSeconds(35);

    /** The clock of the machine, which is set wrongly, and set again. */
    private static final class Machine extends Clock {
        private final Clock time;
        private volatile Duration ahead = Duration.ZERO;

        Machine(Clock time) {
            this.time = time;
        }

        @Override
        public Instant instant() {
            return time.instant().plus(ahead);
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }
    }

    /** What a life of the bridge has made of it. */
    private static final class OfThisLife extends Clock {
        private volatile Clock clock = Clock.systemUTC();

        @Override
        public Instant instant() {
            return clock.instant();
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }
    }

    private final MovableClock genesys = new MovableClock();
    private final Machine machine = new Machine(genesys);
    private final OfThisLife own = new OfThisLife();
    private final Map<String, List<String>> told = new TreeMap<>();

    @TempDir
    private Path folder;

    @Test
    void an_outage_is_closed_and_polls_go_on_with_a_clock_hours_ahead_and_behind() throws Exception {
        live(Duration.ofHours(2), Duration.ofSeconds(-90));
    }

    @Test
    @Tag("soak")
    void an_outage_is_closed_and_polls_go_on_however_far_the_clocks_are_apart() throws Exception {
        live(
                Duration.ofSeconds(-20),
                Duration.ofSeconds(20),
                Duration.ofSeconds(-90),
                Duration.ofSeconds(90),
                Duration.ofHours(-2),
                Duration.ofHours(2),
                Duration.ZERO);
    }

    /** @param lives by how much the clock of the machine is ahead of Genesys Cloud's in each of them */
    private void live(Duration... lives) throws Exception {
        live(() -> DateTimeFormatter.RFC_1123_DATE_TIME.withZone(ZoneOffset.UTC).format(genesys.instant()), lives);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "today at noon"})
    @Tag("soak")
    void without_a_readable_date_an_outage_is_closed_by_the_clock_of_the_machine(String date) throws Exception {
        try (LogCapture log = LogCapture.of(GenesysClock.class)) {
            live(() -> date, Duration.ZERO, Duration.ZERO);

            assertThat(log.messages()).hasSizeBetween(1, 3).allMatch(line -> line.contains("no readable Date"));
        }
    }

    private void live(Supplier<String> date, Duration... lives) throws Exception {
        WorldSettings world = new WorldSettings(12, 8, 3, 1, Duration.ofSeconds(20), 7);
        Sandbox sandbox = TestBridge.sandbox(
                new SandboxSettings(world, "sandbox", "sandbox-secret", Duration.ofHours(1), 0, false, false), genesys);
        machineIs(lives[0]);
        Instant first = genesys.instant();
        try (DatedLine line = DatedLine.to(sandbox.url(), date);
                TestBridge bridge = bridge(sandbox, line.url())) {
            bridge.start();
            poll(bridge);
            for (Duration ahead : lives) {
                bridge.stop();
                genesys.advance(OUTAGE);
                machineIs(ahead);
                bridge.startAgain();
                poll(bridge);
            }
            assertEverythingIsTold(sandbox, first);

            machine.ahead = machine.ahead.minusHours(1);
            genesys.advance(Duration.ofSeconds(1));
            poll(bridge);
            machine.ahead = machine.ahead.plusHours(25);
            genesys.advance(Duration.ofSeconds(1));
            poll(bridge);
        }
    }

    private void assertEverythingIsTold(Sandbox sandbox, Instant first) {
        List<Story> all = sandbox.world().begun(genesys.instant()).stream()
                .filter(story -> story.end().isAfter(first))
                .toList();
        assertThat(all).hasSizeGreaterThan(50);
        for (Story story : all) {
            assertThat(told.get(story.conversationId()))
                    .as("%s from %s to %s", story.conversationId(), story.start(), story.end())
                    .isEqualTo(
                            story.end().isAfter(genesys.instant()) ? List.of("started") : List.of("started", "ended"));
        }
    }

    private void machineIs(Duration ahead) {
        machine.ahead = ahead;
        Instant start = genesys.instant();
        own.clock = SteadyClock.start(
                machine, () -> Duration.between(start, genesys.instant()).toNanos());
    }

    /** Until it has polled a few times since now, and what it found is delivered. */
    private void poll(TestBridge bridge) throws Exception {
        long polls = bridge.bridge().polls().figures().polls();
        await(() -> bridge.bridge().polls().figures().polls() >= polls + 2);
        bridge.awaitDelivered();
        await(() -> ready(bridge) == HealthCheck.State.UP);
        for (TextMessage message : bridge.delivered()) {
            JsonNode json = TestBridge.json(message);
            assertThat(Instant.parse(json.path("observedAt").asText()))
                    .isCloseTo(genesys.instant(), within(2, ChronoUnit.SECONDS));
            String type = json.path("eventType").asText().replace("conversation.", "");
            if (type.equals("started") || type.equals("ended")) {
                told.computeIfAbsent(json.path("conversationId").asText(), id -> new ArrayList<>())
                        .add(type);
            }
        }
    }

    @Test
    void whatever_is_put_on_the_request_queue_polls_go_on_and_it_costs_one_poll() throws Exception {
        Sandbox sandbox = TestBridge.sandbox(SandboxSettings.defaults(), genesys);
        machineIs(Duration.ZERO);
        try (TestBridge bridge = bridge(sandbox, sandbox.url());
                LogCapture log = LogCapture.of("org.conversationbridge");
                Session session = bridge.connection().createSession(Session.AUTO_ACKNOWLEDGE)) {
            MessageProducer requests = session.createProducer(session.createQueue("genesys.poll.requests"));
            bridge.start();
            poll(bridge);
            for (int i = 0; i < 50; i++) {
                for (Message each : foreign(session)) {
                    requests.send(each);
                }
            }
            long polls = bridge.bridge().polls().figures().polls();
            await(() -> bridge.bridge().polls().figures().polls() >= polls + 2);
            await(() -> bridge.depth("genesys.poll.requests") <= 1);
            poll(bridge);

            assertThat(bridge.bridge().polls().figures().failedPolls()).isZero();
            assertThat(log.messages()).noneMatch(line -> line.contains("Exception"));
            assertThat(log.messages())
                    .filteredOn(line -> line.contains("poll request ignored"))
                    .hasSize(1);
        }
    }

    private static List<Message> foreign(Session session) throws Exception {
        MapMessage map = session.createMapMessage();
        map.setString("poll", "now");
        BytesMessage bytes = session.createBytesMessage();
        bytes.writeBytes(new byte[100]);
        StreamMessage stream = session.createStreamMessage();
        stream.writeInt(1);
        Message unknownType = session.createTextMessage("");
        unknownType.setJMSType("something");
        Message notification = session.createTextMessage("{\"conversationId\":\"forged\"}");
        notification.setJMSType("notification");
        Message late = session.createTextMessage("");
        late.setStringProperty("JMSXGroupID", "x");
        return List.of(
                session.createTextMessage("9999-12-31T23:59:59Z"),
                session.createTextMessage("-999999999-01-01T00:00:00Z"),
                session.createTextMessage("2026-11-20T10:00:00Z"),
                session.createTextMessage("00000000-0000-4000-8000-000000000000/1"),
                session.createTextMessage("{\"a\":1}"),
                session.createTextMessage("x".repeat(10_000)),
                session.createTextMessage(""),
                session.createTextMessage(),
                session.createMessage(),
                session.createObjectMessage("object"),
                map,
                bytes,
                stream,
                unknownType,
                notification,
                late);
    }

    private TestBridge bridge(Sandbox sandbox, URI genesysUrl) throws Exception {
        return TestBridge.of(
                sandbox,
                folder,
                Map.of(
                        "genesys.api-url", genesysUrl.toString(),
                        "genesys.login-url", genesysUrl.toString(),
                        "poll.cron", "0/1 * * * * ?",
                        "poll.source", "analytics",
                        "reconcile.after", "5s"),
                own);
    }

    private static HealthCheck.State ready(TestBridge bridge) {
        return bridge.bridge()
                .context()
                .getRegistry()
                .lookupByNameAndType("pollCheck", PollCheck.class)
                .call()
                .getState();
    }

    private static void await(java.util.concurrent.Callable<Boolean> condition) {
        Awaitility.await().pollInterval(Duration.ofMillis(20)).until(condition);
    }
}
