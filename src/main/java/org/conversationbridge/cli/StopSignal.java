// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.cli;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Waits for Ctrl-C, SIGTERM or the end of a duration. When the JVM is told to stop, it is kept until the command has
 * cleaned up, at most a few seconds.
 */
final class StopSignal implements AutoCloseable {
    private static final Duration LONGEST_STOP = Duration.ofMillis(4_500);

    private final CountDownLatch wanted = new CountDownLatch(1);
    private final CountDownLatch done = new CountDownLatch(1);

    StopSignal() {
        Runtime.getRuntime().addShutdownHook(new Thread(this::hold, "stop"));
    }

    /** Returns when it is time to stop. */
    void await(Optional<Duration> atMost) throws InterruptedException {
        if (atMost.isPresent()) {
            boolean unused = wanted.await(atMost.get().toMillis(), TimeUnit.MILLISECONDS);
        } else {
            wanted.await();
        }
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
                System.err.println("Something did not stop in time; what was in work comes again at the next start.");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
