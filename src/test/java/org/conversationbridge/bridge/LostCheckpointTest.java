// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.bridge;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import jakarta.jms.QueueBrowser;
import jakarta.jms.Session;
import jakarta.jms.TextMessage;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.activemq.artemis.api.core.SimpleString;
import org.apache.activemq.artemis.api.core.client.ClientMessage;
import org.apache.activemq.artemis.api.core.client.ClientRequestor;
import org.apache.activemq.artemis.api.core.client.ClientSession;
import org.apache.activemq.artemis.api.core.management.ManagementHelper;
import org.apache.activemq.artemis.jms.client.ActiveMQSession;
import org.awaitility.Awaitility;
import org.conversationbridge.LogCapture;
import org.conversationbridge.MovableClock;
import org.conversationbridge.TestBridge;
import org.conversationbridge.judge.Doubles;
import org.conversationbridge.judge.Told;
import org.conversationbridge.poll.PollLog;
import org.conversationbridge.route.poll.CheckpointStore;
import org.conversationbridge.sandbox.Sandbox;
import org.conversationbridge.sandbox.SandboxSettings;
import org.conversationbridge.sandbox.world.Story;
import org.conversationbridge.sandbox.world.Truth;
import org.conversationbridge.sandbox.world.WorldSettings;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The checkpoint is gone as a whole. A consumer that ignores lower sequences still sees whatever changes. */
class LostCheckpointTest {
    private static final Duration PATIENCE = Duration.ofMinutes(1);
    private static final Duration STEP = Duration.ofSeconds(9);
    private static final String CHECKPOINT = "genesys.poll.checkpoint";
    private static final String RESULTS = "genesys.conversations.enriched";
    private static final String CURRENT = "genesys.conversations.current";

    /** How a queue loses all that it holds. */
    private enum Loss {
        PURGED {
            @Override
            void of(String queue, ClientSession session) throws Exception {
                try (ClientRequestor requestor = new ClientRequestor(session, "activemq.management")) {
                    session.start();
                    ClientMessage purge = session.createMessage(false);
                    ManagementHelper.putOperationInvocation(purge, "queue." + queue, "removeAllMessages");
                    assertThat(ManagementHelper.hasOperationSucceeded(requestor.request(purge, 30_000)))
                            .isTrue();
                }
            }
        },
        DELETED {
            @Override
            void of(String queue, ClientSession session) throws Exception {
                session.deleteQueue(SimpleString.of(queue));
            }
        };

        abstract void of(String queue, ClientSession session) throws Exception;
    }

    private final MovableClock clock = new MovableClock();
    private final List<Told> told = new ArrayList<>();
    private final Map<String, Told> seen = new HashMap<>();
    private Sandbox sandbox;
    private Instant first;

    @TempDir
    private Path folder;

    @BeforeEach
    void openCentre() throws Exception {
        WorldSettings world = new WorldSettings(20, 12, 3, 1, Duration.ofMinutes(1), 7);
        sandbox = TestBridge.sandbox(
                new SandboxSettings(world, "sandbox", "sandbox-secret", Duration.ofHours(1), 0, false, false), clock);
        first = clock.instant();
    }

    @Test
    void purged_while_it_runs() throws Exception {
        loseWhileItRuns(Loss.PURGED);
    }

    @Test
    @Tag("soak")
    void deleted_while_it_runs() throws Exception {
        loseWhileItRuns(Loss.DELETED);
    }

    private void loseWhileItRuns(Loss loss) throws Exception {
        try (TestBridge bridge = bridge();
                LogCapture log = LogCapture.of(CheckpointStore.class)) {
            bridge.start();
            await(bridge, 1);
            polls(bridge, 3);
            lose(bridge, loss, CHECKPOINT);
            polls(bridge, 3);
            lose(bridge, loss, CHECKPOINT);
            polls(bridge, 3);

            assertSaid(log, 2, "this process has written to it");
            assertNothingMissed(bridge);
            assertThat(told).extracting(Told::messageId).doesNotHaveDuplicates();
            assertThat(Doubles.against(sandbox.world()).among(told)).isEmpty();
        }
    }

    @Test
    @Tag("soak")
    void purged_between_two_runs() throws Exception {
        loseBetweenTwoRuns(Loss.PURGED);
    }

    @Test
    void deleted_between_two_runs() throws Exception {
        loseBetweenTwoRuns(Loss.DELETED);
    }

    private void loseBetweenTwoRuns(Loss loss) throws Exception {
        try (TestBridge bridge = bridge();
                LogCapture log = LogCapture.of(CheckpointStore.class)) {
            bridge.start();
            await(bridge, 1);
            polls(bridge, 3);
            bridge.stop();
            lose(bridge, loss, CHECKPOINT);
            clock.advance(Duration.ofMinutes(3));
            bridge.startAgain();
            await(bridge, 1);
            polls(bridge, 3);

            assertSaid(log, 1, CURRENT + " has messages of an earlier run");
            assertNothingMissed(bridge);
        }
    }

