// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.cli;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.conversationbridge.failure.BridgeException;
import org.jspecify.annotations.Nullable;

/**
 * Waits for Ctrl-C, SIGTERM or the end of a duration. When the JVM is asked to stop, it is kept until the command has
 * cleaned up, at most a few seconds.
 */
final class StopSignal implements AutoCloseable {
    private static final Duration LONGEST_STOP = Duration.ofMillis(4_500);
    private static final Duration LONGEST_CLEANING = Duration.ofSeconds(20);
    private static final String HANGS = "Shutdown timed out; unfinished work is repeated at the next start.";

    private final CountDownLatch wanted = new CountDownLatch(1);
    private final CountDownLatch done = new CountDownLatch(1);
    private volatile @Nullable BridgeException failure;

    StopSignal() {
        Runtime.getRuntime().addShutdownHook(new Thread(this::hold, "stop"));
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

    /** Something without which nothing goes on has failed: stops, and ends the process where stopping hangs. */
    void fail(BridgeException cause) {
        failure = cause;
        wanted.countDown();
        endAfter(LONGEST_CLEANING, String.valueOf(cause.getMessage()), ConversationBridge.FAILED);
    }

    /**
     * From now on it is cleaned up, as long as after Ctrl-C: then the process ends without. A broker that does not
     * answer lets the client wait for half a minute, which nothing can interrupt.
     */
    void boundCleaning() {
        endAfter(LONGEST_STOP, HANGS, 0);
    }

    private void endAfter(Duration time, String sentence, int code) {
        CompletableFuture.delayedExecutor(time.toMillis(), TimeUnit.MILLISECONDS)
                .execute(() -> {
                    if (done.getCount() > 0) {
                        System.err.println(sentence);
                        Runtime.getRuntime().halt(code);
                    }
                });
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

    private void hold() {
        wanted.countDown();
        try {
            if (!done.await(LONGEST_STOP.toMillis(), TimeUnit.MILLISECONDS)) {
                System.err.println(HANGS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
