// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.route.poll;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.jms.Queue;
import jakarta.jms.QueueBrowser;
import jakarta.jms.Session;
import jakarta.jms.TextMessage;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.conversationbridge.MovableClock;
import org.conversationbridge.bridge.Json;
import org.junit.jupiter.api.Test;

/** What the checkpoint reports of the process that polls. */
class OtherPollsTest {
    private final MovableClock clock = new MovableClock();
    private final OtherPolls others = new OtherPolls("checkpoint", Json.mapper(), process -> false, clock, clock);

    @Test
    void a_forged_time_of_2100_does_not_hide_that_another_process_polls_or_stopped() throws Exception {
        see("2100-01-01T00:00:00Z");
        clock.advance(Duration.ofMinutes(1));
        see("2100-01-01T00:00:00Z");
        assertThat(others.lastGoodAge()).contains(Duration.ofMinutes(1));

        see(clock.instant().toString());
        clock.advance(Duration.ofSeconds(15));
        see(clock.instant().toString());

        assertThat(others.lastGoodAge()).contains(Duration.ZERO);
        clock.advance(Duration.ofMinutes(5));
        assertThat(others.lastGoodAge()).contains(Duration.ofMinutes(5));
    }

    private void see(String lastGoodPoll) throws Exception {
        String entry = "{\"lastGoodPoll\":\"" + lastGoodPoll + "\",\"polledBy\":\"another\"}";
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
