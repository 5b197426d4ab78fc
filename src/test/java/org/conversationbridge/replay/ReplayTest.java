// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.replay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;
import static org.conversationbridge.Fixtures.AGENT_BLUE;
import static org.conversationbridge.TestBridge.json;

import jakarta.jms.InvalidSelectorException;
import jakarta.jms.JMSException;
import jakarta.jms.Session;
import jakarta.jms.TextMessage;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.conversationbridge.Changes;
import org.conversationbridge.Fixtures;
import org.conversationbridge.IncompleteTexts;
import org.conversationbridge.MovableClock;
import org.conversationbridge.TestBridge;
import org.conversationbridge.bridge.Json;
import org.conversationbridge.broker.BrokerQueues;
import org.conversationbridge.broker.QueueResolver;
import org.conversationbridge.change.ChangePage;
import org.conversationbridge.change.ConversationChange;
import org.conversationbridge.sandbox.SandboxSettings;
import org.conversationbridge.sandbox.fault.LacksPermission;
import org.conversationbridge.sandbox.fault.MalformsConversation;
import org.conversationbridge.sandbox.world.WorldSettings;
import org.conversationbridge.settings.QueueSettings;
import org.conversationbridge.text.Times;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is on the error queue goes through again: once, in order, and nothing is lost or doubled on the way. */
class ReplayTest {
    private static final QueueSettings QUEUES = new QueueSettings(
            "polls",
            "replays",
            "pages",
            "checkpoint",
            "lease",
            "results",
            "current",
            "events",
            "corrections",
            "missing",
            "errors");
    private static final String CHANGE = "change";
    private static final String CONVERSATION = "conversation";

    private final MovableClock clock = new MovableClock();
    private final List<String> lines = new ArrayList<>();

    @TempDir
    private Path dataDir;

    @Test
    void changes_that_lacked_their_history_are_delivered_with_it() throws Exception {
        try (TestBridge test = parking()) {
            int parked = parkChanges(test);
            String firstFailedAt = Times.text(clock.instant());
            test.sandbox().removeFaults();
            clock.advance(Duration.ofSeconds(31));

            assertThat(replay(test).send(test.connection(), null)).isEqualTo(new ReplayCount(parked, 0));

            List<TextMessage> results = test.results(parked);
            Set<String> ids = new HashSet<>();
            for (TextMessage result : results) {
                assertThat(json(result).at("/history/status").asText()).isEqualTo("complete");
                assertThat(json(result).path("sequence").asInt()).isEqualTo(1);
                assertThat(json(result).path("observedAt").asText()).startsWith(firstFailedAt.substring(0, 19));
                assertThat(result.propertyExists("attempts")).isFalse();
                ids.add(json(result).path("messageId").asText());
            }
            assertThat(ids).hasSize(parked);
            assertThat(test.depth(QUEUES.error())).isZero();
        }
    }

    @Test
    void what_fails_again_is_parked_again_and_not_replayed_for_ever() throws Exception {
        try (TestBridge test = parking()) {
            int parked = parkChanges(test);
            String firstFailedAt = Times.text(clock.instant());
            clock.advance(Duration.ofSeconds(31));

            assertThat(replay(test).send(test.connection(), null)).isEqualTo(new ReplayCount(parked, 0));

            for (TextMessage again : test.receive(QUEUES.error(), parked)) {
                assertThat(again.getIntProperty("attempts")).isEqualTo(2);
                assertThat(again.getStringProperty("firstFailedAt")).isEqualTo(firstFailedAt);
                assertThat(again.getStringProperty("originalType")).isEqualTo(CHANGE);
            }
            assertThat(test.depth(QUEUES.error())).isZero();
        }
    }

    @Test
    void a_conversation_that_still_cannot_be_read_is_parked_again_with_an_attempt_more() throws Exception {
        try (TestBridge test = bridge(SandboxSettings.defaults(), Map.of("poll.source", "analytics"))) {
            test.sandbox().add(new MalformsConversation());
            test.start();
            test.results(11);
            await().until(() -> test.depth(QUEUES.error()) == 1);
            String firstFailedAt = Times.text(clock.instant());
            clock.advance(Duration.ofSeconds(31));

            assertThat(replay(test).send(test.connection(), null)).isEqualTo(new ReplayCount(1, 0));

            TextMessage again = test.receive(QUEUES.error(), 1).get(0);
            assertThat(again.getIntProperty("attempts")).isEqualTo(2);
            assertThat(again.getStringProperty("firstFailedAt")).isEqualTo(firstFailedAt);
            assertThat(again.getStringProperty("originalType")).isEqualTo(CONVERSATION);
            assertThat(json(again).path("participants").asText()).isEqualTo("nobody");
        }
    }

