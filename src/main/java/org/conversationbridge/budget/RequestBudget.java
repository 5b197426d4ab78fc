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

    /** @param atRequest the number of the last request that was sent by then */
    private record Told(int allowed, int count, Instant reset, long atRequest) {}

    /** What is not urgent leaves so much of the limit to the rest: one in five. */
    private static final int RESERVE = 5;

    private final int requestsPerMinute;
    private final Clock clock;
    private final Deque<Instant> lastMinute = new ArrayDeque<>();
    private long requests;
    private @Nullable Told told;
    private Instant refusedUntil = Instant.MIN;

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
            told = new Told(allowed.get(), count.get(), until, requests);
        }
    }

    /**
     * A request was refused. The limit of a minute is over within a minute, for every request; a longer wait is that of
     * another limit, such as one of a day for one kind of request, and delays that request only.
     */
    public synchronized void refused(Duration retryAfter) {
        Instant until = clock.instant().plus(retryAfter);
        if (retryAfter.compareTo(MINUTE) <= 0 && until.isAfter(refusedUntil)) {
            refusedUntil = until;
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
        return told != null && now.isBefore(told.reset()) ? Math.max(0, told.allowed() - used(told)) : own;
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
                        || (told.allowed() - used(told)) * RESERVE >= told.allowed());
    }

    /** As Genesys Cloud reported it, and the requests sent since then. */
    private int used(Told last) {
        return Math.toIntExact(last.count() + requests - last.atRequest());
    }

    private int ownLeft(Instant now) {
        while (!lastMinute.isEmpty() && lastMinute.element().plus(MINUTE).isBefore(now)) {
            lastMinute.remove();
        }
        return Math.max(0, requestsPerMinute - lastMinute.size());
    }

    /**
     * How long to wait before the next request, in milliseconds: as long as Genesys Cloud requested, or until the reset
     * where it said that none is left for requests of this urgency.
     */
    public synchronized long pauseMillis(Urgency urgency) {
        Instant now = clock.instant();
        Instant until = refusedUntil;
        if (told != null
                && used(told) >= urgency.of(told.allowed())
                && told.reset().isAfter(until)) {
            until = told.reset();
        }
        return until.isAfter(now) ? Duration.between(now, until).toMillis() : 0;
    }

    private static Optional<Integer> number(String text) {
        return text.matches("\\d{1,9}") ? Optional.of(Integer.valueOf(text)) : Optional.empty();
    }
}
