// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.bridge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.conversationbridge.TestBridge.json;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;
import org.conversationbridge.LogCapture;
import org.conversationbridge.TestBridge;
import org.conversationbridge.poll.PollLog;
import org.conversationbridge.sandbox.Sandbox;
import org.conversationbridge.sandbox.SandboxRequest;
import org.conversationbridge.sandbox.SandboxSettings;
import org.conversationbridge.sandbox.fault.IgnoresPageNumber;
import org.conversationbridge.sandbox.fault.OverstatesTotal;
import org.conversationbridge.sandbox.fault.RefusesPageSize;
import org.conversationbridge.sandbox.world.WorldSettings;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Active conversations of a listing that pages, from the request to the result queue. */
class ListingPagesTest {
    private static final Map<String, String> LISTING = Map.of("poll.source", "conversations");

    private final Clock still = Clock.fixed(Instant.now(), ZoneOffset.UTC);
    private final List<SandboxRequest> requests = new CopyOnWriteArrayList<>();

    @TempDir
    private Path dataDir;

    @Test
    void all_of_1000_are_delivered_by_a_server_with_a_smaller_maximum_than_asked() throws Exception {
        WorldSettings many = new WorldSettings(1_000, 40, 5, 1, Duration.ofMinutes(2), 42);
        try (TestBridge test = bridge(many, 25, 50)) {
            test.start();

            assertThat(test.results(1_000).stream()
                            .map(message -> json(message).path("conversationId").asText())
                            .collect(Collectors.toSet()))
                    .hasSize(1_000);
            assertThat(listed()).hasSize(20);
            assertThat(test.bridge().polls().figures().incompletePolls()).isZero();
        }
    }

    @Test
    void a_server_that_refuses_the_page_size_is_read_in_its_own() throws Exception {
        try (TestBridge test = bridge(WorldSettings.SMALL, 5, 5)) {
            test.sandbox().add(new RefusesPageSize());
            test.start();
            assertThat(test.results(12)).hasSize(12);
            assertThat(listed())
                    .extracting(SandboxRequest::query)
                    .containsExactly("pageSize=100", "", "pageNumber=2", "pageNumber=3");
        }
    }

    @Test
    void what_a_page_that_is_repeated_holds_back_is_not_taken_for_ended() throws Exception {
        try (LogCapture log = LogCapture.of(PollLog.class);
                TestBridge test = bridge(WorldSettings.SMALL, 5, 5)) {
            test.start();
            assertThat(test.results(12)).hasSize(12);
            requests.clear();
            test.sandbox().add(new IgnoresPageNumber());
            poll(test, 2);
            poll(test, 3);

            assertThat(listed()).hasSize(4);
            assertThat(askedById()).isEmpty();
            assertThat(test.bridge().polls().figures().incompletePolls()).isEqualTo(2);
            assertThat(log.messages())
                    .filteredOn(line -> line.startsWith("poll incomplete: 5 of 12 read; page 2 repeats"))
                    .hasSize(1);

            test.sandbox().removeFaults();
            poll(test, 4);

            assertThat(log.text()).contains("polls are complete again");
            assertThat(askedById()).isEmpty();
            assertThat(test.depth(test.settings().queues().enriched())).isZero();
        }
    }

    @Test
    void a_total_that_is_never_reached_is_logged_once_and_seldom_read_again() throws Exception {
        try (LogCapture log = LogCapture.of(PollLog.class);
                TestBridge test = bridge(WorldSettings.SMALL, 5, 5)) {
            test.sandbox().add(new OverstatesTotal(100));
            test.start();
            assertThat(test.results(12)).hasSize(12);
            await().until(() -> test.bridge().polls().figures().polls() == 1);
            assertThat(listed()).hasSize(8);
            poll(test, 2);
            poll(test, 3);

            assertThat(listed()).hasSize(16);
            assertThat(log.messages())
                    .filteredOn(line -> line.startsWith("poll incomplete: 12 of 112 read"))
                    .hasSize(1);
            assertThat(test.bridge().polls().figures().incompletePolls()).isEqualTo(3);
        }
    }

    private void poll(TestBridge test, int polls) throws Exception {
        test.poll();
        await().until(() -> test.bridge().polls().figures().polls() == polls);
    }

    private List<SandboxRequest> listed() {
        return requests.stream()
                .filter(request -> request.path().equals("/api/v2/conversations"))
                .toList();
    }

    private List<SandboxRequest> askedById() {
        return requests.stream()
                .filter(request -> request.path().equals("/api/v2/analytics/conversations/details"))
                .toList();
    }

    private TestBridge bridge(WorldSettings world, int defaultPage, int largestPage) throws Exception {
        SandboxSettings settings = new SandboxSettings(
                        world, "sandbox", "sandbox-secret", Duration.ofDays(1), 0, true, false)
                .withPages(defaultPage, largestPage);
        Sandbox sandbox = TestBridge.sandbox(settings, still);
        sandbox.observe((request, answer) -> requests.add(request));
        return TestBridge.of(sandbox, dataDir, LISTING);
    }
}
