// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.bridge;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import jakarta.jms.TextMessage;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.awaitility.Awaitility;
import org.conversationbridge.MessageSchema;
import org.conversationbridge.MovableClock;
import org.conversationbridge.TestBridge;
import org.conversationbridge.sandbox.Sandbox;
import org.conversationbridge.sandbox.SandboxAnswer;
import org.conversationbridge.sandbox.SandboxRequest;
import org.conversationbridge.sandbox.SandboxSettings;
import org.conversationbridge.sandbox.world.WorldSettings;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A message thread in which the customer writes again, after it was completed and forgotten. */
class ThreadOpenedAgainTest {
    private static final String ID = "c0000000-0000-4000-8000-000000000109";
    private static final String AGENT = "000000b1-0000-4000-8000-000000000109";
    private static final String FIRST_QUEUE = "7c0a54d2-3b7e-4b0f-9a38-6f8f4f1d2e10";
    private static final String SECOND_QUEUE = "7c0a54d2-3b7e-4b0f-9a38-6f8f4f1d2e20";

    private final MovableClock clock = new MovableClock();
    private final Instant begin = clock.instant().minus(Duration.ofMinutes(60));
    private final List<JsonNode> told = new ArrayList<>();
    private String active = "";
    private String byId = "";
    private int polls = 1;

    @TempDir
    private Path folder;

    @Test
    void it_is_updated_with_higher_sequences_and_ids_and_ends_again() throws Exception {
        Instant first = clock.instant();
        active = conversation(null, waiting(begin, FIRST_QUEUE));
        try (TestBridge bridge = bridge().start()) {
            collect(bridge);
            endOnce(bridge, FIRST_QUEUE);
            poll(bridge, Duration.ofSeconds(30), 4);

            active = conversation(null, waiting(clock.instant().minusSeconds(1), SECOND_QUEUE));
            poll(bridge, Duration.ofSeconds(15), 1);
            endOnce(bridge, SECOND_QUEUE);
        }

        assertThat(told)
                .extracting(message -> message.path("eventType").asText() + " "
                        + message.path("state").asText())
                .containsExactly(
                        "conversation.started queued",
                        "conversation.updated connected",
                        "conversation.ended ended",
                        "conversation.completed ended",
                        "conversation.updated queued",
                        "conversation.updated connected",
                        "conversation.ended ended",
                        "conversation.completed ended");
        assertThat(told.get(4).at("/queue/id").asText()).isEqualTo(SECOND_QUEUE);
        assertThat(told.get(4).path("sequence").asLong())
                .isGreaterThan(first.plus(Duration.ofMinutes(2)).toEpochMilli());
        assertThat(told)
                .extracting(message -> message.path("sequence").asLong())
                .isSorted()
                .doesNotHaveDuplicates();
        assertThat(told)
                .extracting(message -> message.path("messageId").asText())
                .doesNotHaveDuplicates();
        assertThat(told)
                .allSatisfy(
                        message -> assertThat(MessageSchema.violations(message)).isEmpty());
    }

    /** An agent takes it; it ends, and is completed. */
    private void endOnce(TestBridge bridge, String queue) throws Exception {
        Instant taken = clock.instant();
        active = conversation(null, handled(taken, null, queue));
        poll(bridge, Duration.ofSeconds(15), 1);
        Instant end = clock.instant();
        active = "";
        byId = conversation(end, handled(taken, end, queue));
        poll(bridge, Duration.ofSeconds(15), 2);
        byId = "";
    }

    private TestBridge bridge() throws Exception {
        SandboxSettings settings = new SandboxSettings(
                new WorldSettings(1, 1, 1, 0, Duration.ofMinutes(2), 7),
                "sandbox",
                "sandbox-secret",
                Duration.ofHours(1),
                0,
                false,
                false,
                Duration.ZERO,
                Duration.ofMinutes(5));
        Sandbox sandbox = TestBridge.sandbox(settings, clock);
        sandbox.add(this::answer);
        return TestBridge.of(
                sandbox,
                folder,
                Map.of(
                        "poll.source", "analytics",
                        "checkpoint.remember", "1m",
                        "completed.first-after", "1s",
                        "completed.attempts", "1"),
                clock);
    }

    private SandboxAnswer answer(SandboxRequest request, Supplier<SandboxAnswer> normal) {
        if (!request.isForApi()) {
            return normal.get();
        }
        boolean isForActive =
                request.path().endsWith("/details/query") && request.body().contains("notExists");
        String conversation = isForActive ? active : request.path().endsWith("/details") ? byId : "";
        int total = conversation.isEmpty() ? 0 : 1;
        return SandboxAnswer.json(200, "{\"conversations\":[" + conversation + "],\"totalHits\":" + total + "}");
    }

    private String conversation(@Nullable Instant end, String participants) {
        return "{\"conversationId\":\"" + ID + "\",\"conversationStart\":\"" + begin + "\","
                + (end == null ? "" : "\"conversationEnd\":\"" + end + "\",")
                + "\"originatingDirection\":\"inbound\",\"participants\":[" + participants + "]}";
    }

    private static String waiting(Instant since, String queue) {
        return participant("customer", "", since, null, "") + ","
                + participant("acd", "", since, null, ",\"queueId\":\"" + queue + "\"");
    }

    private static String handled(Instant taken, @Nullable Instant end, String queue) {
        return participant("customer", "", taken, end, "") + ","
                + participant("agent", "\"userId\":\"" + AGENT + "\",", taken, end, ",\"queueId\":\"" + queue + "\"");
    }

    private static String participant(
            String purpose, String user, Instant since, @Nullable Instant until, String queue) {
        return "{" + user + "\"participantId\":\"" + purpose + "\",\"purpose\":\"" + purpose
                + "\",\"sessions\":[{\"mediaType\":\"message\",\"direction\":\"inbound\",\"segments\":[{"
                + "\"segmentType\":\"interact\",\"segmentStart\":\"" + since + "\""
                + (until == null ? "" : ",\"segmentEnd\":\"" + until + "\"") + queue + "}]}]}";
    }

    private void poll(TestBridge bridge, Duration period, int count) throws Exception {
        for (int i = 0; i < count; i++) {
            clock.advance(period);
            bridge.poll();
            polls++;
            collect(bridge);
        }
    }

    private void collect(TestBridge bridge) throws Exception {
        int done = polls;
        Awaitility.await()
                .pollInterval(Duration.ofMillis(2))
                .until(() -> bridge.bridge().polls().figures().polls() == done);
        bridge.awaitDelivered();
        for (TextMessage message : bridge.delivered()) {
            told.add(TestBridge.json(message));
        }
    }
}
