// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.bridge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import org.conversationbridge.Fixtures;
import org.conversationbridge.MessageSchema;
import org.conversationbridge.MovableClock;
import org.conversationbridge.TestBridge;
import org.conversationbridge.sandbox.Sandbox;
import org.conversationbridge.sandbox.SandboxAnswer;
import org.conversationbridge.sandbox.SandboxRequest;
import org.conversationbridge.sandbox.SandboxSettings;
import org.conversationbridge.sandbox.world.SandboxAgent;
import org.conversationbridge.sandbox.world.SandboxQueue;
import org.conversationbridge.sandbox.world.SandboxWrapUpCode;
import org.conversationbridge.sandbox.world.World;
import org.conversationbridge.sandbox.world.WorldSettings;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Names come when they come; messages do not wait for them. */
class NamesInMessagesTest {
    private static final Duration STEP = Duration.ofSeconds(15);
    private static final SandboxSettings ANALYTICS =
            new SandboxSettings(WorldSettings.SMALL, "sandbox", "sandbox-secret", Duration.ofDays(1), 0, false, false);

    private final MovableClock clock = new MovableClock();
    private final List<SandboxRequest> asked = new CopyOnWriteArrayList<>();
    private int polls;

    @TempDir
    private Path dataDir;

    @Test
    void messages_arrive_while_no_name_is_answered_and_have_names_once_they_are() throws Exception {
        CountDownLatch answered = new CountDownLatch(1);
        try (TestBridge test = bridge()) {
            test.sandbox().add((request, normal) -> {
                if (isForNames(request)) {
                    awaitUninterrupted(answered);
                }
                return normal.get();
            });
            watch(test);
            test.start();
            List<JsonNode> first = next(test);
            await().until(() -> asked.size() == 1);

            List<JsonNode> meanwhile = poll(test);

            assertThat(first).hasSize(12);
            assertThat(meanwhile).isNotEmpty();
            assertThat(asked).hasSize(1);
            assertThat(answered.getCount()).isEqualTo(1);
            for (JsonNode message : List.of(first.get(0), meanwhile.get(0))) {
                assertThat(MessageSchema.violations(message)).isEmpty();
            }
            List<JsonNode> all = new ArrayList<>(first);
            all.addAll(meanwhile);
            assertThat(all)
                    .filteredOn(message -> message.path("queue").isObject())
                    .isNotEmpty()
                    .allSatisfy(message -> {
                        assertThat(message.at("/queue/name").isNull()).isTrue();
                        assertThat(message.path("unresolved"))
                                .extracting(JsonNode::asText)
                                .contains("queue:" + message.at("/queue/id").asText());
                    });

            answered.countDown();
            await().until(() -> asked.size() == 2);
            await().untilAsserted(() -> assertThat(poll(test))
                    .isNotEmpty()
                    .allSatisfy(
                            message -> assertThat(message.path("unresolved")).isEmpty())
                    .allSatisfy(message -> assertNamesAreTrue(message, test.sandbox())));
        }
    }

    @Test
    void many_ids_take_one_request_and_an_unknown_one_is_not_requested_again() throws Exception {
        try (TestBridge test = bridge()) {
            String gone = test.sandbox().world().queues().get(0).id();
            test.sandbox().add((request, normal) -> withoutNames(request, normal.get(), gone));
            watch(test);
            test.start();
            next(test);
            await().until(() -> asked.size() == 3);
            assertThat(asked)
                    .extracting(SandboxRequest::path)
                    .containsExactlyInAnyOrder(
                            "/api/v2/routing/queues", "/api/v2/users", "/api/v2/routing/wrapupcodes");
            assertThat(asked)
                    .anySatisfy(request -> assertThat(request.parameters("id")).hasSizeGreaterThan(2));

            List<JsonNode> later = new ArrayList<>();
            for (int i = 0; i < 4; i++) {
                later.addAll(poll(test));
            }

            assertThat(later)
                    .filteredOn(message -> message.at("/queue/id").asText().equals(gone))
                    .isNotEmpty()
                    .allSatisfy(message -> assertThat(message.path("unresolved"))
                            .extracting(JsonNode::asText)
                            .contains("queue:" + gone));
            assertThat(later)
                    .anySatisfy(message ->
                            assertThat(message.at("/agent/name").isTextual()).isTrue());
            assertThat(asked)
                    .filteredOn(request -> request.parameters("id").contains(gone))
                    .hasSize(1);
        }
    }

