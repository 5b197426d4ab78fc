// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.bridge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;
import org.conversationbridge.DatedLine;
import org.conversationbridge.MovableClock;
import org.conversationbridge.TestBridge;
import org.conversationbridge.sandbox.Sandbox;
import org.conversationbridge.sandbox.SandboxSettings;
import org.conversationbridge.sandbox.fault.DelaysNotifications;
import org.conversationbridge.sandbox.fault.DropsNotifications;
import org.conversationbridge.sandbox.fault.RepeatsNotifications;
import org.conversationbridge.sandbox.world.SandboxQueue;
import org.conversationbridge.sandbox.world.Truth;
import org.conversationbridge.sandbox.world.WorldSettings;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** With poll.source=notifications changes are announced when they happen, and polls find what was not reported. */
class NotificationsTest {
    private static final String NEVER = "0 0 0 1 1 ? 2099";

    private final MovableClock clock = new MovableClock();

    @TempDir
    private Path dataDir;

    @Test
    void what_notifications_do_not_report_is_as_the_poll_reported_it() throws Exception {
        try (TestBridge test = start(clock)) {
            List<JsonNode> polled = messages(test);
            for (int second = 0; second < 60; second++) {
                clock.advance(Duration.ofSeconds(1));
                test.awaitAnnounced();
            }

            List<JsonNode> told = messages(test);

            assertThat(told)
                    .allSatisfy(message ->
                            assertThat(message.path("direction").asText()).isIn("inbound", "outbound"))
                    .extracting(message -> message.path("mediaType").asText() + " "
                            + message.path("eventType").asText())
                    .contains("chat conversation.updated");
            assertThat(told)
                    .filteredOn(message -> polled.stream().anyMatch(each -> isOfSame(each, message)))
                    .isNotEmpty()
                    .allSatisfy(
                            message -> assertThat(message.path("divisionIds")).isNotEmpty());
        }
    }

    @Test
    void what_is_reported_is_dated_by_the_clock_of_genesys_cloud() throws Exception {
        Sandbox sandbox = sandbox(clock);
        Clock wrong = Clock.offset(clock, Duration.ofHours(-2));
        try (DatedLine line = DatedLine.to(sandbox.url(), clock);
                TestBridge test = bridge(
                        sandbox, wrong, queues(sandbox), NEVER, line.url().toString())) {
            awaitFirstPoll(test);
            messages(test);
            for (int second = 0; second < 20; second++) {
                clock.advance(Duration.ofSeconds(1));
                test.awaitAnnounced();
            }

            assertThat(messages(test))
                    .isNotEmpty()
                    .allSatisfy(message -> assertThat(
                                    Instant.parse(message.path("observedAt").asText()))
                            .isCloseTo(clock.instant(), within(25, ChronoUnit.SECONDS)));
        }
    }

    private static boolean isOfSame(JsonNode one, JsonNode other) {
        return one.path("conversationId").equals(other.path("conversationId"));
    }

    private static List<JsonNode> messages(TestBridge test) throws Exception {
        return test.delivered().stream().map(TestBridge::json).toList();
    }

    @Test
    void changes_are_announced_without_a_poll() throws Exception {
        try (TestBridge test = start(clock)) {
            test.delivered();
            long polls = test.bridge().polls().figures().polls();

            for (int second = 0; second < 60; second++) {
                clock.advance(Duration.ofSeconds(1));
                test.awaitAnnounced();
            }

            assertThat(eventTypes(test)).contains("conversation.started", "conversation.updated", "conversation.ended");
            assertThat(test.bridge().polls().figures().polls()).isEqualTo(polls);
        }
    }

    @Test
    void the_next_poll_corrects_lost_late_and_repeated_ones() throws Exception {
        try (TestBridge test = start(clock)) {
            test.sandbox().notifications().add(new DropsNotifications(3));
            test.sandbox().notifications().add(new RepeatsNotifications(4, Duration.ofMillis(100)));
            test.sandbox().notifications().add(new DelaysNotifications(5, Duration.ofMillis(60)));

            for (int second = 0; second < 40; second++) {
                clock.advance(Duration.ofSeconds(2));
                test.awaitAnnounced();
            }
            long polls = test.bridge().polls().figures().polls();
            test.pollNow();
            await().until(() -> test.bridge().polls().figures().polls() > polls);
            test.awaitDelivered();

            Map<String, Long> last = new HashMap<>();
            Map<String, Truth.Standing> told = new HashMap<>();
            test.delivered().forEach(message -> {
                var content = TestBridge.json(message);
                long sequence = content.path("sequence").asLong();
                String id = content.path("conversationId").asText();
                assertThat(sequence).as(id).isEqualTo(last.getOrDefault(id, 0L) + 1);
                last.put(id, sequence);
                told.put(id, TruthTest.standing(content));
            });
            told.values().removeIf(standing -> standing.state().equals("ended"));
            assertThat(told).isEqualTo(new Truth(test.sandbox().world()).standings(clock.instant()));
            assertThat(last).hasSizeGreaterThan(12);
        }
    }

