// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.bridge.watch;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.camel.Endpoint;
import org.apache.camel.Exchange;
import org.apache.camel.component.jms.JmsComponent;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.impl.event.ExchangeSendingEvent;
import org.apache.camel.impl.event.ExchangeSentEvent;
import org.apache.camel.support.DefaultExchange;
import org.conversationbridge.broker.BrokerException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class SendWatchTest {
    private final AtomicLong now = new AtomicLong();
    private final SendWatch watch = new SendWatch(now::get);
    private final DefaultCamelContext context = new DefaultCamelContext();
    private Endpoint queue;
    private Exchange exchange;

    @BeforeEach
    void start() {
        context.addComponent("jms", new JmsComponent());
        queue = context.getEndpoint("jms:queue:results");
        exchange = new DefaultExchange(context);
    }

    @AfterEach
    void stop() throws Exception {
        boolean unused = Thread.interrupted();
        context.close();
    }

    @Test
    void a_send_that_does_not_end_is_broken_off_and_says_why() {
        watch.notify(new ExchangeSendingEvent(exchange, queue));
        pass(SendWatch.LONGEST.plusMillis(1));
        assertThat(Thread.currentThread().isInterrupted()).isTrue();

        exchange.setException(new IllegalStateException("interrupted"));
        watch.notify(new ExchangeSentEvent(exchange, queue, 0));

        assertThat(Thread.currentThread().isInterrupted()).isFalse();
        Optional<BrokerException> blocked = BrokerException.in(exchange.getException());
        assertThat(blocked.orElseThrow().code()).isEqualTo("BROKER_BLOCKED");
        assertThat(blocked.orElseThrow().isRefusal()).isTrue();
        assertThat(blocked.orElseThrow()).hasMessageContaining("no message for queue results in 30 s");
    }

    @Test
    void what_was_broken_off_is_a_problem_for_some_time() {
        assertThat(watch.problem()).isEmpty();
        watch.notify(new ExchangeSendingEvent(exchange, queue));
        pass(SendWatch.LONGEST.plusMillis(1));
        watch.notify(new ExchangeSentEvent(exchange, queue, 0));

        assertThat(watch.problem())
                .hasValueSatisfying(sentence -> assertThat(sentence)
                        .contains(
                                "no message for queue results",
                                "address-full-policy BLOCK",
                                "max-disk-usage",
                                "less than a page (page.size)"));
        pass(SendWatch.REMEMBERED);
        assertThat(watch.problem()).isPresent();
        pass(Duration.ofMillis(1));
        assertThat(watch.problem()).isEmpty();
    }

    /** The machine is slow, and the next attempt late. */
    @Test
    void what_was_broken_off_stays_a_problem_while_the_next_attempt_is_under_way() {
        watch.notify(new ExchangeSendingEvent(exchange, queue));
        pass(SendWatch.LONGEST.plusMillis(1));
        watch.notify(new ExchangeSentEvent(exchange, queue, 0));
        pass(SendWatch.REMEMBERED);

        watch.notify(new ExchangeSendingEvent(exchange, queue));
        pass(SendWatch.LONGEST);
        assertThat(watch.problem()).isPresent();
        Endpoint other = context.getEndpoint("jms:queue:other");
        watch.notify(new ExchangeSentEvent(exchange, queue, 0));
        watch.notify(new ExchangeSendingEvent(exchange, other));

        assertThat(watch.problem()).isEmpty();
    }

    @Test
    void one_that_ended_meanwhile_is_left_alone() {
        watch.notify(new ExchangeSendingEvent(exchange, queue));
        pass(SendWatch.LONGEST.plusMillis(1));
        watch.notify(new ExchangeSentEvent(exchange, queue, 0));

        assertThat(Thread.currentThread().isInterrupted()).isFalse();
        assertThat(exchange.getException()).isNull();
    }

    @Test
    void one_that_is_quick_is_left_alone_and_so_is_the_work_between_two() {
        watch.notify(new ExchangeSendingEvent(exchange, queue));
        pass(SendWatch.LONGEST);
        assertThat(Thread.currentThread().isInterrupted()).isFalse();
        watch.notify(new ExchangeSentEvent(exchange, queue, 0));

        pass(Duration.ofHours(1));

        assertThat(Thread.currentThread().isInterrupted()).isFalse();
    }

    @Test
    void only_sends_to_queues_are_watched() {
        assertThat(watch.isEnabled(new ExchangeSendingEvent(exchange, queue))).isTrue();
        assertThat(watch.isEnabled(new ExchangeSentEvent(exchange, queue, 0))).isTrue();
        Endpoint direct = context.getEndpoint("direct:call-genesys");
        assertThat(watch.isEnabled(new ExchangeSendingEvent(exchange, direct))).isFalse();
    }

    private void pass(Duration time) {
        now.addAndGet(time.toNanos());
        watch.look();
    }
}
