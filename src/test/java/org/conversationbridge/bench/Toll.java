// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.bench;

import java.time.Duration;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.conversationbridge.sandbox.Fault;
import org.conversationbridge.sandbox.SandboxAnswer;
import org.conversationbridge.sandbox.SandboxRequest;

/**
 * What every request to the API pays: a latency, and one of the requests that a minute has, by a clock that runs. In
 * the next minute there are as many again; until then the answer is 429. Safe for many threads.
 */
final class Toll implements Fault {
    private static final long MINUTE = Duration.ofMinutes(1).toNanos();
    /** What was on its way when the 429 was answered is not early. */
    private static final long ON_ITS_WAY = Duration.ofMillis(100).toNanos();

    private final Duration latency;
    private final int perMinute;
    private final LongSupplier nanoTime;
    private boolean isOpen;
    private long minuteBegan;
    private int inMinute;
    private long refusedFrom;
    private long refusedUntil;
    private int requests;
    private int refused;
    private int early;

    /**
     * Not open yet.
     *
     * @param perMinute 0 = any number
     * @param nanoTime as {@link System#nanoTime}
     */
    Toll(Duration latency, int perMinute, LongSupplier nanoTime) {
        this.latency = latency;
        this.perMinute = perMinute;
        this.nanoTime = nanoTime;
        this.minuteBegan = nanoTime.getAsLong() - MINUTE;
    }

    synchronized String open() {
        isOpen = true;
        requests = 0;
        return "opened";
    }

    synchronized String count() {
        return "requests " + requests + " refused " + refused + " early " + early;
    }

    @Override
    public SandboxAnswer answer(SandboxRequest request, Supplier<SandboxAnswer> normal) {
        if (!request.isForApi()) {
            return normal.get();
        }
        long waitSeconds = enter();
        SandboxAnswer answer = waitSeconds > 0
                ? SandboxAnswer.json(
                                429,
                                "{\"status\":429,\"code\":\"too.many.requests.retry.after\",\"message\":\"Rate limit"
                                        + " exceeded the maximum. Retry the request in [" + waitSeconds
                                        + "] seconds\"}")
                        .withHeader("Retry-After", Long.toString(waitSeconds))
                : normal.get();
        return withLimit(answer).after(isLatent() ? latency : Duration.ZERO);
    }

    private synchronized boolean isLatent() {
        return isOpen;
    }

    /** Seconds to wait; 0 where the request may pass. */
    private synchronized long enter() {
        requests++;
        if (!isOpen || perMinute == 0) {
            return 0;
        }
        long now = nanoTime.getAsLong();
        boolean isToWait = refused > 0 && now - refusedUntil < 0;
        if (isToWait && now - refusedFrom > ON_ITS_WAY) {
            early++;
        }
        if (now - minuteBegan >= MINUTE) {
            minuteBegan = now;
            inMinute = 0;
        }
        if (inMinute < perMinute) {
            inMinute++;
            return 0;
        }
        refused++;
        long seconds = Duration.ofNanos(minuteBegan + MINUTE - now).toSeconds() + 1;
        if (!isToWait) {
            refusedFrom = now;
        }
        refusedUntil = now + Duration.ofSeconds(seconds).toNanos();
        return seconds;
    }

    private synchronized SandboxAnswer withLimit(SandboxAnswer answer) {
        if (!isOpen || perMinute == 0) {
            return answer;
        }
        long reset =
                Duration.ofNanos(minuteBegan + MINUTE - nanoTime.getAsLong()).toSeconds() + 1;
        return answer.withHeader("inin-ratelimit-count", Integer.toString(inMinute))
                .withHeader("inin-ratelimit-allowed", Integer.toString(perMinute))
                .withHeader("inin-ratelimit-reset", Long.toString(Math.max(1, reset)));
    }
}
