// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.day;

import com.fasterxml.jackson.databind.JsonNode;
import jakarta.jms.JMSException;
import jakarta.jms.QueueBrowser;
import jakarta.jms.Session;
import jakarta.jms.TextMessage;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.assertj.core.api.Assertions;
import org.awaitility.Awaitility;
import org.conversationbridge.MessageSchema;
import org.conversationbridge.MovableClock;
import org.conversationbridge.TestBridge;
import org.conversationbridge.sandbox.Sandbox;
import org.conversationbridge.sandbox.SandboxRequest;
import org.conversationbridge.sandbox.SandboxSettings;
import org.conversationbridge.sandbox.world.Story;
import org.conversationbridge.sandbox.world.Truth;
import org.conversationbridge.sandbox.world.Truth.Standing;
import org.conversationbridge.sandbox.world.Twist;
import org.conversationbridge.sandbox.world.WorldSettings;
import org.conversationbridge.story.Administrator;
import org.jspecify.annotations.Nullable;

/**
 * A day that is played poll by poll: the clock is moved, a poll is requested, and everything that arrived is compared
 * with what had to.
 */
final class Day implements AutoCloseable {
    /** By then everything about an end must have been reported. */
    private static final Duration SETTLED_AFTER = Duration.ofMinutes(15);

    private final MovableClock clock = new MovableClock();
    private final Duration step;
    private final Duration lag;
    private final Sandbox sandbox;
    private final TestBridge bridge;
    private final Truth truth;
    private final Expectation expectation;
    private final Instant begin;
    private final Map<String, String> newest = new HashMap<>();
    private final Map<String, Long> sequences = new HashMap<>();
    private final Map<String, Integer> counts = new TreeMap<>();
    private final Map<String, List<Instant>> completions = new HashMap<>();
    private final Map<String, List<Instant>> ends = new HashMap<>();
    private final List<String> differences = new ArrayList<>();
    private final Set<String> messageIds = new HashSet<>();
    private int polls;
    private int pollsOfLife;

    /**
     * @param step from poll to poll
     * @param lag from the end of after-call work until analytics knows its wrap-up code
     */
    Day(WorldSettings world, Duration step, Duration lag, Path folder, Map<String, String> settings) throws Exception {
        this.step = step;
        this.lag = lag;
        this.sandbox = TestBridge.sandbox(
                new SandboxSettings(
                        world, "sandbox", "sandbox-secret", Duration.ofDays(2), 0, false, false, lag, Duration.ZERO),
                clock);
        Map<String, String> all = new HashMap<>(settings);
        all.put("poll.source", "analytics");
        this.bridge = TestBridge.of(sandbox, folder, all, clock);
        this.truth = new Truth(sandbox.world());
        this.expectation = new Expectation(sandbox.world());
        this.begin = clock.instant();
        bridge.start();
        settle(null);
    }

    /** So many polls, one step apart. */
    Day play(int count) throws Exception {
        for (int i = 0; i < count; i++) {
            clock.advance(step);
            bridge.poll();
            settle(null);
        }
        return this;
    }

    /** The connector is stopped for a while and started again. */
    Outage outage(Duration length) throws Exception {
        Instant last = clock.instant();
        bridge.stop();
        clock.advance(length);
        List<Long> requests = Collections.synchronizedList(new ArrayList<>());
        sandbox.observe((request, answer) -> {
            if (isForGap(request)) {
                requests.add(System.nanoTime());
            }
        });
        bridge.startAgain();
        pollsOfLife = 0;
        settle(last);
        JsonNode report =
                TestBridge.json(bridge.receive("genesys.bridge.events", 1).get(0));
        List<Story> unseen = sandbox.world().begun(clock.instant()).stream()
                .filter(script -> script.start().isAfter(last)
                        || script.endedBy(clock.instant())
                                .filter(last::isBefore)
                                .isPresent())
                .toList();
        return new Outage(report, unseen.size(), List.copyOf(requests));
    }

    private static boolean isForGap(SandboxRequest request) {
        return request.method().equals("GET")
                || request.body().contains("\"exists\"") && !request.body().contains("userId");
    }

    /** What differed from the truth; the first ones. */
    List<String> differences() {
        return List.copyOf(differences);
    }

    /**
     * Messages of an event type; completions of an outcome; of those handled the ones that {@code rung in vain}
     * before.
     */
    int count(String type) {
        return counts.getOrDefault(type, 0);
    }

    /** The line of the comparison. */
    String summary() {
        return "day simulated=" + Duration.between(begin, clock.instant()) + " polls=" + polls + " conversations="
                + sequences.size() + " started=" + count("started") + " updated=" + count("updated") + " ended="
                + count("ended") + " completed=" + count("completed") + " handled=" + count("handled")
                + " of-these-rung-in-vain=" + count("rung in vain") + " abandoned="
                + count("abandoned") + " unanswered=" + count("unanswered") + " differing=" + differences.size();
    }

    /** Compares the completions of everything that ended long enough ago: each end was followed by one. */
    void compareCompletions() {
        Instant settled = clock.instant().minus(SETTLED_AFTER).minus(lag);
        ends.forEach((id, times) -> {
            long due = times.stream().filter(end -> end.isBefore(settled)).count();
            int completed = completions.getOrDefault(id, List.of()).size();
            if (completed < due || completed > times.size()) {
                differs(id, "completed " + completed + " times, ended at " + times);
            }
        });
    }

