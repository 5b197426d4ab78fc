// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.bridge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.conversationbridge.MovableClock;
import org.conversationbridge.TestBridge;
import org.conversationbridge.sandbox.Fault;
import org.conversationbridge.sandbox.Sandbox;
import org.conversationbridge.sandbox.SandboxSettings;
import org.conversationbridge.sandbox.fault.AnswersTooManyRequests;
import org.conversationbridge.sandbox.fault.IgnoresOrder;
import org.conversationbridge.sandbox.fault.LacksPermission;
import org.conversationbridge.sandbox.fault.LimitsInterval;
import org.conversationbridge.sandbox.fault.LimitsPage;
import org.conversationbridge.sandbox.fault.RefusesAddress;
import org.conversationbridge.sandbox.fault.RevokesToken;
import org.conversationbridge.sandbox.world.WorldSettings;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The vendor's own models, refusing unknown fields, read everything that is sent and everything the sandbox answers.
 */
class VendorSdkTest {
    private final List<Vendor.Exchanged> exchanged = new CopyOnWriteArrayList<>();

    @TempDir
    private Path dataDir;

    @Test
    void reads_a_run_on_analytics() throws Exception {
        run(false, 0, Duration.ZERO, Map.of("history.max-interval", "1h", "names.look-up", "true"));

        assertThat(exchanged).hasSizeGreaterThan(10);
        assertThat(exchanged)
                .extracting(e -> e.request().path())
                .contains("/api/v2/routing/queues", "/api/v2/routing/wrapupcodes");
        assertThat(exchanged)
                .extracting(e -> e.answer().body())
                .anyMatch(body -> body.contains("tAbandon"))
                .anyMatch(body -> body.contains("tNotResponding"))
                .anyMatch(body -> body.contains("tDialing"));
        exchanged.forEach(Vendor::assertReads);
    }

    @Test
    void reads_a_run_whose_ends_are_confirmed_by_id() throws Exception {
        run(false, 0, Duration.ZERO, Map.of(), new IgnoresOrder());

        assertThat(exchanged).extracting(e -> e.request().path()).contains("/api/v2/analytics/conversations/details");
        exchanged.forEach(Vendor::assertReads);
    }

    @Test
    void reads_a_run_on_the_listing() throws Exception {
        run(true, 300, Duration.ofMinutes(10), Map.of());

        assertThat(exchanged)
                .filteredOn(e -> e.request().path().equals("/api/v2/conversations"))
                .hasSizeGreaterThan(3);
        assertThat(exchanged)
                .as("what ended while nobody looked")
                .extracting(e -> e.request().body())
                .anySatisfy(body -> assertThat(body).contains("\"exists\"").doesNotContain("userId"));
        exchanged.forEach(Vendor::assertReads);
    }

    @Test
    void reads_every_refusal() throws Exception {
        try (Sandbox sandbox = sandbox(Clock.systemUTC(), false, 0);
                TestBridge test = TestBridge.of(sandbox, dataDir, Map.of())) {
            sandbox.add(new LimitsInterval(Duration.ofHours(1)));
            sandbox.add(new LimitsPage(50));
            sandbox.add(new LacksPermission(1));
            sandbox.add(new RefusesAddress(1));
            sandbox.add(new AnswersTooManyRequests(1, "0", 0));
            sandbox.add(new RevokesToken(1, sandbox.oauth()));
            test.start();
            for (int poll = 1; poll < 8; poll++) {
                int done = poll;
                await().until(() -> test.bridge().polls().figures().polls()
                                + test.bridge().polls().figures().failedPolls()
                        >= done);
                test.poll();
            }
        }

        assertThat(exchanged).extracting(e -> e.answer().status()).contains(200, 400, 401, 403, 429);
        exchanged.forEach(Vendor::assertReads);
    }

    /** Polls while conversations go through their whole life, and once more after a pause. */
    private void run(boolean userContext, int rateLimit, Duration pause, Map<String, String> settings, Fault... faults)
            throws Exception {
        MovableClock clock = new MovableClock();
        try (Sandbox sandbox = sandbox(clock, userContext, rateLimit);
                TestBridge test = TestBridge.of(sandbox, dataDir, settings, clock)) {
            Stream.of(faults).forEach(sandbox::add);
            test.start();
            for (int poll = 1; poll < 11; poll++) {
                awaitPolls(test, poll);
                clock.advance(Duration.ofSeconds(15));
                test.poll();
            }
            awaitPolls(test, 11);
            clock.advance(pause);
            test.poll();
            awaitPolls(test, 12);
        }
    }

    private static void awaitPolls(TestBridge test, int polls) {
        await().until(() -> test.bridge().polls().figures().polls() >= polls);
    }

    private Sandbox sandbox(Clock clock, boolean userContext, int rateLimit) throws Exception {
        SandboxSettings defaults = SandboxSettings.defaults();
        Sandbox sandbox = TestBridge.sandbox(
                new SandboxSettings(
                        new WorldSettings(24, 8, 3, 4, Duration.ofMinutes(2), 42, true),
                        defaults.clientId(),
                        defaults.clientSecret(),
                        defaults.tokenLife(),
                        rateLimit,
                        userContext,
                        false),
                clock);
        sandbox.observe((request, answer) -> exchanged.add(new Vendor.Exchanged(request, answer)));
        return sandbox;
    }
}
