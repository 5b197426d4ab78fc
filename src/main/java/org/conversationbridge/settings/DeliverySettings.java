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
 * @param endedStays how long the message that a conversation has ended stays on the current queue
 */
public record DeliverySettings(Map<String, Qos> byEventType, CloudEventSettings cloudEvents, Duration endedStays) {
    /**
     * @param priority JMS priority, 0 to 9
     * @param timeToLive JMS time to live; zero = never expires
     */
    public record Qos(int priority, Duration timeToLive) {}

    public DeliverySettings {
        byEventType = Map.copyOf(byEventType);
    }

    /** What the result queue promises of the messages of a conversation. */
    enum Order {
        /** They come in order. */
        CONVERSATION,
        /** Nothing. */
        NONE
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
        checkOrder(values, qos);
        // For routes, the text is from now on a number of milliseconds.
        Duration endedStays = values.duration("current.ended-time-to-live", Duration.ofSeconds(1), Duration.ofHours(1));
        return new DeliverySettings(qos, CloudEventSettings.from(values), endedStays);
    }

    /** The broker dispatches the higher priority first, whatever came before it. */
    private static void checkOrder(Values values, Map<String, Qos> qos) {
        boolean isInOrder = values.choice("deliver.order", Order.class) == Order.CONVERSATION;
        int first = values.number("deliver.priority.started", 0, 9);
        qos.forEach((type, each) -> {
            if (isInOrder && each.priority() != first) {
                values.problem(
                        "deliver.priority." + type,
                        each.priority() + " is another priority than the " + first + " of deliver.priority.started,"
                                + " so that a consumer could get the end of a conversation before an update of it."
                                + " deliver.order=conversation promises their order: give all event types one priority,"
                                + " or set deliver.order=none to do without the order");
            }
        });
    }
}
