// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.settings;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * JMS quality of service per event type, and whether a message is a CloudEvent.
 *
 * @param byEventType keyed by the last word of the event type: {@code started}, {@code updated}, {@code ended},
 *     {@code completed}
 */
public record DeliverySettings(Map<String, Qos> byEventType, CloudEventSettings cloudEvents) {
    /**
     * @param priority JMS priority, 0 to 9
     * @param timeToLive JMS time to live; zero = never expires
     */
    public record Qos(int priority, Duration timeToLive) {}

    public DeliverySettings {
        byEventType = Map.copyOf(byEventType);
    }

    static DeliverySettings from(Values values) {
        Map<String, Qos> qos = new LinkedHashMap<>();
        for (String type : List.of("started", "updated", "ended", "completed")) {
            qos.put(
                    type,
                    new Qos(
                            values.number("deliver.priority." + type, 0, 9),
                            values.duration("deliver.time-to-live." + type, Duration.ZERO, Duration.ofDays(365))));
        }
        return new DeliverySettings(qos, CloudEventSettings.from(values));
    }
}
