// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.route.poll;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.conversationbridge.Changes;
import org.conversationbridge.Fixtures;
import org.conversationbridge.LogCapture;
import org.conversationbridge.MovableClock;
import org.conversationbridge.ShippedRoutes;
import org.conversationbridge.TestBeans;
import org.conversationbridge.bridge.Json;
import org.conversationbridge.budget.RequestBudget;
import org.conversationbridge.change.ConversationChange;
import org.conversationbridge.checkpoint.Checkpoint;
import org.conversationbridge.checkpoint.CheckpointFormat;
import org.conversationbridge.checkpoint.Entry;
import org.conversationbridge.clock.GenesysClock;
import org.conversationbridge.gap.Gap;
import org.conversationbridge.poll.PollLog;
import org.conversationbridge.settings.Settings;
import org.conversationbridge.settings.SettingsReader;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Times in the checkpoint that are plausible, and wrong: nothing is hidden by them, and no gap of decades is queried.
 */
class ForgedTimesTest {
    private static final String CONVERSATION = "{'sequence':3,'observedAt':'@','state':'CONNECTED',"
            + "'agentUserId':'" + Fixtures.AGENT_BLUE + "','queueId':'" + Fixtures.QUEUE_CLAIMS
            + "','mediaType':'voice',"
            + "'startedAt':'@','changedAt':'@','heldSince':'@','missingSince':'@','previousEnd':'@','notified':true}";

    private final MovableClock clock = new MovableClock();
    private final PollLog polls = new PollLog(new RequestBudget(300, clock), clock);
    private final Settings settings = new SettingsReader(Map.of())
            .read(Path.of("config"), ShippedRoutes.placeholders(), Map.of("checkpoint.remember", "2h"));
    private final Gaps gaps = TestBeans.gaps(settings, clock, new GenesysClock(clock), polls);

    @BeforeEach
    void begin() {
        polls.begin();
    }

    @Test
    void a_last_poll_in_2001_makes_a_gap_of_31_days_and_the_log_says_so() throws Exception {
        Checkpoint checkpoint = checkpoint("2001-01-01T00:00:00Z", "{}");
        try (LogCapture log = LogCapture.of(Gaps.class)) {
            gaps.notice(checkpoint);
            gaps.notice(checkpoint);

            assertThat(checkpoint.gap()).contains(new Gap(clock.instant().minus(Duration.ofDays(31)), clock.instant()));
            assertThat(log.messages())
                    .filteredOn(line -> line.contains("only the last 31 days are queried"))
                    .singleElement()
                    .asString()
                    .startsWith("gap from=2001-01-01T00:00:00.000Z is longer than 31 days");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"2100-01-01T00:00:00Z", "2026-11-21T10:00:01Z"})
    void a_last_poll_ahead_of_now_is_treated_as_one_of_the_time_that_is_remembered(String ahead) throws Exception {
        Checkpoint checkpoint = checkpoint(ahead, "{}");
        try (LogCapture log = LogCapture.of(Gaps.class)) {
            gaps.notice(checkpoint);

            Instant from = clock.instant().minus(Duration.ofHours(2));
            assertThat(checkpoint.gap()).contains(new Gap(from, clock.instant()));
            assertThat(checkpoint.lastGoodPoll()).contains(from);
            assertThat(log.text()).contains("the entries [poll] had times ahead of the time at Genesys Cloud");
        }
        assertThat(checkpoint.sequenceAfter("unknown", 1, clock.instant()))
                .isEqualTo(clock.instant().toEpochMilli());
    }

    @ParameterizedTest
    @ValueSource(strings = {"2001-01-01T00:00:00Z", "2026-11-20T10:01:01Z", "2100-01-01T00:00:00Z"})
    void no_time_of_a_conversation_hides_what_follows(String wrong) throws Exception {
        Checkpoint checkpoint = checkpoint(clock.instant().minusSeconds(15).toString(), wrong);

        gaps.notice(checkpoint);

        clock.advance(Duration.ofSeconds(15));
        Optional<ConversationChange> change = checkpoint.compare(
                Changes.connected("c", Fixtures.AGENT_GREEN, clock.instant()).conversation(), clock.instant());
        assertThat(change).get().satisfies(next -> {
            assertThat(next.sequence()).isEqualTo(4);
            assertThat(next.observedAt()).isEqualTo(clock.instant());
        });
        Optional<ConversationChange> notified =
                checkpoint.compareNotified(Changes.queued("c", clock.instant()).conversation(), clock.instant());
        assertThat(notified).get().extracting(ConversationChange::observedAt).isEqualTo(clock.instant());
    }

    private static Checkpoint checkpoint(String lastGoodPoll, String time) throws Exception {
        String conversations = time.equals("{}") ? "{}" : "{'c':" + CONVERSATION.replace("@", time) + "}";
        List<Entry> entries = new ArrayList<>();
        for (String key : CheckpointFormat.earlierKeys()) {
            String text = key.equals("poll")
                    ? "{'format':3,'key':'poll','revision':'r','lastGoodPoll':'" + lastGoodPoll
                            + "','conversations':{}}"
                    : "{'format':3,'key':'" + key + "','revision':'r','conversations':"
                            + (key.endsWith("-00") ? conversations : "{}") + "}";
            Entry entry = CheckpointFormat.read(Json.mapper(), text.replace('\'', '"'));
            assertThat(entry).satisfies(read -> assertThat(read.isWhole()).isTrue());
            entries.add(entry);
        }
        return Checkpoint.of(entries, Fixtures.ENDING, Duration.ofHours(2));
    }
}
