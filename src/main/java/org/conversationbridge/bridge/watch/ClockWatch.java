// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.bridge.watch;

import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.apache.camel.CamelContext;
import org.apache.camel.Endpoint;
import org.apache.camel.Route;
import org.apache.camel.component.quartz.QuartzEndpoint;
import org.apache.camel.component.timer.TimerEndpoint;
import org.conversationbridge.failure.Repeated;
import org.quartz.Scheduler;
import org.quartz.SchedulerException;
import org.quartz.Trigger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Notices that the clock of the machine was put back, and lets the routes that begin at a time, and wait for one that
 * is far away now, begin again: Quartz and Camel's timer wait until the clock shows the time at which they are due.
 */
public final class ClockWatch implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ClockWatch.class);
    private static final Duration PERIOD = Duration.ofSeconds(1);
    /** Clocks are slewed by milliseconds all the time. */
    private static final Duration NOTEWORTHY = Duration.ofSeconds(1);

    private final CamelContext context;
    private final LongSupplier machineMillis;
    private final LongSupplier nanos;
    private final ScheduledExecutorService watch;
    private long lastDifference;

    /** @param context its routes that wait for a time begin again */
    public ClockWatch(CamelContext context) {
        this(context, System::currentTimeMillis, System::nanoTime);
    }

    /**
     * @param machineMillis the clock that may be set, in milliseconds since the epoch
     * @param nanos nanoseconds since any moment; never goes back
     */
    ClockWatch(CamelContext context, LongSupplier machineMillis, LongSupplier nanos) {
        this.context = context;
        this.machineMillis = machineMillis;
        this.nanos = nanos;
        this.lastDifference = difference();
        this.watch = Executors.newSingleThreadScheduledExecutor(task -> {
            Thread thread = new Thread(task, "clock-watch");
            thread.setDaemon(true);
            return thread;
        });
    }

    /** Begins to look, once a second. */
    public void start() {
        var unused = watch.scheduleWithFixedDelay(
                new Repeated("clock watch", this::look), 0, PERIOD.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** Looks once. */
    void look() {
        long now = difference();
        long back = lastDifference - now;
        lastDifference = now;
        if (back > NOTEWORTHY.toMillis()) {
            LOG.warn(
                    "clock: this machine's clock was set back by {} s. Polls continue on schedule.",
                    TimeUnit.MILLISECONDS.toSeconds(back));
            context.getRoutes().forEach(this::beginAnew);
        }
    }

    private long difference() {
        return machineMillis.getAsLong() - TimeUnit.NANOSECONDS.toMillis(nanos.getAsLong());
    }

    private void beginAnew(Route route) {
        try {
            Endpoint from = route.getEndpoint();
            if (from instanceof QuartzEndpoint quartz) {
                beginAnew(quartz);
            } else if (from instanceof TimerEndpoint
                    && context.getRouteController()
                            .getRouteStatus(route.getRouteId())
                            .isStarted()) {
                context.getRouteController().stopRoute(route.getRouteId());
                context.getRouteController().startRoute(route.getRouteId());
            }
        } catch (Exception e) {
            LOG.error(
                    "clock: route {} cannot be restarted: {}. Restart this process.",
                    route.getRouteId(),
                    e.getMessage());
        }
    }

    /** A route that is stopped and started keeps the time at which its trigger is due. */
    private static void beginAnew(QuartzEndpoint quartz) throws SchedulerException {
        Scheduler scheduler = quartz.getComponent().getScheduler();
        Trigger trigger = scheduler.getTrigger(quartz.getTriggerKey());
        if (trigger != null) {
            scheduler.rescheduleJob(
                    trigger.getKey(), trigger.getTriggerBuilder().startNow().build());
        }
    }

    @Override
    public void close() {
        watch.shutdownNow();
    }
}
