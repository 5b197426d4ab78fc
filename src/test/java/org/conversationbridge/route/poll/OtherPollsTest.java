// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.route.poll;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.jms.Queue;
import jakarta.jms.QueueBrowser;
import jakarta.jms.Session;
import jakarta.jms.TextMessage;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.conversationbridge.LogCapture;
import org.conversationbridge.MovableClock;
import org.conversationbridge.bridge.Json;
import org.conversationbridge.poll.OthersPoll;
import org.junit.jupiter.api.Test;

/** What the checkpoint reports of the process that polls. */
class OtherPollsTest {
    private final MovableClock clock = new MovableClock();
    private Optional<Instant> ownBegin = Optional.empty();
    private final OtherPolls others =
            new OtherPolls("checkpoint", Json.mapper(), "this"::equals, () -> ownBegin, clock, clock);

    @Test
    void a_forged_time_of_2100_does_not_hide_that_another_process_polls_or_stopped() throws Exception {
        see("2100-01-01T00:00:00Z");
        clock.advance(Duration.ofMinutes(1));
        see("2100-01-01T00:00:00Z");
        assertThat(age()).contains(Duration.ofMinutes(1));

        see(clock.instant().toString());
        clock.advance(Duration.ofSeconds(15));
        see(clock.instant().toString());

        assertThat(age()).contains(Duration.ZERO);
        clock.advance(Duration.ofMinutes(5));
        assertThat(age()).contains(Duration.ofMinutes(5));
    }

    /** After SIGTERM and start of the only process, until its first poll. */
    @Test
    void a_poll_of_before_the_start_is_not_said_to_be_of_another_process_that_polls() throws Exception {
        try (LogCapture log = LogCapture.of(OtherPolls.class)) {
            see(clock.instant().minusSeconds(13).toString());
            clock.advance(Duration.ofSeconds(5));
            see(clock.instant().minusSeconds(18).toString());

            assertThat(others.lastGood()).contains(new OthersPoll(Duration.ofSeconds(18), false));
            assertThat(log.messages())
                    .containsExactly(
                            "the last good poll began 13 s ago, made by another process, or by this one before it"
                                    + " was restarted; waiting for the poll request");
        }
    }

    @Test
    void another_process_polls_where_a_later_poll_of_it_follows_and_the_log_says_so_once() throws Exception {
        see(clock.instant().toString());
        try (LogCapture log = LogCapture.of(OtherPolls.class)) {
            for (int poll = 0; poll < 3; poll++) {
                clock.advance(Duration.ofSeconds(15));
                see(clock.instant().toString());
            }

            assertThat(others.lastGood()).contains(new OthersPoll(Duration.ZERO, true));
            assertThat(log.messages())
                    .containsExactly("standing by: another process polls; this one takes over when that one stops");
        }
    }

    @Test
    void a_foreign_name_at_a_poll_of_this_process_is_not_another_process_that_polls() throws Exception {
        Instant own = clock.instant();
        see(own.toString(), "this");
        clock.advance(Duration.ofSeconds(15));
        ownBegin = Optional.of(clock.instant());
        try (LogCapture log = LogCapture.of(OtherPolls.class)) {
            see(own.toString(), "forged");
            see(clock.instant().toString(), "forged");
            see("2100-01-01T00:00:00Z", "forged");

            assertThat(log.messages()).isEmpty();
        }
    }

    @Test
    void a_process_that_polled_stands_by_after_the_first_poll_of_another_one() throws Exception {
        see(clock.instant().toString(), "this");
        ownBegin = Optional.of(clock.instant());
        clock.advance(Duration.ofSeconds(15));
        try (LogCapture log = LogCapture.of(OtherPolls.class)) {
            see(clock.instant().toString());
            clock.advance(Duration.ofSeconds(15));
            see(clock.instant().toString(), "this");
            assertThat(others.lastGood()).isEmpty();
            clock.advance(Duration.ofSeconds(15));
            see(clock.instant().toString());

            assertThat(others.lastGood()).contains(new OthersPoll(Duration.ZERO, true));
            assertThat(log.messages())
                    .hasSize(2)
                    .allMatch(line -> line.startsWith("standing by: another process polls"));
        }
    }

    private Optional<Duration> age() {
        return others.lastGood().map(OthersPoll::age);
    }

    private void see(String lastGoodPoll) throws Exception {
        see(lastGoodPoll, "another");
    }

    private void see(String lastGoodPoll, String polledBy) throws Exception {
        String entry = "{\"lastGoodPoll\":\"" + lastGoodPoll + "\",\"polledBy\":\"" + polledBy + "\"}";
        TextMessage message = proxy(TextMessage.class, Map.of("getText", entry));
        Queue queue = proxy(Queue.class, Map.of("getQueueName", "checkpoint"));
        QueueBrowser browser = proxy(
                QueueBrowser.class,
                Map.of("getQueue", queue, "getEnumeration", Collections.enumeration(List.of(message))));
        others.at(proxy(Session.class, Map.of("createQueue", queue, "createBrowser", browser)));
    }

    private static <T> T proxy(Class<T> type, Map<String, Object> answers) {
        return type.cast(Proxy.newProxyInstance(
                OtherPollsTest.class.getClassLoader(),
                new Class<?>[] {type},
                (self, method, arguments) -> answers.get(method.getName())));
    }
}
