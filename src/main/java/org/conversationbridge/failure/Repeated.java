// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.failure;

import java.time.Duration;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A task that an executor runs again and again. An executor never runs one again that has thrown, and logs nothing
 * (source: ScheduledExecutorService, scheduleWithFixedDelay). Here it is logged, at most once in ten minutes, and the
 * next run begins as usual. See {@link FailureText} for what the line shows of the failure. Safe for many threads.
 */
public final class Repeated implements Runnable {
    /** Between two lines about one task. */
    static final Duration BETWEEN_LINES = Duration.ofMinutes(10);

    private static final Logger LOG = LoggerFactory.getLogger(Repeated.class);

    /** Something to run, which may fail in a way that its caller knows. */
    public interface Step<X extends Exception> {
        /** Runs it. */
        void run() throws X;
    }

    private final String name;
    private final Runnable task;
    private final LongSupplier nanoTime;
    private boolean isLogged;
    private long loggedAt;
    private boolean isEnded;

    /**
     * @param name of the task in the log, such as "check of the broker"
     * @param task to run each time
     */
    public Repeated(String name, Runnable task) {
        this(name, task, System::nanoTime);
    }

    Repeated(String name, Runnable task, LongSupplier nanoTime) {
        this.name = name;
        this.task = task;
        this.nanoTime = nanoTime;
    }

    @Override
    public void run() {
        boolean unused = completes(task::run);
    }

    /**
     * What the task uses is closed from now on: what a run that has begun fails with says nothing, and is not logged.
     */
    public synchronized void end() {
        isEnded = true;
    }

    /**
     * Runs a part of the task; what it fails with for an unexpected reason is logged.
     *
     * @return whether it was completed
     * @throws X as the part does
     */
    public <X extends Exception> boolean completes(Step<X> part) throws X {
        try {
            part.run();
            return true;
        } catch (RuntimeException | Error e) {
            log(e);
            return false;
        }
    }

    private synchronized void log(Throwable failure) {
        LOG.debug("{} failed", name, failure);
        long now = nanoTime.getAsLong();
        if (isEnded) {
            return;
        }
        if (isLogged && now - loggedAt < BETWEEN_LINES.toNanos()) {
            return;
        }
        isLogged = true;
        loggedAt = now;
        LOG.error(
                "{} failed for an unexpected reason and is repeated: {} If it goes on, report it. This line comes at most once in {}"
                        + " minutes.",
                name,
                FailureText.sentence(failure),
                BETWEEN_LINES.toMinutes());
    }
}
