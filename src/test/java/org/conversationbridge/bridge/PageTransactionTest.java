// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.bridge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.core.JsonProcessingException;
import jakarta.jms.JMSException;
import jakarta.jms.TextMessage;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.apache.camel.builder.AdviceWith;
import org.conversationbridge.Changes;
import org.conversationbridge.TestBridge;
import org.conversationbridge.change.ChangePage;
import org.conversationbridge.sandbox.SandboxSettings;
import org.conversationbridge.sandbox.fault.AnswersTooManyRequests;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A page leaves its queue and its messages arrive in one transaction, all or none. */
class PageTransactionTest {
    private static final int CHANGES = 100;

    @TempDir
    private Path dataDir;

    @Test
    void a_page_whose_delivery_fails_in_the_middle_is_rolled_back_and_delivered_once() throws Exception {
        try (TestBridge test = idle(Map.of())) {
            AtomicInteger deliveries = new AtomicInteger();
            beforeDelivery(test, () -> {
                if (deliveries.incrementAndGet() == 57) {
                    throw new JMSException("the broker refuses this one");
                }
            });

            test.send(test.settings().queues().pages(), page());

            List<TextMessage> results = test.results(CHANGES);
            assertThat(ids(results)).hasSize(CHANGES);
            assertThat(deliveries).hasValue(57 + CHANGES);
            assertThat(test.depth(test.settings().queues().enriched())).isZero();
            await().until(() -> test.bridge().polls().figures().delivered() == CHANGES);
        }
    }

    @Test
    void nothing_arrives_before_the_page_is_done() throws Exception {
        try (TestBridge test = idle(Map.of())) {
            Set<Integer> depths = new ConcurrentSkipListSet<>();
            beforeDelivery(
                    test, () -> depths.add(test.depth(test.settings().queues().enriched())));

            test.send(test.settings().queues().pages(), page());

            assertThat(test.results(CHANGES)).hasSize(CHANGES);
            assertThat(depths).containsExactly(0);
        }
    }

    @Test
    void waiting_for_genesys_keeps_the_page_on_its_thread() throws Exception {
        try (TestBridge test = idle(Map.of("genesys.requests-per-minute", "120"))) {
            test.sandbox().add(new AnswersTooManyRequests(1, "1", 1));
            Set<String> threads = new ConcurrentSkipListSet<>();
            beforeDelivery(test, () -> threads.add(Thread.currentThread().getName()));

            test.send(test.settings().queues().pages(), page());

            assertThat(test.results(CHANGES)).hasSize(CHANGES);
            assertThat(threads).hasSize(1).first().asString().startsWith("listener");
        }
    }

    @Test
    void a_page_that_cannot_be_read_is_parked_and_holds_up_no_other() throws Exception {
        try (TestBridge test = idle(Map.of())) {
            test.send(test.settings().queues().pages(), "{ not a page");
            test.send(test.settings().queues().pages(), page());

            assertThat(test.results(CHANGES)).hasSize(CHANGES);
            TextMessage parked =
                    test.receive(test.settings().queues().error(), 1).get(0);
            assertThat(parked.getText()).isEqualTo("{ not a page");
            assertThat(parked.getStringProperty("errorStage")).isEqualTo("enrich-page");
            assertThat(parked.getStringProperty("originalType")).isEqualTo("page");
        }
    }

    private static void beforeDelivery(TestBridge test, Step step) throws Exception {
        AdviceWith.adviceWith(
                test.bridge().context(),
                "deliver-message",
                route -> route.weaveById("send-message").before().process(exchange -> step.run()));
    }

    private interface Step {
        void run() throws Exception;
    }

    private static String page() throws JsonProcessingException {
        Instant now = Instant.now();
        ChangePage page = new ChangePage(
                "test",
                0,
                IntStream.range(0, CHANGES)
                        .mapToObj(i -> Changes.connected("c-" + i, "agent-" + i % 7, now))
                        .toList());
        return Json.mapper().writeValueAsString(page);
    }

    private static Set<String> ids(List<TextMessage> messages) {
        return messages.stream()
                .map(message -> TestBridge.json(message).path("messageId").asText())
                .collect(java.util.stream.Collectors.toSet());
    }

    /** A bridge whose first poll has found nothing. */
    private TestBridge idle(Map<String, String> settings) throws Exception {
        SandboxSettings defaults = SandboxSettings.defaults();
        SandboxSettings empty = new SandboxSettings(
                defaults.world().of(0, 8),
                defaults.clientId(),
                defaults.clientSecret(),
                defaults.tokenLife(),
                0,
                false,
                false);
        TestBridge test = TestBridge.of(TestBridge.sandbox(empty, java.time.Clock.systemUTC()), dataDir, settings)
                .start();
        await().until(() -> test.bridge().polls().figures().polls() == 1);
        return test;
    }
}
