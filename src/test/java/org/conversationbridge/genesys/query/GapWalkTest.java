// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.genesys.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.conversationbridge.Fixtures.AGENT_BLUE;
import static org.conversationbridge.Fixtures.quoted;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.conversationbridge.gap.Gap;
import org.conversationbridge.genesys.failure.IntervalTooLongException;
import org.conversationbridge.genesys.reading.ConversationDetails;
import org.conversationbridge.history.FinishedConversation;
import org.conversationbridge.settings.PollSettings;
import org.conversationbridge.settings.PollSource;
import org.junit.jupiter.api.Test;

class GapWalkTest {
    private static final Instant FROM = Instant.parse("2026-11-20T10:00:00Z");
    /** The clocks of two parts of Genesys Cloud may be so far apart. */
    private static final Instant OVERLAP = FROM.minusSeconds(5);

    private static final Instant TO = FROM.plus(Duration.ofMinutes(5));

    @Test
    void asks_for_the_newest_ends_whenever_the_conversations_began() {
        GapWalk query = query(TO, Optional.empty());

        assertThat(query.next().body())
                .contains("2026-10-20T10:05:00.000Z/2026-11-20T10:05:00.000Z")
                .contains("'order':'desc','orderBy':'conversationEnd'".replace('\'', '"'));
        assertThat(query.since()).isEqualTo(OVERLAP);
        assertThat(query(TO, Optional.of(FROM.plusSeconds(1))).since()).isEqualTo(OVERLAP);
    }

    @Test
    void the_oldest_history_extends_the_queried_time_by_at_most_the_gap() {
        assertThat(query(TO, Optional.of(FROM.minusSeconds(20))).since()).isEqualTo(FROM.minusSeconds(20));
        assertThat(query(TO, Optional.of(FROM.minus(Duration.ofHours(1)))).since())
                .isEqualTo(FROM.minus(Duration.ofMinutes(5)));
    }

    @Test
    void what_ended_before_the_gap_belongs_to_the_histories_only() {
        GapWalk query = query(TO, Optional.of(FROM.minusSeconds(20)));

        List<ConversationDetails> ended = query.accept(answer(FROM.minusSeconds(21), FROM.minusSeconds(6), FROM));

        assertThat(ended).extracting(ConversationDetails::conversationId).containsExactly("c2");
        assertThat(query.parts().orElseThrow().get(AGENT_BLUE))
                .extracting(FinishedConversation::conversationId)
                .containsExactlyInAnyOrder("c1", "c2");
    }

    @Test
    void histories_are_not_renewed_after_a_long_gap_or_for_some_media_only() {
        Instant old = FROM.minusSeconds(20);
        GapWalk ofOneMedium = query(TO, Optional.of(old), "voice");
        GapWalk ofLongGap = query(FROM.plus(Duration.ofMinutes(61)), Optional.of(old));
        ofOneMedium.accept(answer(FROM));
        ofLongGap.accept(answer(FROM));

        assertThat(ofOneMedium.since()).isEqualTo(OVERLAP);
        assertThat(ofOneMedium.parts()).isEmpty();
        assertThat(ofLongGap.since()).isEqualTo(OVERLAP);
        assertThat(ofLongGap.parts()).isEmpty();
    }

    @Test
    void reads_until_the_ends_lie_before_the_gap() {
        GapWalk query = query(TO, Optional.empty());
        ObjectNode page = answer(TO.minusSeconds(1), OVERLAP, OVERLAP.minusSeconds(1));

        List<ConversationDetails> ended = query.accept(page.put("totalHits", 50_000));

        assertThat(query.hasNext()).isFalse();
        assertThat(ended).extracting(ConversationDetails::conversationId).containsExactly("c0", "c1");
        assertThat(query.parts()).isPresent();
    }