    @ParameterizedTest
    @EnumSource
    @Tag("soak")
    void with_the_current_queue(Loss loss) throws Exception {
        try (TestBridge bridge = bridge();
                LogCapture log = LogCapture.of(CheckpointStore.class)) {
            bridge.start();
            await(bridge, 1);
            polls(bridge, 3);
            lose(bridge, loss, CHECKPOINT);
            lose(bridge, loss, CURRENT);
            polls(bridge, 3);

            assertSaid(log, 1, "this process has written to it");
            assertNothingMissed(bridge);
            assertThat(Doubles.against(sandbox.world()).among(told)).isEmpty();
        }
    }

    @Test
    @Tag("soak")
    void a_first_start_begins_at_1_whatever_others_have_put_on_the_result_queue() throws Exception {
        try (TestBridge bridge = bridge();
                LogCapture log = LogCapture.of(CheckpointStore.class)) {
            bridge.send(RESULTS, "is anybody there?");
            bridge.send(RESULTS, "{}", "of another bridge", 7);
            bridge.start();
            await(bridge, 1);
            bridge.results(2);
            collect(bridge);

            assertThat(told)
                    .hasSize(20)
                    .allSatisfy(each -> assertThat(each.sequence()).isEqualTo(1));
            assertThat(log.messages()).isEmpty();
        }
    }

    private static void assertSaid(LogCapture log, int times, String why) {
        assertThat(log.messages())
                .hasSize(times)
                .allSatisfy(line -> assertThat(line)
                        .startsWith("checkpoint: queue " + CHECKPOINT + " is empty although")
                        .contains(why)
                        .contains("purged, deleted or created again")
                        .contains("Check who may purge"));
    }

    private void assertNothingMissed(TestBridge bridge) throws Exception {
        Map<String, String> facts = new HashMap<>();
        assertThat(told)
                .allSatisfy(each -> assertThat(facts.merge(each.messageId(), each.content(), (one, other) -> one))
                        .isEqualTo(each.content()));
        Instant now = clock.instant();
        new Truth(sandbox.world())
                .standings(now)
                .forEach((id, standing) -> assertThat(seen.get(id))
                        .as(id)
                        .isNotNull()
                        .extracting(Told::standing)
                        .isEqualTo(standing));
        for (Story story : sandbox.world().begun(now.minus(STEP))) {
            if (story.end().isAfter(first) && story.end().isBefore(now.minus(STEP))) {
                assertThat(seen.get(story.conversationId()))
                        .as(story.toString())
                        .isNotNull()
                        .matches(Told::isEnd);
            }
        }
        Awaitility.await()
                .untilAsserted(() -> current(bridge)
                        .forEach((id, sequence) -> assertThat(sequence)
                                .as(id)
                                .isGreaterThanOrEqualTo(seen.get(id).sequence())));
    }

    private Map<String, Long> current(TestBridge bridge) throws Exception {
        Map<String, Long> sequences = new HashMap<>();
        try (Session session = bridge.connection().createSession(Session.AUTO_ACKNOWLEDGE);
                QueueBrowser browser = session.createBrowser(session.createQueue(CURRENT))) {
            for (Object each : Collections.list(browser.getEnumeration())) {
                TextMessage message = (TextMessage) each;
                sequences.put(message.getStringProperty("conversationId"), message.getLongProperty("sequence"));
            }
        }
        return sequences;
    }

    private static void lose(TestBridge bridge, Loss loss, String queue) throws Exception {
        try (Session session = bridge.connection().createSession(Session.AUTO_ACKNOWLEDGE)) {
            loss.of(queue, ((ActiveMQSession) session).getCoreSession());
        }
    }

    private void polls(TestBridge bridge, int count) throws Exception {
        for (int i = 0; i < count; i++) {
            poll(bridge);
            collect(bridge);
            clock.advance(i + 1 < count ? STEP : Duration.ZERO);
        }
    }

    /** The first poll after a queue was deleted may fail, and the next ones be skipped for a while. */
    private void poll(TestBridge bridge) throws Exception {
        PollLog log = bridge.bridge().polls();
        long polls = log.figures().polls();
        Instant end = Instant.now().plus(PATIENCE);
        while (log.figures().polls() == polls && Instant.now().isBefore(end)) {
            clock.advance(Duration.ofSeconds(1));
            bridge.pollNow();
            Awaitility.await()
                    .until(() -> log.figures().polls() > polls
                            || log.lastFailureAge().filter(Duration::isZero).isPresent());
        }
        assertThat(log.figures().polls()).isGreaterThan(polls);
        bridge.awaitDelivered();
    }

    private static void await(TestBridge bridge, int polls) {
        Awaitility.await().until(() -> bridge.bridge().polls().figures().polls() >= polls);
        bridge.awaitDelivered();
    }

    /** As a consumer does that ignores lower sequences. */
    private void collect(TestBridge bridge) throws Exception {
        for (TextMessage message : bridge.delivered()) {
            JsonNode json = TestBridge.json(message);
            Told each = Told.of(json);
            told.add(each);
            Told before = seen.get(each.conversationId());
            assertThat(each.sequence())
                    .as("%s after %s", each, before)
                    .isGreaterThan(before == null ? 0 : before.sequence());
            seen.put(each.conversationId(), each);
        }
    }

    private TestBridge bridge() throws Exception {
        return TestBridge.of(sandbox, folder, Map.of("poll.source", "analytics"), clock);
    }
}
