// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.sandbox;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.conversationbridge.failure.Repeated;
import org.conversationbridge.sandbox.world.Story;
import org.conversationbridge.sandbox.world.Turn;
import org.conversationbridge.sandbox.world.World;

/** Sends the subscribers every change of the world when it happens: its queue's, and its agents'. */
public final class NotificationFeed implements AutoCloseable {
    private static final long TICK_MILLIS = 10;

    private final World world;
    private final NotificationApi api;
    private final NotificationServer server;
    private final List<NotificationFault> faults = new CopyOnWriteArrayList<>();
    private final AtomicLong frames = new AtomicLong();
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread thread = new Thread(task, "sandbox-feed");
        thread.setDaemon(true);
        return thread;
    });
    private Instant toldUntil;
    private volatile Instant sentUntil;

    NotificationFeed(World world, NotificationApi api, NotificationServer server) {
        this.world = world;
        this.api = api;
        this.server = server;
        this.toldUntil = world.now();
        this.sentUntil = toldUntil;
        var unused = timer.scheduleWithFixedDelay(
                new Repeated("sandbox: feed of notifications", this::tell),
                TICK_MILLIS,
                TICK_MILLIS,
                TimeUnit.MILLISECONDS);
    }

    /** Lets something go wrong with the notifications, after the faults there are. */
    public void add(NotificationFault fault) {
        faults.add(fault);
    }

    /** Everything goes well again. */
    public void removeFaults() {
        faults.clear();
    }

    /** Frames sent so far, lost ones included. */
    public long frames() {
        return frames.get();
    }

    /** Whether everything that happened until a time was sent to each subscriber, late ones included. */
    public boolean hasSentAll(Instant until) {
        return !sentUntil.isBefore(until) && !server.isSendingLater();
    }

    @Override
    public void close() {
        timer.shutdownNow();
    }

    private void tell() {
        Instant now = world.now();
        Instant before = toldUntil;
        toldUntil = now;
        if (server.isUsed()) {
            world.turns(before, now).forEach(this::tell);
        }
        sentUntil = now;
    }

    private void tell(Turn turn) {
        Story story = turn.story();
        Stream<String> topics = story.parts().stream()
                .filter(part -> !part.from().isAfter(turn.at()))
                .flatMap(part -> Stream.of(
                        part.userId().isEmpty() ? "" : "v2.users." + part.userId() + ".conversations",
                        part.queueId().isEmpty() ? "" : "v2.routing.queues." + part.queueId() + ".conversations"));
        topics.filter(topic -> !topic.isEmpty())
                .distinct()
                .forEach(topic -> api.subscribed(topic).forEach(channel -> send(channel, topic, turn)));
    }

    private void send(String channel, String topic, Turn turn) {
        ObjectNode frame =
                JsonNodeFactory.instance.objectNode().put("topicName", topic).put("version", "2");
        frame.set("eventBody", new EventView(turn.story(), turn.at()).json());
        frame.putObject("metadata").put("CorrelationId", UUID.randomUUID().toString());
        frames.incrementAndGet();
        List<Duration> arrivals = List.of(Duration.ZERO);
        for (NotificationFault fault : faults) {
            arrivals = arrivals.stream()
                    .flatMap(arrival -> fault.arrivals().stream().map(arrival::plus))
                    .toList();
        }
        String text = frame.toString();
        arrivals.forEach(arrival -> server.send(channel, text, arrival.toMillis()));
    }
}
