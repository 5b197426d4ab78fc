// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.bridge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.conversationbridge.LogCapture;
import org.conversationbridge.MovableClock;
import org.conversationbridge.TestBridge;
import org.conversationbridge.genesys.query.LookBack;
import org.conversationbridge.sandbox.Sandbox;
import org.conversationbridge.sandbox.SandboxRequest;
import org.conversationbridge.sandbox.SandboxSettings;
import org.conversationbridge.sandbox.fault.IgnoresOrder;
import org.conversationbridge.sandbox.fault.LimitsInterval;
import org.conversationbridge.sandbox.world.WorldSettings;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a poll costs, and the enrichment of what it found: in requests, all of them. */
class RequestsPerPollTest {
    private static final Duration POLL = Duration.ofSeconds(15);
    private static final int LIVE = 250;
    private static final int PAGES = 3;

    private final MovableClock clock = new MovableClock();
    private final List<SandboxRequest> requests = new CopyOnWriteArrayList<>();

    @TempDir
    private Path folder;

    @Test
    void two_more_than_the_pages_of_active_conversations_where_one_of_twenty_changes() throws Exception {
        try (TestBridge test = bridge()) {
            for (int poll = 2; poll <= 12; poll++) {
                clock.advance(POLL);
                assertThat(requests(test, poll)).as("poll %s", poll).hasSizeLessThanOrEqualTo(PAGES + 2);
            }

            assertThat(test.bridge().polls().figures().changed())
                    .as("so much has changed in eleven polls")
                    .isGreaterThan(LIVE + 11 * LIVE / 20);
        }
    }

    @Test
    void one_more_than_the_pages_where_nothing_changes() throws Exception {
        try (TestBridge test = bridge()) {
            requests(test, 2);

            for (int poll = 3; poll <= 8; poll++) {
                assertThat(requests(test, poll)).as("poll %s", poll).hasSizeLessThanOrEqualTo(PAGES + 1);
            }
        }
    }

    @Test
    void limits_that_were_found_out_are_not_tried_again() throws Exception {
        try (TestBridge test = bridge()) {
            test.sandbox().add(new LimitsInterval(Duration.ofHours(3)));
            requests(test, 2);

            for (int poll = 3; poll <= 6; poll++) {
                assertThat(requests(test, poll))
                        .as("poll %s: five intervals, of which the first has three pages", poll)
                        .hasSizeLessThanOrEqualTo(PAGES + 4 + 1);
            }
        }
    }

    @Test
    void without_the_order_ends_are_requested_by_id_and_none_is_lost() throws Exception {
        try (LogCapture log = LogCapture.of(LookBack.class);
                TestBridge test = bridge()) {
            test.sandbox().add(new IgnoresOrder());
            clock.advance(POLL);
            requests(test, 2);
            clock.advance(POLL);

            assertThat(requests(test, 3)).noneMatch(RequestsPerPollTest::isForRecentEnds);
            assertThat(log.messages()).singleElement().asString().contains("orderBy=conversationEnd is ignored");
            assertThat(ended(test)).containsAll(endedIn(test.sandbox(), POLL.multipliedBy(2)));
        }
    }

    /** What a further poll requests. */
    private List<SandboxRequest> requests(TestBridge test, int poll) throws Exception {
        requests.clear();
        test.poll();
        await().until(() -> test.bridge().polls().figures().polls() >= poll);
        test.awaitDelivered();
        return new ArrayList<>(requests);
    }

    private static List<String> ended(TestBridge test) throws Exception {
        return test.delivered().stream()
                .map(TestBridge::json)
                .filter(message -> message.path("eventType").asText().equals("conversation.ended"))
                .map(message -> message.path("conversationId").asText())
                .toList();
    }

    /** Those that were live at the first poll. */
    private List<String> endedIn(Sandbox sandbox, Duration last) {
        Instant begin = clock.instant().minus(last);
        return sandbox.world().live(begin).stream()
                .filter(story -> !story.end().isAfter(clock.instant()))
                .map(story -> story.conversationId())
                .toList();
    }

    private static boolean isForRecentEnds(SandboxRequest request) {
        return request.body().contains("\"exists\"") && !request.body().contains("userId");
    }

    /** After its first poll, which has found every conversation and queried the history of every agent. */
    private TestBridge bridge() throws Exception {
        WorldSettings world = new WorldSettings(LIVE, 40, 3, 2, Duration.ofMinutes(12), 7);
        Sandbox sandbox = TestBridge.sandbox(
                new SandboxSettings(world, "sandbox", "sandbox-secret", Duration.ofHours(1), 0, false, false), clock);
        sandbox.observe((request, answer) -> {
            if (request.isForApi()) {
                requests.add(request);
            }
        });
        TestBridge test = TestBridge.of(sandbox, folder, Map.of("poll.source", "analytics"), clock);
        test.start();
        await().until(() -> test.bridge().polls().figures().polls() >= 1);
        test.awaitDelivered();
        return test;
    }
}
