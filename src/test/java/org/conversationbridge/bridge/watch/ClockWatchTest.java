// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.bridge.watch;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Date;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.component.mock.MockEndpoint;
import org.apache.camel.component.quartz.QuartzComponent;
import org.apache.camel.component.quartz.QuartzEndpoint;
import org.apache.camel.impl.DefaultCamelContext;
import org.awaitility.Awaitility;
import org.conversationbridge.bridge.Components;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.quartz.Scheduler;
import org.quartz.Trigger;
import org.quartz.TriggerKey;

/** Quartz waits until the clock of the machine shows the time at which it is due. */
class ClockWatchTest {
    private static final long HOUR = Duration.ofHours(1).toMillis();

    private final DefaultCamelContext context = new DefaultCamelContext();
    private final AtomicLong millis = new AtomicLong(System.currentTimeMillis());
    private final AtomicLong nanos = new AtomicLong();
    private MockEndpoint polls;
    private ClockWatch watch;

    @BeforeEach
    void start() throws Exception {
        context.addComponent("quartz", Components.quartz());
        context.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from("quartz:genesys/request-poll?cron=0/1 * * * * ?&stateful=true")
                        .to("mock:polls");
                from("timer:tick?period=200").to("mock:ticks");
            }
        });
        polls = context.getEndpoint("mock:polls", MockEndpoint.class);
        watch = new ClockWatch(context, millis::get, nanos::get);
        context.getShutdownStrategy().setTimeout(1);
        context.start();
    }

    @AfterEach
    void stop() {
        watch.close();
        context.stop();
    }

    @Test
    void polls_go_on_at_their_period_after_the_clock_was_put_back() throws Exception {
        dueInAnHour();
        int before = polls.getReceivedCounter();
        millis.addAndGet(-HOUR);

        watch.look();

        Awaitility.await().until(() -> polls.getReceivedCounter() >= before + 3);
        assertThat(nextFireTime()).isBefore(new Date(System.currentTimeMillis() + 10_000));
    }

    @Test
    void nothing_begins_anew_while_the_clock_goes_on_or_is_put_forward() throws Exception {
        Date due = dueInAnHour();

        nanos.addAndGet(Duration.ofSeconds(10).toNanos());
        millis.addAndGet(9_900);
        watch.look();
        millis.addAndGet(24 * HOUR);
        watch.look();

        assertThat(nextFireTime()).isEqualTo(due);
    }

    /** As it is when the clock has been put back by an hour. */
    private Date dueInAnHour() throws Exception {
        Trigger trigger = scheduler().getTrigger(key());
        Date due = new Date((System.currentTimeMillis() + HOUR) / 1_000 * 1_000);
        scheduler()
                .rescheduleJob(key(), trigger.getTriggerBuilder().startAt(due).build());
        return due;
    }

    private Date nextFireTime() throws Exception {
        return scheduler().getTrigger(key()).getNextFireTime();
    }

    private Scheduler scheduler() {
        return context.getComponent("quartz", QuartzComponent.class).getScheduler();
    }

    private TriggerKey key() {
        return context.getRoutes().stream()
                .map(route -> route.getEndpoint())
                .filter(QuartzEndpoint.class::isInstance)
                .map(endpoint -> ((QuartzEndpoint) endpoint).getTriggerKey())
                .findFirst()
                .orElseThrow();
    }
}
