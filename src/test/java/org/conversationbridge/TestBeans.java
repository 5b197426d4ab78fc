// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge;

import java.time.Clock;
import java.util.Objects;
import org.conversationbridge.bridge.RouteBeans;
import org.conversationbridge.broker.BrokerQueues;
import org.conversationbridge.broker.ForeignMessages;
import org.conversationbridge.broker.QueueResolver;
import org.conversationbridge.broker.ResultBacklog;
import org.conversationbridge.clock.GenesysClock;
import org.conversationbridge.poll.PollLog;
import org.conversationbridge.poll.PollRequests;
import org.conversationbridge.poll.Vanished;
import org.conversationbridge.route.poll.Gaps;
import org.conversationbridge.settings.Settings;
import org.messaginghub.pooled.jms.JmsPoolConnectionFactory;

/** The beans of the program, as it makes them itself, without a broker: none may read or write a queue. */
public final class TestBeans {
    private TestBeans() {}

    /** All of them. */
    public static RouteBeans of(Settings settings, Clock clock, GenesysClock genesysClock, PollLog polls) {
        JmsPoolConnectionFactory nowhere = new JmsPoolConnectionFactory();
        return new RouteBeans(
                settings,
                clock,
                genesysClock,
                polls,
                nowhere,
                new QueueResolver(new BrokerQueues(settings.queues())),
                new ForeignMessages(nowhere, settings.queues().error()));
    }

    /** {@code gaps}, of a process that receives no notifications. */
    public static Gaps gaps(Settings settings, Clock clock, GenesysClock genesysClock, PollLog polls) {
        Object gaps = of(settings, clock, genesysClock, polls)
                .polls(
                        new PollRequests(() -> false, settings.management().pollMaxAge(), clock),
                        since -> false,
                        new Vanished(),
                        new ResultBacklog(settings.queues().enriched(), 0))
                .get("gaps");
        return (Gaps) Objects.requireNonNull(gaps);
    }
}
