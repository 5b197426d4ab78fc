// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.broker;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.conversationbridge.failure.Repeated;
import org.jspecify.annotations.Nullable;

/**
 * Breaks off a wait for an answer of the broker. The client of Artemis sets no limit to some: it waits for ever for a
 * session that the broker has closed without informing it. Safe for many threads.
 */
final class TimeLimit {
    /** Longest wait for one answer: more than a busy broker takes, and less than a result of the probe is used. */
    static final Duration LONGEST = Duration.ofSeconds(30);

    private static final Map<Thread, Wait> WAITS = new ConcurrentHashMap<>();

    static {
        ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(TimeLimit::daemon);
        var unused =
                timer.scheduleWithFixedDelay(new Repeated("watch of answers", TimeLimit::look), 1, 1, TimeUnit.SECONDS);
    }

    private TimeLimit() {}

    /** One wait of one thread. */
    private static final class Wait {
        private final long until;
        private boolean isBrokenOff;
        private boolean isOver;

        Wait(Duration limit) {
            this.until = System.nanoTime() + limit.toNanos();
        }

        synchronized void breakOff(Thread thread) {
            if (!isOver && !isBrokenOff && System.nanoTime() - until > 0) {
                isBrokenOff = true;
                thread.interrupt();
            }
        }

        /** Whether it was broken off. The interruption was for this wait alone. */
        synchronized boolean ended() {
            isOver = true;
            if (isBrokenOff) {
                boolean unused = Thread.interrupted();
            }
            return isBrokenOff;
        }
    }

    /** Asks the broker. */
    interface Question<T extends @Nullable Object, X extends Exception> {
        /** Waits for the answer. */
        T ask() throws X;
    }

    /**
     * The answer to a question. One within another has the limit of its own.
     *
     * @param queue that it is about
     * @throws NoAnswerException when there is none within the limit
     */
    static <T extends @Nullable Object, X extends Exception> T within(
            Duration limit, String queue, Question<T, X> question) throws X, NoAnswerException {
        Wait wait = new Wait(limit);
        Wait outer = WAITS.put(Thread.currentThread(), wait);
        try {
            return question.ask();
        } catch (Exception e) {
            if (wait.ended()) {
                NoAnswerException none = new NoAnswerException(queue);
                none.initCause(e);
                throw none;
            }
            throw e;
        } finally {
            boolean unused = wait.ended();
            if (outer == null) {
                WAITS.remove(Thread.currentThread());
            } else {
                WAITS.put(Thread.currentThread(), outer);
            }
        }
    }

    private static void look() {
        WAITS.forEach((thread, wait) -> wait.breakOff(thread));
    }

    private static Thread daemon(Runnable task) {
        Thread thread = new Thread(task, "answer-watch");
        thread.setDaemon(true);
        return thread;
    }
}
