// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.bridge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import jakarta.jms.TextMessage;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.camel.health.HealthCheck;
import org.awaitility.Awaitility;
import org.conversationbridge.DatedLine;
import org.conversationbridge.MovableClock;
import org.conversationbridge.TestBridge;
import org.conversationbridge.clock.SteadyClock;
import org.conversationbridge.health.PollCheck;
import org.conversationbridge.sandbox.Sandbox;
import org.conversationbridge.sandbox.SandboxSettings;
import org.conversationbridge.sandbox.world.Story;
import org.conversationbridge.sandbox.world.WorldSettings;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The machine of the bridge is suspended: the time that it counts stands still, Genesys Cloud goes on. What happened
 * meanwhile is announced as after any other outage.
 */
class SuspendedTest {
    private final MovableClock genesys = new MovableClock();
    private final Instant first = genesys.instant();
    private final Map<String, List<String>> told = new TreeMap<>();
    private volatile Duration stoodStill = Duration.ZERO;
    private int taken;
    private Sandbox sandbox;
    private DatedLine line;
    private TestBridge bridge;

    @TempDir
    private Path folder;

    @AfterEach
    void stop() throws Exception {
        bridge.close();
        line.close();
    }

    @Test
    void for_less_than_a_minute() throws Exception {
        suspendBetweenPolls(Duration.ofSeconds(40), Duration.ofSeconds(20));
    }

    @ParameterizedTest
    @CsvSource({"PT6S, PT5S", "PT10M, PT1M", "P1D, PT2H", "P6D, PT6H", "P20D, P1D"})
    @Tag("soak")
    void for_seconds_to_weeks(Duration suspension, Duration longest) throws Exception {
        suspendBetweenPolls(suspension, longest);
    }

    private void suspendBetweenPolls(Duration suspension, Duration longest) throws Exception {
        start(longest);
        Instant lastGood = genesys.instant();

        suspend(suspension);
        poll();

        assertGapClosed(lastGood);
        assertEverythingIsTold();
        poll();
        assertEverythingIsTold();
        assertThat(bridge.depth("genesys.bridge.events")).isZero();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    @Tag("soak")
    void while_a_poll_waits_for_its_answer(boolean isAnswered) throws Exception {
        start(Duration.ofSeconds(20));
        Instant lastGood = genesys.instant();
        AtomicBoolean isDone = new AtomicBoolean();
        sandbox.add((request, normal) -> {
            boolean isNow = request.path().endsWith("/conversations/details/query") && !isDone.getAndSet(true);
            if (isNow && !isAnswered) {
                suspend(Duration.ofSeconds(40));
            }
            var answer = normal.get();
            if (isNow && isAnswered) {
                suspend(Duration.ofSeconds(40));
            }
            return answer;
        });

        poll();
        poll();

        assertThat(isDone).isTrue();
        assertGapClosed(lastGood);
        assertEverythingIsTold();
    }

    @Test
    @Tag("soak")
    void again_and_again() throws Exception {
        start(Duration.ofSeconds(20));
        for (int i = 0; i < 4; i++) {
            Instant lastGood = genesys.instant();
            suspend(Duration.ofSeconds(40));
            poll();
            assertGapClosed(lastGood);
        }
        assertEverythingIsTold();
    }

    private void start(Duration longest) throws Exception {
        WorldSettings world = new WorldSettings(12, 8, 3, 1, longest, 7);
        sandbox = TestBridge.sandbox(
                new SandboxSettings(world, "sandbox", "sandbox-secret", Duration.ofHours(1), 0, false, false), genesys);
        line = DatedLine.to(sandbox.url(), genesys);
        Clock own = SteadyClock.start(
                Clock.fixed(genesys.instant(), ZoneOffset.UTC),
                () -> Duration.between(first, genesys.instant())
                        .minus(stoodStill)
                        .toNanos());
        bridge = TestBridge.of(
                sandbox,
                folder,
                Map.of(
                        "genesys.api-url",
                        line.url().toString(),
                        "genesys.login-url",
                        line.url().toString(),
                        "poll.source",
                        "analytics",
                        "reconcile.after",
                        "5s"),
                own);
        bridge.start();
        Awaitility.await().until(() -> bridge.bridge().polls().figures().polls() == 1);
        poll();
    }

    private void suspend(Duration suspension) {
        genesys.advance(suspension);
        stoodStill = stoodStill.plus(suspension);
    }

    private void poll() throws Exception {
        genesys.advance(Duration.ofSeconds(1));
        long polls = bridge.bridge().polls().figures().polls();
        bridge.poll();
        Awaitility.await().until(() -> bridge.bridge().polls().figures().polls() == polls + 1);
        assertThat(bridge.bridge()
                        .context()
                        .getRegistry()
                        .lookupByNameAndType("pollCheck", PollCheck.class)
                        .call()
                        .getState())
                .isEqualTo(HealthCheck.State.UP);
        assertThat(bridge.bridge().polls().lastGoodAge().orElseThrow()).isLessThan(Duration.ofSeconds(5));
        Awaitility.await()
                .until(() -> bridge.bridge().polls().figures().delivered()
                        == bridge.bridge().polls().figures().changed());
        int delivered = (int) bridge.bridge().polls().figures().delivered();
        List<TextMessage> messages = bridge.results(delivered - taken);
        taken = delivered;
        for (TextMessage message : messages) {
            JsonNode json = TestBridge.json(message);
            assertThat(Instant.parse(json.path("observedAt").asText()))
                    .isCloseTo(genesys.instant(), within(3, ChronoUnit.SECONDS));
            String type = json.path("eventType").asText().replace("conversation.", "");
            if (type.equals("started") || type.equals("ended")) {
                told.computeIfAbsent(json.path("conversationId").asText(), id -> new ArrayList<>())
                        .add(type);
            }
        }
    }

    private void assertGapClosed(Instant lastGood) throws Exception {
        JsonNode report =
                TestBridge.json(bridge.receive("genesys.bridge.events", 1).get(0));
        assertThat(report.path("complete").asBoolean()).isTrue();
        assertThat(Instant.parse(report.path("from").asText())).isCloseTo(lastGood, within(3, ChronoUnit.SECONDS));
        assertThat(Instant.parse(report.path("to").asText()))
                .isCloseTo(genesys.instant(), within(3, ChronoUnit.SECONDS));
    }

    private void assertEverythingIsTold() {
        List<Story> all = sandbox.world().begun(genesys.instant()).stream()
                .filter(story -> story.end().isAfter(first))
                .toList();
        assertThat(all).hasSizeGreaterThan(12);
        for (Story story : all) {
            assertThat(told.get(story.conversationId()))
                    .as("%s from %s to %s", story.conversationId(), story.start(), story.end())
                    .isEqualTo(
                            story.end().isAfter(genesys.instant()) ? List.of("started") : List.of("started", "ended"));
        }
    }
}
