// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.sandbox;

import java.time.Duration;
import java.util.List;

/** Something that goes wrong with a notification on its way. */
@FunctionalInterface
public interface NotificationFault {
    /**
     * After which times a frame reaches its subscriber: {@code 0} once is the normal way, none is a loss, two are a
     * repetition; one that comes later than the next frame comes out of order.
     */
    List<Duration> arrivals();
}
