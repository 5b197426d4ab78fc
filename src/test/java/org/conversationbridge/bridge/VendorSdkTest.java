// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.bridge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.mypurecloud.sdk.v2.extensions.AuthResponse;
import com.mypurecloud.sdk.v2.model.AnalyticsConversationQueryResponse;
import com.mypurecloud.sdk.v2.model.AnalyticsConversationWithoutAttributesMultiGetResponse;
import com.mypurecloud.sdk.v2.model.ConversationEntityListing;
import com.mypurecloud.sdk.v2.model.ConversationQuery;
import com.mypurecloud.sdk.v2.model.ErrorBody;
import com.mypurecloud.sdk.v2.model.QueueEntityListing;
import com.mypurecloud.sdk.v2.model.WrapupCodeEntityListing;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.conversationbridge.MovableClock;
import org.conversationbridge.TestBridge;
import org.conversationbridge.sandbox.Sandbox;
import org.conversationbridge.sandbox.SandboxAnswer;
import org.conversationbridge.sandbox.SandboxRequest;
import org.conversationbridge.sandbox.SandboxSettings;
import org.conversationbridge.sandbox.fault.AnswersTooManyRequests;
import org.conversationbridge.sandbox.fault.LacksPermission;
import org.conversationbridge.sandbox.fault.LimitsInterval;
import org.conversationbridge.sandbox.fault.LimitsPage;
import org.conversationbridge.sandbox.fault.RefusesAddress;
import org.conversationbridge.sandbox.fault.RevokesToken;
import org.conversationbridge.sandbox.world.WorldSettings;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The vendor's own models, refusing unknown fields, read everything that is sent and everything the sandbox answers. */
class VendorSdkTest {
    private record Exchanged(SandboxRequest request, SandboxAnswer answer) {}

    /** What the vendor's SDK makes of an enum value that it does not know. */
    private static final String UNKNOWN_ENUM = "OutdatedSdkVersion";

    private static final ObjectMapper VENDOR = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .serializationInclusion(JsonInclude.Include.NON_NULL)
            .build();

    private final List<Exchanged> exchanged = new CopyOnWriteArrayList<>();

    @TempDir
    private Path dataDir;

    @Test
    void reads_a_run_on_analytics() throws Exception {
        run(false, 0, Map.of("history.max-interval", "1h", "names.look-up", "true"));

        assertThat(exchanged).hasSizeGreaterThan(10);
        assertThat(exchanged)
                .extracting(e -> e.request().path())
                .contains("/api/v2/routing/queues", "/api/v2/routing/wrapupcodes");
        assertThat(exchanged)
                .extracting(e -> e.answer().body())
                .anyMatch(body -> body.contains("tAbandon"))
                .anyMatch(body -> body.contains("tNotResponding"))
                .anyMatch(body -> body.contains("tDialing"));
        exchanged.forEach(VendorSdkTest::assertVendorReads);
    }

    @Test
    void reads_a_run_on_the_listing() throws Exception {
        run(true, 300, Map.of());

        assertThat(exchanged)
                .filteredOn(e -> e.request().path().equals("/api/v2/conversations"))
                .hasSizeGreaterThan(3);
        exchanged.forEach(VendorSdkTest::assertVendorReads);
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
        exchanged.forEach(VendorSdkTest::assertVendorReads);
    }

    /** Polls while conversations go through their whole life. */
    private void run(boolean userContext, int rateLimit, Map<String, String> settings) throws Exception {
        MovableClock clock = new MovableClock();
        try (Sandbox sandbox = sandbox(clock, userContext, rateLimit);
                TestBridge test = TestBridge.of(sandbox, dataDir, settings, clock)) {
            test.start();
            for (int poll = 1; poll < 15; poll++) {
                int done = poll;
                await().until(() -> test.bridge().polls().figures().polls() >= done);
                clock.advance(Duration.ofSeconds(11));
                test.poll();
            }
        }
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
        sandbox.observe((request, answer) -> exchanged.add(new Exchanged(request, answer)));
        return sandbox;
    }

    private static void assertVendorReads(Exchanged exchange) {
        SandboxRequest request = exchange.request();
        String answer = exchange.answer().body();
        if (request.isForToken()) {
            read(answer, AuthResponse.class);
            return;
        }
        boolean query = request.path().endsWith("/details/query");
        if (query) {
            read(request.body(), ConversationQuery.class);
        }
        if (exchange.answer().status() != 200) {
            read(answer, ErrorBody.class);
        } else {
            read(answer, model(request.path()));
        }
    }

    private static Class<?> model(String path) {
        return switch (path) {
            case "/api/v2/analytics/conversations/details/query" -> AnalyticsConversationQueryResponse.class;
            case "/api/v2/analytics/conversations/details" ->
                AnalyticsConversationWithoutAttributesMultiGetResponse.class;
            case "/api/v2/routing/queues" -> QueueEntityListing.class;
            case "/api/v2/routing/wrapupcodes" -> WrapupCodeEntityListing.class;
            default -> ConversationEntityListing.class;
        };
    }

    private static void read(String json, Class<?> model) {
        try {
            Object read = VENDOR.readValue(json, model);
            assertThat(VENDOR.writeValueAsString(read)).doesNotContain(UNKNOWN_ENUM);
        } catch (JsonProcessingException e) {
            throw new AssertionError(model.getSimpleName() + " does not read " + json, e);
        }
    }
}