    @Test
    void with_a_tight_budget_names_wait_and_messages_do_not() throws Exception {
        try (TestBridge test = bridge()) {
            test.sandbox()
                    .add((request, normal) -> normal.get()
                            .withHeader("inin-ratelimit-allowed", "300")
                            .withHeader("inin-ratelimit-count", "250")
                            .withHeader("inin-ratelimit-reset", "60"));
            watch(test);
            test.start();

            assertThat(next(test))
                    .hasSize(12)
                    .anySatisfy(
                            message -> assertThat(message.path("unresolved")).isNotEmpty());
            assertThat(poll(test)).isNotEmpty();
            assertThat(asked).isEmpty();

            test.sandbox().removeFaults();
            watch(test);
            clock.advance(Duration.ofSeconds(61));
            await().until(() -> !asked.isEmpty());
        }
    }

    @Test
    void a_bridge_stops_in_time_while_no_name_is_answered() throws Exception {
        CountDownLatch never = new CountDownLatch(1);
        TestBridge test = bridge();
        test.sandbox().add((request, normal) -> {
            if (isForNames(request)) {
                awaitUninterrupted(never);
            }
            return normal.get();
        });
        watch(test);
        long began;
        try (test) {
            test.start();
            await().until(() -> !asked.isEmpty());
            began = System.nanoTime();
        }
        assertThat(Duration.ofNanos(System.nanoTime() - began))
                .as("it waits 10 minutes for the answer")
                .isLessThan(Duration.ofSeconds(60));
    }

    private TestBridge bridge() throws Exception {
        return TestBridge.of(
                TestBridge.sandbox(ANALYTICS, clock),
                dataDir,
                Map.of(
                        "names.look-up",
                        "true",
                        "poll.source",
                        "analytics",
                        "genesys.response-timeout",
                        "10m",
                        "genesys.answer-timeout",
                        "10m"),
                clock);
    }

    /** Notes who asks for names, before any other fault. */
    private void watch(TestBridge test) {
        test.sandbox().add((request, normal) -> {
            if (isForNames(request)) {
                asked.add(request);
            }
            return normal.get();
        });
    }

    /** What the next poll finds changed, delivered. */
    private List<JsonNode> poll(TestBridge test) throws Exception {
        clock.advance(STEP);
        test.poll();
        return next(test);
    }

    private List<JsonNode> next(TestBridge test) throws Exception {
        int poll = ++polls;
        await().until(() -> test.bridge().polls().figures().polls() == poll);
        test.awaitDelivered();
        return test.delivered().stream().map(TestBridge::json).toList();
    }

    private static void assertNamesAreTrue(JsonNode message, Sandbox sandbox) {
        World world = sandbox.world();
        Map<String, String> names = new HashMap<>();
        world.queues().forEach((SandboxQueue queue) -> names.put(queue.id(), queue.name()));
        world.agents().forEach((SandboxAgent agent) -> names.put(agent.userId(), agent.name()));
        world.wrapUpCodes().forEach((SandboxWrapUpCode code) -> names.put(code.id(), code.name()));
        assertName(message.path("queue"), "id", "name", names);
        assertName(message.path("agent"), "userId", "name", names);
        message.path("agents").forEach(agent -> assertName(agent, "userId", "name", names));
        message.at("/history/recent").forEach(recent -> {
            assertName(recent, "queueId", "queueName", names);
            assertName(recent, "wrapUpCode", "wrapUpCodeName", names);
        });
        message.at("/completion/agents").forEach(work -> {
            assertName(work, "userId", "name", names);
            assertName(work, "queueId", "queueName", names);
            assertName(work, "wrapUpCode", "wrapUpCodeName", names);
        });
    }

    private static void assertName(JsonNode holder, String id, String name, Map<String, String> names) {
        assertThat(holder.path(name).asText(null))
                .isEqualTo(names.get(holder.path(id).asText()));
    }

    private static boolean isForNames(SandboxRequest request) {
        return request.path().startsWith("/api/v2/routing/") || request.path().equals("/api/v2/users");
    }

    /** Analytics reports no names of participants, and one queue is gone. */
    private static SandboxAnswer withoutNames(SandboxRequest request, SandboxAnswer answer, String gone) {
        if (answer.status() != 200 || request.isForToken()) {
            return answer;
        }
        JsonNode body = Fixtures.parse(answer.body());
        body.path("conversations")
                .forEach(conversation -> conversation
                        .path("participants")
                        .forEach(participant -> ((ObjectNode) participant).remove("participantName")));
        if (body.path("entities") instanceof ArrayNode entities) {
            for (int i = entities.size() - 1; i >= 0; i--) {
                if (entities.get(i).path("id").asText().equals(gone)) {
                    entities.remove(i);
                    ((ObjectNode) body).put("total", entities.size());
                }
            }
        }
        return answer.with(200, body.toString());
    }

    private static void awaitUninterrupted(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
