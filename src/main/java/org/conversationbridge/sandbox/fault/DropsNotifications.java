// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.sandbox.fault;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.conversationbridge.sandbox.NotificationFault;

/** Loses one notification of so many. */
public final class DropsNotifications implements NotificationFault {
    private final int every;

    private final AtomicLong count = new AtomicLong();

    /** @param every one of so many */
    public DropsNotifications(int every) {
        this.every = every;
    }

    @Override
    public List<Duration> arrivals() {
        return count.incrementAndGet() % every == 0 ? List.of() : List.of(Duration.ZERO);
    }
}
