// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.poll;

import java.time.DateTimeException;
import java.time.Instant;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Which poll requests are followed. Every process asks for a poll at every fire time; the one that consumes the
 * exclusive queue follows the first request of a fire time and drops the rest. A request without a fire time is always
 * followed.
 */
public final class PollRequests {
    private static final Logger LOG = LoggerFactory.getLogger(PollRequests.class);

    private final BooleanSupplier isSpared;
    private Instant lastFireTime = Instant.MIN;

    /** @param isSpared whether a poll that is due is to be left out now */
    public PollRequests(BooleanSupplier isSpared) {
        this.isSpared = isSpared;
    }

    /**
     * Whether to poll now.
     *
     * @param fireTime ISO-8601 time at which the poll was due; null or empty = now
     */
    public synchronized boolean isDue(@Nullable String fireTime) {
        if (fireTime == null || fireTime.isBlank()) {
            return true;
        }
        Instant due;
        try {
            due = Instant.parse(fireTime.strip());
        } catch (DateTimeException e) {
            LOG.warn("poll request ignored: its body is neither empty nor an ISO-8601 fire time");
            return false;
        }
        if (!due.isAfter(lastFireTime)) {
            return false;
        }
        lastFireTime = due;
        return !isSpared.getAsBoolean();
    }
}
