// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.broker;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.WeakHashMap;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;

/**
 * Whether every consumer of this process is there: each says so while it works, and between messages after it has
 * asked the broker over its own session. One that the broker has closed notices that in no other way: nothing comes
 * any more, as on an empty queue. Safe for many threads.
 */
public final class ListenerWatch {
    /** Between two questions of a consumer that waits. */
    static final Duration PERIOD = Duration.ofSeconds(5);
    /** How long one is not missed; also after the start. */
    static final Duration PATIENCE = Duration.ofSeconds(15);

    private static final class Queue {
        private final int expected;
        private final long since;
        /** Whether one is known to be gone, which needs no patience, until all are there. */
        private boolean hasLost;
        /** By consumer: when it was there last. */
        private final Map<Object, Long> seen = new WeakHashMap<>();
        /** Those that work on a message, however long that takes. */
        private final Map<Object, Boolean> working = new WeakHashMap<>();

        Queue(int expected, long since) {
            this.expected = expected;
            this.since = since;
        }

        long there(long now) {
            long count = working.size();
            return count
                    + seen.entrySet().stream()
                            .filter(consumer -> !working.containsKey(consumer.getKey()))
                            .filter(consumer -> now - consumer.getValue() <= PATIENCE.toNanos())
                            .count();
        }

        boolean isMissing(long now) {
            return (hasLost || now - since > PATIENCE.toNanos()) && there(now) < expected;
        }
    }

    private final LongSupplier nanoTime;
    private final Map<String, Queue> queues = new TreeMap<>();

    public ListenerWatch() {
        this(System::nanoTime);
    }

    ListenerWatch(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
    }

    /** So many consumers of a queue are to be there from now on. */
    public synchronized void expect(String queue, int consumers) {
        queues.put(queue, new Queue(consumers, nanoTime.getAsLong()));
    }

    /** None of a queue is to be there any more. */
    public synchronized void forget(String queue) {
        queues.remove(queue);
    }

    /** A consumer got a message. */
    public synchronized void works(String queue, Object consumer) {
        Queue watched = queues.get(queue);
        if (watched != null) {
            watched.working.put(consumer, true);
        }
    }

    /** Whether a consumer that waits for messages is to ask the broker now. */
    public synchronized boolean isToAsk(String queue, Object consumer) {
        Queue watched = queues.get(queue);
        if (watched == null) {
            return false;
        }
        long now = nanoTime.getAsLong();
        if (watched.working.remove(consumer) != null) {
            watched.seen.put(consumer, now);
        }
        Long seen = watched.seen.get(consumer);
        return seen == null || now - seen >= PERIOD.toNanos();
    }

    /** The broker knows a consumer that waits for messages. */
    public synchronized void isThere(String queue, Object consumer) {
        Queue watched = queues.get(queue);
        if (watched != null) {
            long now = nanoTime.getAsLong();
            watched.seen.put(consumer, now);
            watched.hasLost = watched.hasLost && watched.there(now) < watched.expected;
        }
    }

    /**
     * Consumers of a queue failed and are made again: each is missing until it, or the one in its place, has asked the
     * broker.
     */
    public synchronized void failed(String queue) {
        Queue watched = queues.get(queue);
        if (watched != null) {
            watched.working.clear();
            watched.seen.clear();
            watched.hasLost = true;
        }
    }

    /** Which ones are missing, in words; empty if none is. */
    public synchronized Optional<String> missing() {
        long now = nanoTime.getAsLong();
        String missing = queues.entrySet().stream()
                .filter(queue -> queue.getValue().isMissing(now))
                .map(queue -> (queue.getValue().expected - queue.getValue().there(now)) + " of "
                        + queue.getValue().expected + " of " + queue.getKey())
                .collect(Collectors.joining(", "));
        return Optional.of(missing).filter(found -> !found.isEmpty());
    }
}