    @Test
    void a_socket_that_is_or_will_be_closed_is_opened_again() throws Exception {
        try (TestBridge test = start(Clock.systemUTC())) {
            long before = test.sandbox().sockets().connections();

            test.sandbox().sockets().announceClosing();
            await().until(() -> test.sandbox().sockets().connections() == before + 1
                    && test.sandbox().sockets().openSockets() == 1);
            test.sandbox().sockets().closeSockets();

            await().until(() -> test.sandbox().sockets().connections() == before + 2
                    && test.sandbox().sockets().openSockets() == 1);
        }
    }

    @Test
    void a_socket_that_is_silent_is_given_up() throws Exception {
        try (TestBridge test = start(clock)) {
            long before = test.sandbox().sockets().connections();
            test.sandbox().sockets().setSilent(true);

            clock.advance(Duration.ofSeconds(41));

            await().until(() -> test.sandbox().sockets().connections() > before);
        }
    }

    @Test
    void polls_are_spared_only_where_every_topic_is_reported() throws Exception {
        String none = "00000000-0000-4000-8000-000000000001";
        Sandbox sandbox = sandbox(Clock.systemUTC());
        try (TestBridge test = bridge(sandbox, Clock.systemUTC(), queues(sandbox) + "," + none, "0/1 * * * * ?")) {
            await().until(() -> test.bridge().polls().figures().polls() >= 4);
        }
    }

    @Test
    void polls_are_spared_while_everything_is_reported() throws Exception {
        Sandbox sandbox = sandbox(Clock.systemUTC());
        try (TestBridge test = bridge(sandbox, Clock.systemUTC(), queues(sandbox), "0/1 * * * * ?")) {
            AtomicLong last = new AtomicLong();
            // Those at the start, and one when the answers no longer lag behind; then none at any fire time.
            await().during(Duration.ofSeconds(3)).atMost(Duration.ofMinutes(1)).until(() -> {
                long polls = test.bridge().polls().figures().polls();
                return polls > 0 && polls == last.getAndSet(polls);
            });
            assertThat(test.sandbox().sockets().openSockets()).isEqualTo(1);
        }
    }

    private TestBridge start(Clock time) throws Exception {
        Sandbox sandbox = sandbox(time);
        TestBridge test = bridge(sandbox, time, queues(sandbox), NEVER);
        awaitFirstPoll(test);
        return test;
    }

    private static void awaitFirstPoll(TestBridge test) {
        await().until(() -> test.sandbox().sockets().openSockets() == 1
                && test.bridge().polls().figures().polls() == 1);
        test.awaitDelivered();
    }

    private static Sandbox sandbox(Clock time) throws Exception {
        return TestBridge.sandbox(
                new SandboxSettings(
                        WorldSettings.SMALL, "sandbox", "sandbox-secret", Duration.ofHours(1), 0, true, false),
                time);
    }

    private static String queues(Sandbox sandbox) {
        return sandbox.world().queues().stream().map(SandboxQueue::id).collect(Collectors.joining(","));
    }

    private TestBridge bridge(Sandbox sandbox, Clock time, String queues, String cron) throws Exception {
        return bridge(sandbox, time, queues, cron, sandbox.url().toString());
    }

    private TestBridge bridge(Sandbox sandbox, Clock time, String queues, String cron, String url) throws Exception {
        return TestBridge.of(
                        sandbox,
                        dataDir,
                        Map.of(
                                "poll.source", "notifications",
                                "notifications.queues", queues,
                                "poll.cron", cron,
                                "genesys.api-url", url,
                                "genesys.login-url", url),
                        time)
                .start();
    }

    private static List<String> eventTypes(TestBridge test) throws Exception {
        return test.delivered().stream()
                .map(message -> TestBridge.json(message).path("eventType").asText())
                .toList();
    }
}
