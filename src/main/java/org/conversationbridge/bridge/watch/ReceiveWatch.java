// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.bridge.watch;

import jakarta.jms.Session;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.conversationbridge.broker.BrokerProbe;

/**
 * Breaks off a wait for a message that does not end, while the broker answers others. A session or consumer that was
 * closed on the broker without the client being informed leaves the client of Artemis waiting for an answer without a
 * time limit (source: ClientConsumerImpl, a receive whose time is over asks the broker once more). So a receive that
 * ends shows that the broker has its consumer. Safe for many threads.
 */
public final class ReceiveWatch implements BrokerProbe.Look {
    /** So many looks in a row, some seconds apart, find the same receive before it is broken off. */
    static final int LOOKS = 5;
    /** After so many it is a problem. */
    static final int SUSPICIOUS = 3;
    /** The longest wait for a message of a receive that is watched: five looks take longer. Usually it is a second. */
    static final Duration LONGEST_WAIT = Duration.ofSeconds(5);

    private static final class Receive {
        private final String queue;
        private int looks;
        private boolean brokenOff;

        Receive(String queue) {
            this.queue = queue;
        }
    }

    private final Map<Thread, Receive> receives = new HashMap<>();

    /**
     * This thread begins to wait for a message of a queue.
     *
     * @param wait for how long; 0 without end
     */
    synchronized void begun(String queue, Duration wait) {
        if (!wait.isZero() && wait.compareTo(LONGEST_WAIT) <= 0) {
            receives.put(Thread.currentThread(), new Receive(queue));
        }
    }

    /** This thread waits no longer; whether it was broken off. The interruption was for the receive alone. */
    synchronized boolean ended() {
        Receive receive = receives.remove(Thread.currentThread());
        if (receive == null || !receive.brokenOff) {
            return false;
        }
        boolean unused = Thread.interrupted();
        return true;
    }

    /**
     * Breaks off what has lasted too long. There is no look while the broker is away: then a receive waits until it is
     * back.
     */
    @Override
    public synchronized void at(Session session) {
        receives.forEach((thread, receive) -> {
            receive.looks++;
            if (receive.looks >= LOOKS && !receive.brokenOff) {
                receive.brokenOff = true;
                thread.interrupt();
            }
        });
    }

    /** Those that have no answer for some time, until they are broken off and begin again. */
    @Override
    public synchronized Optional<String> problem() {
        String queues = receives.values().stream()
                .filter(receive -> receive.looks >= SUSPICIOUS)
                .map(receive -> receive.queue)
                .distinct()
                .sorted()
                .collect(Collectors.joining(", "));
        return queues.isEmpty()
                ? Optional.empty()
                : Optional.of("broker gives sessions of this process no answer on " + queues
                        + ", and does answer others. They are replaced automatically.");
    }
}
