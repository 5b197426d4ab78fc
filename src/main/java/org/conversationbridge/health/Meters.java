// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.health;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import org.conversationbridge.broker.BrokerProbe;
import org.conversationbridge.broker.ForeignMessages;
import org.conversationbridge.budget.RequestBudget;
import org.conversationbridge.notification.Channels;
import org.conversationbridge.poll.Figure;
import org.conversationbridge.poll.PollLog;

/** The bridge's own meters, beside those of Camel and the JVM. */
public final class Meters {
    private Meters() {}

    /** Adds them to a registry. */
    public static void register(
            MeterRegistry registry, PollLog polls, RequestBudget budget, BrokerProbe broker, Channels channels) {
        counter(registry, polls, "polls", "outcome", "ok", Figure.POLLS);
        counter(registry, polls, "polls", "outcome", "failed", Figure.FAILED_POLLS);
        FunctionCounter.builder(
                        "conversation.bridge.polls.incomplete",
                        polls,
                        log -> log.figures().of(Figure.INCOMPLETE_POLLS))
                .description("Polls that succeeded, but read fewer conversations than Genesys Cloud stated")
                .register(registry);
        counter(registry, polls, "conversations", "step", "found", Figure.FOUND);
        counter(registry, polls, "conversations", "step", "changed", Figure.CHANGED);
        counter(registry, polls, "conversations", "step", "delivered", Figure.DELIVERED);
        counter(registry, polls, "conversations", "step", "parked", Figure.PARKED);
        FunctionCounter.builder(
                        "conversation.bridge.gaps", polls, log -> log.figures().of(Figure.GAPS))
                .description("Gaps closed since the start of this process")
                .register(registry);
        FunctionCounter.builder(
                        "conversation.bridge.notifications",
                        polls,
                        log -> log.figures().of(Figure.NOTIFICATIONS))
                .description("Notifications of conversations, since the start of this process")
                .register(registry);
        Gauge.builder("conversation.bridge.notification.channels", channels, Channels::connected)
                .description("Notification channels that are connected")
                .register(registry);
        FunctionCounter.builder("conversation.bridge.genesys.requests", budget, RequestBudget::requests)
                .description("Requests sent to Genesys Cloud")
                .register(registry);
        Gauge.builder("conversation.bridge.genesys.budget.left", budget, RequestBudget::left)
                .description("Requests to Genesys Cloud left in the current minute")
                .register(registry);
        Gauge.builder("conversation.bridge.last.good.poll.age", polls, Meters::ageSeconds)
                .baseUnit("seconds")
                .description("Age of the last successful poll; NaN before the first")
                .register(registry);
        Gauge.builder(
                        "conversation.bridge.broker.up",
                        broker,
                        probe -> probe.problem().isEmpty() ? 1 : 0)
                .description("1 while the broker can be reached")
                .register(registry);
    }

    /** Adds the one of what others put on the bridge's queues. */
    public static void foreign(MeterRegistry registry, ForeignMessages foreign) {
        FunctionCounter.builder("conversation.bridge.foreign.messages", foreign, ForeignMessages::count)
                .description("Messages on the bridge's queues that it did not send and moved away or skipped")
                .register(registry);
    }

    private static void counter(
            MeterRegistry registry, PollLog polls, String name, String tag, String value, Figure figure) {
        FunctionCounter.builder(
                        "conversation.bridge." + name,
                        polls,
                        log -> log.figures().of(figure))
                .tag(tag, value)
                .description("Since the start of this process")
                .register(registry);
    }

    private static double ageSeconds(PollLog polls) {
        return polls.lastGoodAge()
                .map(Duration::toSeconds)
                .map(Long::doubleValue)
                .orElse(Double.NaN);
    }
}
