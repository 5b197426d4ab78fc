// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.bridge.watch;

import jakarta.jms.Session;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.LongSupplier;
import org.apache.camel.Exchange;
import org.apache.camel.component.jms.JmsEndpoint;
import org.apache.camel.spi.CamelEvent;
import org.apache.camel.spi.CamelEvent.ExchangeSendingEvent;
import org.apache.camel.spi.CamelEvent.ExchangeSentEvent;
import org.apache.camel.support.EventNotifierSupport;
import org.conversationbridge.broker.BrokerProbe;
import org.conversationbridge.broker.SendBlockedException;
import org.jspecify.annotations.Nullable;

/**
 * Breaks off a send to a queue that does not end. The client of Artemis waits without a time limit for a broker that
 * blocks its producers; a transaction that alone is larger than the limit of an address would wait for itself for ever.
 * Broken off, it is rolled back, says why, and is repeated. Between two attempts the address has room, so that the
 * probe finds nothing, and only a login that may manage the broker sees the limit: so what was broken off is a problem
 * for some time. Safe for many threads.
 */
public final class SendWatch extends EventNotifierSupport implements BrokerProbe.Look {
    /** Longest time of one send. */
    static final Duration LONGEST = Duration.ofSeconds(30);

    /**
     * For so long it is a problem, and until the send to the same queue that is under way then has ended: longer than
     * the pause before the next attempt and the time of that one.
     */
    static final Duration REMEMBERED = Duration.ofSeconds(75);

    private static final class Send {
        private final String queue;
        private final long since;
        private boolean brokenOff;

        Send(String queue, long since) {
            this.queue = queue;
            this.since = since;
        }
    }

    private final LongSupplier nanoTime;
    private final Map<Thread, Send> sends = new HashMap<>();
    /** By queue: when a send was broken off last. */
    private final Map<String, Long> blocked = new TreeMap<>();

    public SendWatch() {
        this(System::nanoTime);
    }

    SendWatch(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
        setIgnoreCamelContextEvents(true);
        setIgnoreCamelContextInitEvents(true);
        setIgnoreRouteEvents(true);
        setIgnoreServiceEvents(true);
        setIgnoreStepEvents(true);
        setIgnoreExchangeCreatedEvent(true);
        setIgnoreExchangeCompletedEvent(true);
        setIgnoreExchangeFailedEvents(true);
        setIgnoreExchangeRedeliveryEvents(true);
    }

    @Override
    public boolean isEnabled(CamelEvent event) {
        return queue(event) != null;
    }

    @Override
    public void notify(CamelEvent event) {
        if (event instanceof ExchangeSendingEvent) {
            begun(String.valueOf(queue(event)));
        } else if (event instanceof ExchangeSentEvent sent) {
            ended(sent.getExchange(), String.valueOf(queue(event)));
        }
    }

    private static @Nullable String queue(CamelEvent event) {
        if (event instanceof ExchangeSendingEvent sending && sending.getEndpoint() instanceof JmsEndpoint jms) {
            return jms.getDestinationName();
        }
        return event instanceof ExchangeSentEvent sent && sent.getEndpoint() instanceof JmsEndpoint jms
                ? jms.getDestinationName()
                : null;
    }

    private synchronized void begun(String queue) {
        sends.put(Thread.currentThread(), new Send(queue, nanoTime.getAsLong()));
    }

    /** What was broken off fails with the reason; the interruption was for the send alone. */
    private synchronized void ended(Exchange exchange, String queue) {
        Send send = sends.remove(Thread.currentThread());
        if (send != null && send.brokenOff) {
            boolean unused = Thread.interrupted();
            blocked.put(queue, nanoTime.getAsLong());
            if (exchange.getException() != null) {
                exchange.setException(new SendBlockedException(queue, LONGEST));
            }
        }
    }

    /** Nothing is to be looked at: the sends of the routes show it. */
    @Override
    public void at(Session session) {
        // The problem comes from the sends.
    }

    /** Which queue took no message a short time ago, and the reasons that there can be. */
    @Override
    public synchronized Optional<String> problem() {
        long now = nanoTime.getAsLong();
        blocked.entrySet().removeIf(each -> now - each.getValue() > REMEMBERED.toNanos() && !isUnderWay(each.getKey()));
        return blocked.isEmpty()
                ? Optional.empty()
                : Optional.ofNullable(
                        new SendBlockedException(String.join(", ", blocked.keySet()), LONGEST).getMessage());
    }

    private boolean isUnderWay(String queue) {
        return sends.values().stream().anyMatch(send -> send.queue.equals(queue));
    }

    /** Breaks off what has lasted too long; to be called from time to time. */
    public synchronized void look() {
        long now = nanoTime.getAsLong();
        sends.forEach((thread, send) -> {
            if (!send.brokenOff && now - send.since > LONGEST.toNanos()) {
                send.brokenOff = true;
                thread.interrupt();
            }
        });
    }
}
