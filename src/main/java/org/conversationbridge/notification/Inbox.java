// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.notification;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.conversationbridge.conversation.Conversation;

/**
 * What notifications reported and are not announced yet. Of each conversation one state is taken at a time, so that
 * none overtakes another on its way. Bounded: when it is full everything is forgotten, and polls have to find it. Safe
 * for many threads.
 *
 * <p>It is open in the process that polls. In any other it is closed and keeps nothing: the process that polls gets the
 * same notifications. It closes by itself when nothing is taken from it for {@link #LONGEST}: another process polls,
 * or none, and what waits is too old to be announced as news.
 */
public final class Inbox {
    static final int MOST = 10_000;
    /** The polling process takes what waits within seconds. */
    static final Duration LONGEST = Duration.ofSeconds(30);

    /**
     * What a notification reported.
     *
     * @param receivedAt by the clock of Genesys Cloud
     */
    public record Notified(Conversation conversation, Instant receivedAt) {}

    private final Clock clock;
    private final Map<String, Deque<Notified>> waiting = new LinkedHashMap<>();
    private int size;
    private boolean isOpen;
    /** Since when something waits of which nothing was taken. */
    private Instant waitingSince = Instant.EPOCH;

    /** @param clock one that is never set */
    public Inbox(Clock clock) {
        this.clock = clock;
    }

    /** Forgets everything, and keeps what comes from now on. */
    public synchronized void open() {
        clear();
        isOpen = true;
    }

    /** Forgets everything, and keeps nothing. */
    public synchronized void close() {
        clear();
        isOpen = false;
    }

    /** Whether it keeps what comes. */
    public synchronized boolean isOpen() {
        if (!waiting.isEmpty() && waitingSince.plus(LONGEST).isBefore(clock.instant())) {
            close();
        }
        return isOpen;
    }

    /**
     * Adds a state, if it is open.
     *
     * @return false when it is full: all is forgotten
     */
    public synchronized boolean add(Notified notified) {
        if (!isOpen()) {
            return true;
        }
        if (size >= MOST) {
            clear();
            return false;
        }
        if (waiting.isEmpty()) {
            waitingSince = clock.instant();
        }
        waiting.computeIfAbsent(notified.conversation().conversationId(), id -> new ArrayDeque<>(2))
                .add(notified);
        size++;
        return true;
    }

    /** Takes the oldest state of each conversation. */
    public synchronized List<Notified> take() {
        List<Notified> taken = new ArrayList<>(waiting.size());
        for (Iterator<Deque<Notified>> all = waiting.values().iterator(); all.hasNext(); ) {
            Deque<Notified> states = all.next();
            taken.add(states.remove());
            if (states.isEmpty()) {
                all.remove();
            }
        }
        size -= taken.size();
        waitingSince = clock.instant();
        return taken;
    }

    /** Whether there is nothing to announce. */
    public synchronized boolean isEmpty() {
        return waiting.isEmpty();
    }

    private void clear() {
        waiting.clear();
        size = 0;
    }
}