    /** Compares the last-value queue with the last message of each live conversation. */
    void compareCurrent() throws Exception {
        Set<String> live = truth.standings(clock.instant()).keySet();
        Map<String, String> expected = new TreeMap<>(newest);
        expected.keySet().retainAll(live);
        Awaitility.await().untilAsserted(() -> Assertions.assertThat(current()).isEqualTo(expected));
    }

    private Map<String, String> current() throws JMSException {
        Map<String, String> current = new TreeMap<>();
        try (Session session = bridge.connection().createSession();
                QueueBrowser browser = session.createBrowser(
                        session.createQueue(bridge.settings().queues().current()))) {
            for (Object message : Collections.list(browser.getEnumeration())) {
                JsonNode json = TestBridge.json((TextMessage) message);
                current.put(id(json), json.path("messageId").asText());
            }
        }
        return current;
    }

    @Override
    public void close() throws Exception {
        bridge.close();
    }

    private void settle(@Nullable Instant gapFrom) throws Exception {
        polls++;
        pollsOfLife++;
        int done = pollsOfLife;
        await(() -> bridge.bridge().polls().figures().polls() == done);
        bridge.awaitDelivered();
        Instant now = clock.instant();
        Map<String, Standing> standings = truth.standings(now);
        Map<String, Story> scripts = sandbox.world().begun(now).stream()
                .collect(Collectors.toMap(Story::conversationId, Function.identity()));
        Map<String, List<String>> arrived = new TreeMap<>();
        for (TextMessage message : bridge.delivered()) {
            JsonNode json = TestBridge.json(message);
            check(json, scripts.get(id(json)), standings.get(id(json)), now);
            if (!type(json).equals("completed")) {
                arrived.computeIfAbsent(id(json), id -> new ArrayList<>()).add(type(json));
            }
        }
        Map<String, List<String>> expected = expectation.at(now, gapFrom);
        if (!arrived.equals(expected)) {
            Map<String, List<String>> missing = new TreeMap<>(expected);
            missing.entrySet().removeAll(arrived.entrySet());
            arrived.entrySet().removeAll(expected.entrySet());
            differs("poll at " + now, "expected also " + missing + ", not expected " + arrived);
        }
    }

    private void check(JsonNode json, Story script, @Nullable Standing standing, Instant now) {
        String id = id(json);
        long sequence = json.path("sequence").asLong();
        if (sequence != sequences.merge(id, 1L, Long::sum)) {
            differs(id, "sequence " + sequence + " is number " + sequences.get(id));
        }
        if (!MessageSchema.violations(json).isEmpty()) {
            differs(id, MessageSchema.violations(json).toString());
        }
        newest.put(id, json.path("messageId").asText());
        if (!messageIds.add(json.path("messageId").asText())) {
            differs(id, "messageId " + json.path("messageId").asText() + " came before");
        }
        counts.merge(type(json), 1, Integer::sum);
        switch (type(json)) {
            case "ended" -> {
                Instant end = Instant.parse(json.path("endedAt").asText());
                ends.computeIfAbsent(id, any -> new ArrayList<>()).add(end);
                if (!script.endedBy(now).filter(end::equals).isPresent()) {
                    differs(id, "ended at " + end + " instead of " + script.endedBy(now));
                }
            }
            case "completed" -> {
                completions.computeIfAbsent(id, any -> new ArrayList<>()).add(now);
                compare(script, json.path("completion"), now);
            }
            default -> {
                Standing told = new Standing(
                        json.path("state").asText(),
                        json.path("agent").path("userId").asText(""),
                        json.path("queue").path("id").asText(""));
                if (standing != null && !standing.equals(told)) {
                    differs(id, "told " + told + " instead of " + standing);
                }
            }
        }
    }

    private void compare(Story script, JsonNode completion, Instant now) {
        String outcome = completion.path("outcome").asText("");
        counts.merge(outcome, 1, Integer::sum);
        if (outcome.equals("handled") && script.plan().twists().contains(Twist.NOT_ANSWERED)) {
            counts.merge("rung in vain", 1, Integer::sum);
        }
        long durationMs = script.endedBy(now)
                .map(end -> Duration.between(script.start(), end).toMillis())
                .orElse(-1L);
        if (completion.path("durationMs").asLong() != durationMs) {
            differs(script.conversationId(), "completed " + completion + " instead of " + durationMs + " ms");
        }
        Instant end = script.endedBy(now).orElseThrow();
        new Administrator(script, end, "completion")
                .looksAtCompletion(completion, end.equals(script.end()))
                .differences()
                .forEach(difference -> differs(script.conversationId(), difference));
    }

    private void differs(String what, String how) {
        differences.add(what + ": " + how);
    }

    private static String id(JsonNode message) {
        return message.path("conversationId").asText();
    }

    private static String type(JsonNode message) {
        return message.path("eventType").asText().replace("conversation.", "");
    }

    private static void await(Callable<Boolean> condition) {
        Awaitility.await().pollInterval(Duration.ofMillis(2)).until(condition);
    }
}
