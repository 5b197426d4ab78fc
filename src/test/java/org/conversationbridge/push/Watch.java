// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.push;

import com.fasterxml.jackson.databind.JsonNode;
import jakarta.jms.Message;
import jakarta.jms.Session;
import jakarta.jms.TextMessage;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.function.Function;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.conversationbridge.TestBridge;
import org.conversationbridge.sandbox.Sandbox;
import org.conversationbridge.sandbox.SandboxRequest;
import org.conversationbridge.sandbox.SandboxSettings;
import org.conversationbridge.sandbox.world.Turn;
import org.conversationbridge.sandbox.world.World;

/** A consumer who notes when each message arrives, while the connector runs on a sandbox in real time. */
final class Watch implements AutoCloseable {
    /** A message about a change; a completion is none, it comes when analytics has it. */
    private record Arrival(String conversationId, Instant observedAt, Instant arrivedAt) {}

    private final Sandbox sandbox;
    private final TestBridge bridge;
    private final Map<String, Long> calls = new ConcurrentSkipListMap<>();
    private final ConcurrentLinkedQueue<Arrival> arrivals = new ConcurrentLinkedQueue<>();

    Watch(SandboxSettings world, Path folder, Function<World, Map<String, String>> settings) throws Exception {
        sandbox = TestBridge.sandbox(world, Clock.systemUTC());
        sandbox.observe((request, answer) -> calls.merge(purpose(request), 1L, Long::sum));
        bridge = TestBridge.of(sandbox, folder, settings.apply(sandbox.world()));
        bridge.connection()
                .createSession(false, Session.AUTO_ACKNOWLEDGE)
                .createConsumer(bridge.connection()
                        .createSession()
                        .createQueue(bridge.settings().queues().enriched()))
                .setMessageListener(this::arrived);
        bridge.start();
    }

    /** What a time costs and brings, once everything has settled. */
    Figures over(Duration settling, Duration length) {
        pass(settling);
        Instant from = Instant.now();
        calls.clear();
        int polls = (int) bridge.bridge().polls().figures().polls();
        arrivals.clear();
        pass(length);
        Instant to = Instant.now();
        List<Arrival> all = List.copyOf(arrivals);
        return new Figures(
                Duration.between(from, to),
                (int) bridge.bridge().polls().figures().polls() - polls,
                Map.copyOf(calls),
                delays(all, from.minus(Duration.ofMinutes(10)), to));
    }

    private List<Duration> delays(List<Arrival> all, Instant from, Instant to) {
        Map<String, NavigableSet<Instant>> turns = new HashMap<>();
        for (Turn turn : sandbox.world().turns(from, to)) {
            turns.computeIfAbsent(turn.story().conversationId(), id -> new TreeSet<>())
                    .add(turn.at());
        }
        return all.stream()
                .flatMap(arrival -> Stream.ofNullable(turns.getOrDefault(arrival.conversationId(), new TreeSet<>())
                                .floor(arrival.observedAt()))
                        .map(changed -> Duration.between(changed, arrival.arrivedAt())))
                .sorted()
                .toList();
    }

    private void arrived(Message message) {
        Instant now = Instant.now();
        JsonNode json = TestBridge.json((TextMessage) message);
        if (!json.path("eventType").asText().equals("conversation.completed")) {
            arrivals.add(new Arrival(
                    json.path("conversationId").asText(),
                    Instant.parse(json.path("observedAt").asText()),
                    now));
        }
    }

    private static String purpose(SandboxRequest request) {
        if (!request.path().startsWith("/api/v2/analytics")) {
            return request.path().replaceAll("[0-9a-f]{8}-[0-9a-f-]{27}", "{id}");
        } else if (request.method().equals("GET")) {
            return "by-id";
        } else if (request.body().contains("userId")) {
            return "history";
        }
        return request.body().contains("notExists") ? "active" : "gap";
    }

    private static void pass(Duration time) {
        Instant end = Instant.now().plus(time);
        Awaitility.await()
                .atMost(time.plusMinutes(1))
                .pollInterval(Duration.ofSeconds(1))
                .until(() -> Instant.now().isAfter(end));
    }

    @Override
    public void close() throws Exception {
        bridge.close();
    }
}
