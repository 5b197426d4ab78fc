// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.sandbox.fault;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.conversationbridge.sandbox.NotificationFault;

/** Sends one notification of so many twice, the second time a while later. */
public final class RepeatsNotifications implements NotificationFault {
    private final int every;
    private final Duration later;
    private final AtomicLong count = new AtomicLong();

    /** @param every one of so many */
    public RepeatsNotifications(int every, Duration later) {
        this.every = every;
        this.later = later;
    }

    @Override
    public List<Duration> arrivals() {
        return count.incrementAndGet() % every == 0 ? List.of(Duration.ZERO, later) : List.of(Duration.ZERO);
    }
}
