// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.budget;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The requests made, and what Genesys Cloud reports about its limit in the headers {@code inin-ratelimit-count},
 * {@code inin-ratelimit-allowed} and {@code inin-ratelimit-reset} (seconds) of normal answers. They are not always
 * there; then the own limit applies. The limit is one of a minute: a later reset is not waited for. Safe for many
 * threads.
 */
public final class RequestBudget {
    private static final int MINUTE_SECONDS = 60;
    private static final Duration MINUTE = Duration.ofSeconds(MINUTE_SECONDS);

    private record Told(int allowed, int count, Instant reset) {}

    /** What is not urgent leaves so much of the limit to the rest: one in five. */
    private static final int RESERVE = 5;

    private final int requestsPerMinute;
    private final Clock clock;
    private final Deque<Instant> lastMinute = new ArrayDeque<>();
    private long requests;
    private @Nullable Told told;

    public RequestBudget(int requestsPerMinute, Clock clock) {
        this.requestsPerMinute = requestsPerMinute;
        this.clock = clock;
    }

    /** A request is sent. */
    public synchronized void requestSent() {
        requests++;
        lastMinute.addLast(clock.instant());
    }

    /** An answer came. */
    public synchronized void answered(Function<String, Optional<String>> header) {
        Optional<Integer> allowed = header.apply("inin-ratelimit-allowed").flatMap(RequestBudget::number);
        Optional<Integer> count = header.apply("inin-ratelimit-count").flatMap(RequestBudget::number);
        int reset = header.apply("inin-ratelimit-reset")
                .flatMap(RequestBudget::number)
                .orElse(MINUTE_SECONDS);
        if (allowed.isPresent() && count.isPresent()) {
            Instant until = clock.instant().plusSeconds(Math.min(reset, MINUTE_SECONDS));
            told = new Told(allowed.get(), count.get(), until);
        }
    }

    /** Requests made since the start. */
    public synchronized long requests() {
        return requests;
    }

    /** Requests that may still be made in the running minute: as Genesys Cloud reported, else by the own limit. */
    public synchronized int left() {
        Instant now = clock.instant();
        int own = ownLeft(now);
        return told != null && now.isBefore(told.reset()) ? Math.max(0, told.allowed() - told.count()) : own;
    }

    /**
     * Whether so much is left, of the own limit and of what Genesys Cloud reported, that what is not urgent may be
     * asked.
     */
    public synchronized boolean hasRoom() {
        Instant now = clock.instant();
        boolean own = ownLeft(now) >= (requestsPerMinute + RESERVE - 1) / RESERVE;
        return own
                && (told == null
                        || !now.isBefore(told.reset())
                        || (told.allowed() - told.count()) * RESERVE >= told.allowed());
    }

    private int ownLeft(Instant now) {
        while (!lastMinute.isEmpty() && lastMinute.element().plus(MINUTE).isBefore(now)) {
            lastMinute.remove();
        }
        return Math.max(0, requestsPerMinute - lastMinute.size());
    }

    /**
     * How long to wait before the next request, in milliseconds: until the reset where Genesys Cloud said none is left.
     */
    public synchronized long pauseMillis() {
        Instant now = clock.instant();
        boolean spent = told != null && told.count() >= told.allowed() && now.isBefore(told.reset());
        return spent && told != null ? Duration.between(now, told.reset()).toMillis() : 0;
    }

    private static Optional<Integer> number(String text) {
        return text.matches("\\d{1,9}") ? Optional.of(Integer.valueOf(text)) : Optional.empty();
    }
}