    @Test
    void without_its_original_a_conversation_stays_parked() throws Exception {
        Map<String, String> settings = Map.of("poll.source", "analytics", "privacy.original", "drop");
        try (TestBridge test = bridge(SandboxSettings.defaults(), settings)) {
            test.sandbox().add(new MalformsConversation());
            test.start();
            test.results(11);
            await().until(() -> test.depth(QUEUES.error()) == 1);

            assertThat(replay(test).send(test.connection(), null)).isEqualTo(new ReplayCount(0, 1));

            TextMessage kept = test.receive(QUEUES.error(), 1).get(0);
            assertThat(kept.getText()).isNullOrEmpty();
            assertThat(kept.getStringProperty("errorCode")).isEqualTo("CONVERSATION_MALFORMED");
            assertThat(kept.getStringProperty("conversationId")).isNotBlank();
        }
    }

    @Test
    void a_conversation_that_is_readable_now_is_announced_once_even_if_ended() throws Exception {
        try (TestBridge test = bridge(SandboxSettings.defaults(), Map.of("poll.source", "analytics"))) {
            test.start();
            test.results(12);
            park(
                    test,
                    CONVERSATION,
                    Fixtures.json("genesys/conversation-voice.json").toString(),
                    1);

            replay(test).send(test.connection(), null);

            TextMessage result = test.results(1).get(0);
            assertThat(json(result).path("conversationId").asText()).isEqualTo(Fixtures.id(1));
            assertThat(json(result).path("sequence").asInt()).isEqualTo(1);
            assertThat(test.depth(QUEUES.error())).isZero();

            park(
                    test,
                    CONVERSATION,
                    Fixtures.json("genesys/conversation-voice.json").toString(),
                    1);
            replay(test).send(test.connection(), null);
            test.poll();
            await().until(() -> test.bridge().polls().figures().polls() == 2);
            assertThat(test.depth(QUEUES.enriched())).isZero();
            assertThat(test.depth(QUEUES.error())).isZero();
        }
    }

    @Test
    void changes_go_back_in_their_order_in_the_group_of_their_conversation() throws Exception {
        try (TestBridge test = idle()) {
            for (int i = 0; i < 5; i++) {
                park(test, CHANGE, change("c-" + i), 2);
            }

            assertThat(replay(test).send(test.connection(), null)).isEqualTo(new ReplayCount(5, 0));

            List<TextMessage> pages = test.receive(QUEUES.pages(), 5);
            assertThat(pages)
                    .extracting(page -> json(page)
                            .at("/changes/0/conversation/conversationId")
                            .asText())
                    .containsExactly("c-0", "c-1", "c-2", "c-3", "c-4");
            for (TextMessage page : pages) {
                assertThat(page.getStringProperty("JMSXGroupID")).isEqualTo("0");
                assertThat(page.getIntProperty("attempts")).isEqualTo(2);
                assertThat(page.getStringProperty("firstFailedAt")).isEqualTo("2026-11-20T10:00:00.000Z");
            }
        }
    }

    @Test
    void broken_off_and_begun_again_nothing_is_lost_or_doubled() throws Exception {
        try (TestBridge test = idle()) {
            for (int i = 0; i < 5; i++) {
                park(test, CHANGE, change("c-" + i), 1);
            }
            Replay killed = new Replay(QUEUES, resolver(), 1, Json.mapper(), line -> {
                if (line.contains("c-1")) {
                    throw new IllegalStateException("killed");
                }
            });
            assertThatThrownBy(() -> killed.send(test.connection(), null)).hasMessage("killed");
            assertThat(test.depth(QUEUES.error())).isEqualTo(3);

            assertThat(replay(test).send(test.connection(), null)).isEqualTo(new ReplayCount(3, 0));

            assertThat(test.receive(QUEUES.pages(), 5))
                    .extracting(page -> json(page)
                            .at("/changes/0/conversation/conversationId")
                            .asText())
                    .containsExactly("c-0", "c-1", "c-2", "c-3", "c-4");
            assertThat(test.depth(QUEUES.pages())).isZero();
        }
    }

