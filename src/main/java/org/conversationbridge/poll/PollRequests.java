// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.poll;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import java.util.function.BooleanSupplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Which poll requests are followed. Every process requests a poll at every fire time, and the one that consumes the
 * exclusive queue gets all of them. It follows its own: so there is one poll for each fire time, whatever the clocks
 * of the others show. No time is compared: a request has a number, and a poll serves what was requested before it
 * began, however long the request waited.
 *
 * <p>The requests of another process are followed only if the own ones fail to come. An empty request may come from any client:
 * for it the process puts one of its own behind all that wait, which is not spared, and any number of them that wait
 * have the same one. Anything else is no request. Safe for many threads.
 */
public final class PollRequests {
    private static final Logger LOG = LoggerFactory.getLogger(PollRequests.class);

    private static final Pattern REQUEST = Pattern.compile("([0-9a-f-]{36})/(\\d{1,18})");
    private static final Duration SAID_AGAIN = Duration.ofMinutes(10);

    private final String process = UUID.randomUUID().toString();
    private final BooleanSupplier isSpared;
    private final Duration longestPause;
    private final Clock clock;
    /** Requests of this process so far, and how many of them there were when the last poll began. */
    private long asked;

    private long done;
    private boolean spared;
    private Instant lastBegin;
    /** Whether a poll was requested by hand, and a request for it is on its way or to be sent. */
    private boolean byHand;

    private boolean isToSend;
    private Instant lastIgnored = Instant.MIN;
    private long ignored;

    /**
     * @param isSpared whether a poll that is due, and was not requested by hand, is to be left out now
     * @param longestPause without a request of its own, after which a process follows those of others
     * @param clock one that is never set
     */
    public PollRequests(BooleanSupplier isSpared, Duration longestPause, Clock clock) {
        this.isSpared = isSpared;
        this.longestPause = longestPause;
        this.clock = clock;
        this.lastBegin = clock.instant();
    }

    /** The next request of this process: its sender and its number. */
    public synchronized String ask() {
        asked++;
        return process + "/" + asked;
    }

    /**
     * Whether to poll now. It serves all requests made until now.
     *
     * @param request as {@link #ask} makes them; null or empty = requested by hand, see {@link #isToSend}
     */
    public synchronized boolean isDue(@Nullable String request) {
        Instant now = clock.instant();
        String text = request == null ? "" : request.strip();
        spared = false;
        if (text.isEmpty()) {
            isToSend = !byHand;
            byHand = true;
            return false;
        }
        if (!isFollowed(text, now)) {
            return false;
        }
        spared = !byHand && isSpared.getAsBoolean();
        begin();
        return !spared;
    }

    /** Whether a request of this process is to be sent, for one by hand; to be called once for each. */
    public synchronized boolean isToSend() {
        boolean is = isToSend;
        isToSend = false;
        return is;
    }

    /** A poll begins, by whatever request: it serves all requests made until now. */
    public synchronized void begin() {
        done = asked;
        byHand = false;
        lastBegin = clock.instant();
    }

    /** Whether the last request was due, and its poll is left out. */
    public synchronized boolean isSpared() {
        return spared;
    }

    private boolean isFollowed(String request, Instant now) {
        Matcher matcher = REQUEST.matcher(request);
        if (!matcher.matches()) {
            ignored(now);
            return false;
        }
        long number = Long.parseLong(matcher.group(2));
        boolean isOwn = matcher.group(1).equals(process) && number > done && number <= asked;
        return isOwn || lastBegin.plus(longestPause).isBefore(now);
    }

    /** Something on the queue is no request. */
    public synchronized void ignored() {
        ignored(clock.instant());
    }

    private void ignored(Instant now) {
        ignored++;
        if (lastIgnored.plus(SAID_AGAIN).isBefore(now)) {
            lastIgnored = now;
            LOG.warn(
                    "poll request ignored: it is not empty and not from a bridge of this version ({} so far). Polls"
                            + " continue. Check who may send to poll.request-queue. Logged at most every {} minutes.",
                    ignored,
                    SAID_AGAIN.toMinutes());
        }
    }
}
