// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.cli;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.conversationbridge.failure.BridgeException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Waits for Ctrl-C, SIGTERM or the end of a duration. When the JVM is to stop, it is kept until the command has
 * cleaned up, at most a few seconds.
 */
final class StopSignal implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(StopSignal.class);
    private static final Duration LONGEST_STOP = Duration.ofMillis(4_500);
    private static final Duration LONGEST_CLEANING = Duration.ofSeconds(20);
    private static final String HANGS = "Shutdown timed out; unfinished work is repeated at the next start.";
    private static final String NOT_STARTED =
            "Stopped: the time of --for was over before the start was complete. Nothing was polled.";

    private final CountDownLatch wanted = new CountDownLatch(1);
    private final CountDownLatch done = new CountDownLatch(1);
    private final Halt halt;
    private final Duration longestStop;
    private volatile boolean isRunning;
    private volatile boolean isSignalled;
    private volatile @Nullable BridgeException failure;

    /** Ends the process at once. */
    interface Halt {
        /**
         * Ends it.
         *
         * @param sentence why, for the user
         * @param code the exit code
         */
        void halt(String sentence, int code);
    }

    StopSignal() {
        this(
                (sentence, code) -> {
                    System.err.println(sentence);
                    Runtime.getRuntime().halt(code);
                },
                LONGEST_STOP);
    }

    /** @param longestStop how long cleaning up may take */
    StopSignal(Halt halt, Duration longestStop) {
        this.halt = halt;
        this.longestStop = longestStop;
        try {
            Runtime.getRuntime().addShutdownHook(new Thread(this::hold, "stop"));
        } catch (IllegalStateException e) {
            LOG.debug("the JVM stops already", e);
            signalled();
        }
    }

    /**
     * Does the work of a command. What fails because the start was cut short is not reported.
     *
     * @return the exit code of the work
     */
    int guard(Callable<Integer> work) throws Exception {
        try {
            return work.call();
        } catch (Exception e) {
            if (!isStartCutShort()) {
                throw e;
            }
            LOG.debug("the start was cut short", e);
            return 0;
        }
    }

    /**
     * Returns when it is time to stop.
     *
     * @throws BridgeException what it is time to stop for, where it failed
     */
    void await(Optional<Duration> atMost) throws InterruptedException {
        if (atMost.isPresent()) {
            boolean unused = wanted.await(atMost.get().toMillis(), TimeUnit.MILLISECONDS);
        } else {
            wanted.await();
        }
        BridgeException ended = failure;
        if (ended != null) {
            throw ended;
        }
    }

    /** The start is complete. */
    void running() {
        isRunning = true;
    }

    /**
     * It is time to stop after this time from now, also if the start waits for something that does not answer. From
     * then on the end is bounded as after Ctrl-C.
     */
    void stopAfter(Duration time) {
        CompletableFuture.delayedExecutor(time.toMillis(), TimeUnit.MILLISECONDS)
                .execute(() -> {
                    wanted.countDown();
                    boundCleaning();
                });
    }

    /** Something without which nothing goes on has failed: stops, and ends the process where stopping hangs. */
    void fail(BridgeException cause) {
        failure = cause;
        wanted.countDown();
        after(LONGEST_CLEANING, () -> halt.halt(String.valueOf(cause.getMessage()), ConversationBridge.FAILED));
    }

    /**
     * From now on it is cleaned up, as long as after Ctrl-C: then the process ends without. A broker that does not
     * answer lets the client wait for half a minute, which nothing can interrupt.
     */
    void boundCleaning() {
        after(longestStop, () -> halt.halt(isRunning ? HANGS : NOT_STARTED, isRunning ? 0 : ConversationBridge.FAILED));
    }

    /** Unless everything is cleaned up by then. */
    private void after(Duration time, Runnable end) {
        CompletableFuture.delayedExecutor(time.toMillis(), TimeUnit.MILLISECONDS)
                .execute(() -> {
                    if (done.getCount() > 0) {
                        end.run();
                    }
                });
    }

    /**
     * Whether Ctrl-C or SIGTERM came before the start was complete. Then whatever fails, fails because of that: the JVM
     * refuses to start what it would have to stop.
     */
    boolean isStartCutShort() {
        return isSignalled && !isRunning;
    }

    /** Whether it is time to stop. */
    boolean isWanted() {
        return wanted.getCount() == 0;
    }

    /** Everything is cleaned up. */
    @Override
    public void close() {
        done.countDown();
    }

    /** Of the JVM: it is asked to stop. */
    void signalled() {
        isSignalled = true;
        wanted.countDown();
    }

    private void hold() {
        signalled();
        try {
            if (!done.await(longestStop.toMillis(), TimeUnit.MILLISECONDS) && isRunning) {
                System.err.println(HANGS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