    @Test
    void what_is_parked_meanwhile_is_left_for_the_next_time() throws Exception {
        try (TestBridge test = idle()) {
            park(test, CHANGE, change("c-0"), 1);
            park(test, CHANGE, change("c-1"), 1);
            Replay busy = new Replay(QUEUES, resolver(), 1, Json.mapper(), line -> {
                lines.add(line);
                parkAgain(test);
            });

            assertThat(busy.send(test.connection(), null)).isEqualTo(new ReplayCount(2, 0));

            assertThat(test.depth(QUEUES.error())).isEqualTo(2);
        }
    }

    @Test
    void a_selector_picks() throws Exception {
        try (TestBridge test = idle()) {
            park(test, CHANGE, change("c-0"), 1);
            park(test, CHANGE, change("c-1"), 3);

            assertThat(replay(test).send(test.connection(), "attempts > 2")).isEqualTo(new ReplayCount(1, 0));

            assertThat(lines).singleElement().asString().contains("c-1");
            assertThat(test.depth(QUEUES.error())).isEqualTo(1);
            assertThatThrownBy(() -> replay(test).send(test.connection(), "attempts >"))
                    .isInstanceOf(InvalidSelectorException.class);
            assertThatThrownBy(() -> replay(test).look(test.connection(), "attempts >"))
                    .isInstanceOf(InvalidSelectorException.class);
        }
    }

    @Test
    void a_look_takes_nothing() throws Exception {
        try (TestBridge test = idle()) {
            park(test, CHANGE, change("c-0"), 1);

            assertThat(replay(test).look(test.connection(), null)).isEqualTo(new ReplayCount(1, 0));

            assertThat(lines)
                    .singleElement()
                    .asString()
                    .matches("HISTORY_UNAVAILABLE +enrich-page +change +2026-11-20T10:00:00.000Z attempts=1 c-0");
            assertThat(test.depth(QUEUES.error())).isEqualTo(1);
            assertThat(test.depth(QUEUES.pages())).isZero();
        }
    }

    @Test
    void what_has_no_usable_original_is_kept() throws Exception {
        try (TestBridge test = idle()) {
            park(test, CHANGE, "half a {", 1);
            park(test, CONVERSATION, "", 1);
            park(test, "-", "{}", 1);

            assertThat(replay(test).look(test.connection(), null)).isEqualTo(new ReplayCount(0, 3));
            assertThat(replay(test).send(test.connection(), null)).isEqualTo(new ReplayCount(0, 3));

            assertThat(lines).hasSize(6).allSatisfy(line -> assertThat(line).contains("KEPT"));
            assertThat(test.receive(QUEUES.error(), 3).get(0).getStringProperty("errorCode"))
                    .isEqualTo("HISTORY_UNAVAILABLE");
        }
    }

    @Test
    void a_dry_run_and_a_replay_decide_alike_of_each_kind_of_message() throws Exception {
        String page = Json.mapper()
                .writeValueAsString(
                        ChangePage.again(Json.mapper().readValue(change("c-1"), ConversationChange.class), 1));
        try (TestBridge test = idle()) {
            park(test, CHANGE, change("c-0"), 1);
            park(test, "page", page, 1);
            park(test, CONVERSATION, "{\"id\":1}", 1);
            for (String foreign : List.of("hello", "{\"id\":", "", " ")) {
                park(test, CONVERSATION, foreign, 1);
                park(test, CHANGE, foreign, 1);
                park(test, "page", foreign, 1);
            }
            park(test, CHANGE, "null", 1);
            park(test, "page", "{}", 1);
            park(test, "other", "{}", 1);

            ReplayCount expected = new ReplayCount(3, 15);
            assertThat(replay(test).look(test.connection(), null)).isEqualTo(expected);
            List<String> looked = List.copyOf(lines);
            lines.clear();
            assertThat(replay(test).send(test.connection(), null)).isEqualTo(expected);

            assertThat(lines).isEqualTo(looked);
            assertThat(looked).filteredOn(line -> line.contains("  KEPT: ")).hasSize(15);
            assertThat(test.depth(QUEUES.pages())).isEqualTo(2);
        }
    }