    @Test
    void goes_on_while_the_ends_lie_in_the_gap() {
        GapWalk query = query(TO, Optional.empty());

        query.accept(answer(TO.minusSeconds(1), FROM).put("totalHits", 50_000));

        assertThat(query.hasNext()).isTrue();
        assertThat(query.parts()).isEmpty();
    }

    @Test
    void a_part_of_an_earlier_day_that_ended_in_the_gap_renews_its_agents_history() {
        GapWalk query = query(TO, Optional.empty());
        ObjectNode email = answer(FROM.plusSeconds(60));
        ((ObjectNode) email.at("/conversations/0")).put("conversationStart", "2026-11-12T09:50:00.000Z");

        assertThat(query.accept(email)).hasSize(1);

        assertThat(query.parts().orElseThrow().get(AGENT_BLUE))
                .extracting(FinishedConversation::endedAt)
                .containsExactly(FROM.plusSeconds(60));
    }

    @Test
    void histories_are_not_renewed_where_the_order_is_not_kept() {
        GapWalk query = query(TO, Optional.empty());

        query.accept(answer(FROM, TO.minusSeconds(1)).put("totalHits", 50_000));
        assertThat(query.next().body()).contains("2026-11-20T09:59:55.000Z/2026-11-20T10:05:00.000Z");
        query.accept(answer(FROM, TO.minusSeconds(1)));

        assertThat(query.hasNext()).isFalse();
        assertThat(query.failure()).isNull();
        assertThat(query.parts()).isEmpty();
    }

    @Test
    void a_gap_of_which_fewer_are_found_than_stated_is_not_all_known() {
        GapWalk query = query(TO, Optional.empty());

        for (int reading = 1; reading <= 2; reading++) {
            assertThat(query.failure()).isNull();
            query.accept(answer(FROM).put("totalHits", 30));
            query.accept(quoted("{'totalHits':30}"));
        }

        assertThat(query.hasNext()).isFalse();
        assertThat(query.failure()).isEqualTo("1 of 30 read");
        assertThat(query.parts()).isEmpty();
    }

    @Test
    void a_refused_interval_is_shortened() {
        GapWalk query = query(TO, Optional.empty());

        assertThat(query.askDifferently(new IntervalTooLongException(400, ""))).isTrue();

        assertThat(query.next().body()).contains("2026-10-21T10:05:00.000Z/2026-11-20T10:05:00.000Z");
    }

    @Test
    void a_gap_is_read_to_its_end_whatever_the_pages_of_the_server() {
        GapWalk query = query(TO, Optional.empty());
        PagingServer server = new PagingServer(1_000, 25, 30);

        while (query.hasNext()) {
            query.accept(server.answer(query.next()));
        }

        assertThat(query.requests()).isEqualTo(34);
        assertThat(query.failure()).isNull();
    }

    private static GapWalk query(Instant to, Optional<Instant> oldestHistory, String... mediaTypes) {
        PollSettings settings = new PollSettings(
                PollSource.NOTIFICATIONS, List.of(mediaTypes), Duration.ofDays(1), 100, 100, 1, Duration.ofDays(1));
        return new GapWalk(new Gap(FROM, to), oldestHistory, Set.of(), settings, new LookBack(Duration.ofDays(31)));
    }

    /** Conversations c0, c1, ... that the agent handled, each ended at one of the times. */
    private static ObjectNode answer(Instant... endedAt) {
        return (ObjectNode) quoted(IntStream.range(0, endedAt.length)
                .mapToObj(i -> """
                        {'conversationId':'c%d','conversationStart':'2026-11-20T09:50:00.000Z','conversationEnd':'%s',
                        'participants':[{'purpose':'agent','userId':'%s','sessions':[{'mediaType':'voice','segments':[
                        {'segmentType':'interact','segmentStart':'2026-11-20T09:50:00.000Z','segmentEnd':'%2$s'}]}]}]}
                        """.formatted(i, endedAt[i], AGENT_BLUE))
                .collect(Collectors.joining(",", "{'conversations':[", "]}")));
    }
}