    @Test
    void what_is_damaged_in_front_of_a_good_one_does_not_keep_it() throws Exception {
        try (TestBridge test = idle()) {
            try (Session session = test.connection().createSession(Session.AUTO_ACKNOWLEDGE)) {
                TextMessage damaged = session.createTextMessage("{}");
                damaged.setStringProperty("attempts", "abc");
                damaged.setStringProperty("originalType", CHANGE);
                var producer = session.createProducer(session.createQueue(QUEUES.error()));
                producer.send(damaged);
                producer.send(session.createTextMessage("x".repeat(20_000_000)));
                producer.send(session.createObjectMessage("an object"));
            }
            park(test, CHANGE, change("c-0"), 1);

            assertThat(replay(test).look(test.connection(), null)).isEqualTo(new ReplayCount(1, 2, 1));
            assertThat(replay(test).send(test.connection(), null)).isEqualTo(new ReplayCount(1, 2, 1));

            assertThat(test.receive(QUEUES.pages(), 1)).hasSize(1);
            assertThat(test.depth(QUEUES.error())).isEqualTo(3);
            assertThat(lines).anyMatch(line -> line.matches("ID:.* {2}CANNOT BE READ: Its body has 4\\d* bytes.*"));
        }
    }

    @Test
    void however_much_cannot_be_read_what_is_behind_it_is_sent_through() throws Exception {
        try (TestBridge test = idle()) {
            int unreadable = 1_001;
            IncompleteTexts.send(test.connection(), QUEUES.error(), unreadable);
            for (int i = 0; i < 250; i++) {
                park(test, CHANGE, change("c-" + i % 10), 1);
            }

            assertThat(replay(test).look(test.connection(), null)).isEqualTo(new ReplayCount(250, 0, unreadable));
            assertThat(replay(test).send(test.connection(), null)).isEqualTo(new ReplayCount(250, 0, unreadable));
            assertThat(lines)
                    .filteredOn(line -> line.contains("CANNOT BE READ"))
                    .hasSize(2);

            assertThat(test.depth(QUEUES.pages())).isEqualTo(250);
            assertThat(test.depth(QUEUES.error())).isEqualTo(unreadable);
        }
    }

    private int parkChanges(TestBridge test) throws Exception {
        test.sandbox().add(new LacksPermission(1_000));
        test.start();
        await().until(() -> {
            var figures = test.bridge().polls().figures();
            return figures.changed() == 12 && figures.delivered() + figures.parked() == 12;
        });
        test.awaitDelivered();
        int parked = test.depth(QUEUES.error());
        assertThat(parked).isPositive();
        test.results(12 - parked);
        return parked;
    }

    private static void park(TestBridge test, String originalType, String original, int attempts) throws JMSException {
        try (Session session = test.connection().createSession(Session.AUTO_ACKNOWLEDGE)) {
            TextMessage parked = session.createTextMessage(original);
            parked.setStringProperty("errorCode", "HISTORY_UNAVAILABLE");
            parked.setStringProperty("errorStage", "enrich-page");
            parked.setStringProperty("originalType", originalType);
            parked.setIntProperty("attempts", attempts);
            parked.setStringProperty("firstFailedAt", "2026-11-20T10:00:00Z");
            if (originalType.equals(CHANGE)) {
                parked.setStringProperty("conversationId", original.replaceAll(".*\"(c-\\d)\".*", "$1"));
            }
            session.createProducer(session.createQueue(QUEUES.error())).send(parked);
        }
    }

    private void parkAgain(TestBridge test) {
        try {
            park(test, CHANGE, change("c-9"), 2);
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    private String change(String conversationId) throws Exception {
        return Json.mapper().writeValueAsString(Changes.connected(conversationId, AGENT_BLUE, clock.instant()));
    }

    private Replay replay(TestBridge test) {
        return new Replay(test.settings().queues(), resolver(), 1, Json.mapper(), lines::add);
    }

    private static QueueResolver resolver() {
        return new QueueResolver(new BrokerQueues(QUEUES));
    }

    /** Conversations whose histories are unavailable are parked; active ones come from the listing. */
    private TestBridge parking() throws Exception {
        SandboxSettings defaults = SandboxSettings.defaults();
        return bridge(
                new SandboxSettings(
                        WorldSettings.SMALL,
                        defaults.clientId(),
                        defaults.clientSecret(),
                        defaults.tokenLife(),
                        0,
                        true,
                        false),
                Map.of("history.on-unavailable", "park"));
    }

    /** A broker; nobody works. */
    private TestBridge idle() throws Exception {
        return bridge(SandboxSettings.defaults(), Map.of());
    }

    private TestBridge bridge(SandboxSettings sandbox, Map<String, String> overrides) throws Exception {
        Map<String, String> all = new HashMap<>(overrides);
        all.putAll(Map.of(
                "poll.request-queue", QUEUES.pollRequests(),
                "page.queue", QUEUES.pages(),
                "deliver.queue", QUEUES.enriched(),
                "error.queue", QUEUES.error()));
        return TestBridge.of(TestBridge.sandbox(sandbox, clock), dataDir, all, clock);
    }
}
