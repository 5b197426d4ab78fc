// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.genesys.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.conversationbridge.Fixtures.AGENT_BLUE;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.conversationbridge.Fixtures;
import org.conversationbridge.LogCapture;
import org.conversationbridge.MovableClock;
import org.conversationbridge.failure.BridgeException;
import org.conversationbridge.genesys.failure.AnswerTooLargeException;
import org.conversationbridge.genesys.failure.IntervalTooLongException;
import org.conversationbridge.genesys.failure.InvalidRequestException;
import org.conversationbridge.genesys.reading.ConversationDetails;
import org.conversationbridge.history.FinishedConversation;
import org.junit.jupiter.api.Test;

/** Poll after poll, a quarter of a minute apart. */
class RecentEndsTest {
    private static final Duration POLL = Duration.ofSeconds(15);
    /** Small, so that the tests are fast. */
    private static final int PAGE = 10;

    private static final Duration OVERLAP = Duration.ofMinutes(10);

    private final MovableClock clock = new MovableClock();
    private final LookBack lookBack = new LookBack(Duration.ofDays(31));
    private final RecentEnds ends = new RecentEnds(OVERLAP, PAGE, lookBack, clock);
    /** What has ended, in the order of the answers. */
    private final List<ObjectNode> ended = new ArrayList<>();

    private final List<JsonNode> requests = new ArrayList<>();
    private boolean keepsOrder = true;
    private Duration longest = Duration.ofDays(31);
    private int largestPage = PAGE;
    private Set<String> wanted = Set.of();
    private boolean areHistoriesKnown = true;

    @Test
    void a_normal_poll_reads_one_page() {
        for (int poll = 0; poll < 100; poll++) {
            if (poll % 8 == 0) {
                end("c" + poll);
            }
            poll();
        }

        assertThat(requests).hasSize(100);
    }

    @Test
    void asks_for_the_newest_ends_of_anybody() {
        poll();

        assertThat(requests).singleElement().satisfies(request -> {
            assertThat(request.path("orderBy").asText()).isEqualTo("conversationEnd");
            assertThat(request.path("order").asText()).isEqualTo("desc");
            assertThat(request.at("/conversationFilters/0/predicates/0/operator")
                            .asText())
                    .isEqualTo("exists");
            assertThat(request.has("segmentFilters")).isFalse();
            assertThat(request.path("interval").asText())
                    .startsWith("2026-10-20T")
                    .endsWith("2026-11-20T10:00:15.000Z");
        });
    }

    @Test
    void pages_are_read_until_the_poll_before() {
        poll();
        for (int i = 0; i < 25; i++) {
            end("c" + i);
        }
        requests.clear();

        RecentEndsWalk walk = poll().orElseThrow();

        assertThat(requests).hasSize(3);
        assertThat(walk.parts().orElseThrow().get(AGENT_BLUE)).hasSize(25);
    }

    @Test
    void a_centre_in_which_much_ends_reads_the_overlap_only_from_time_to_time() {
        List<Integer> pages = new ArrayList<>();
        for (int poll = 0; poll < 90; poll++) {
            for (int i = 0; i < 5; i++) {
                end("c" + poll + "-" + i);
            }
            requests.clear();
            poll();
            pages.add(requests.size());
        }

        assertThat(pages.stream().filter(count -> count > 1)).hasSize(2);
        assertThat(pages).as("twice ten minutes are eighty polls").allMatch(count -> count <= 41);
    }

    @Test
    void what_is_reported_late_is_read_by_the_next_poll_that_reads_the_overlap() {
        for (int i = 0; i < 5; i++) {
            end("before-" + i);
        }
        poll();
        Instant late = clock.instant().minus(Duration.ofSeconds(8));
        boolean isRead = false;
        for (int poll = 0; poll < 82 && !isRead; poll++) {
            for (int i = 0; i < 10; i++) {
                end("c" + poll + "-" + i);
            }
            if (poll == 20) {
                ended.add(conversation("late", late));
            }
            isRead = poll().orElseThrow().parts().orElseThrow().get(AGENT_BLUE).stream()
                    .anyMatch(part -> part.conversationId().equals("late"));
        }

        assertThat(isRead).isTrue();
    }

    @Test
    void wanted_conversations_are_given_and_others_are_not() {
        end("a");
        end("b");
        wanted = Set.of("a", "z");

        assertThat(poll().orElseThrow().told())
                .extracting(ConversationDetails::conversationId)
                .containsExactly("a");
    }

    @Test
    void without_anything_to_confirm_and_without_histories_nothing_is_requested() {
        areHistoriesKnown = false;

        assertThat(poll()).isEmpty();
        assertThat(requests).isEmpty();

        wanted = Set.of("a");
        assertThat(poll()).isPresent();
    }

    @Test
    void the_first_poll_of_a_process_continues_the_last_one_of_another() {
        clock.advance(POLL);
        for (int i = 0; i < 15; i++) {
            end("c" + i);
        }

        RecentEndsWalk walk = play(clock.instant(), Optional.of(clock.instant().minus(POLL)));

        assertThat(requests).hasSize(2);
        assertThat(walk.parts()).isPresent();
    }

    @Test
    void a_poll_of_long_ago_is_not_continued() {
        poll();
        for (int i = 0; i < 50; i++) {
            end("c" + i);
        }
        clock.advance(RecentEnds.LONGEST.plusSeconds(1));
        requests.clear();

        poll();

        assertThat(requests).hasSize(1);
    }

    @Test
    void pages_are_bounded_and_histories_are_not_continued_then() {
        poll();
        for (int i = 0; i < 600; i++) {
            end("c" + i);
        }
        requests.clear();

        assertThat(poll().orElseThrow().parts()).isEmpty();
        assertThat(requests).hasSize(RecentEndsWalk.MOST_PAGES);

        requests.clear();
        assertThat(poll().orElseThrow().parts()).isPresent();
        assertThat(requests).hasSize(1);
    }

    @Test
    void where_the_order_is_ignored_it_is_not_requested_again_and_the_log_says_so_once() {
        keepsOrder = false;
        end("a");
        clock.advance(POLL);
        end("b");
        wanted = Set.of("a");

        try (LogCapture log = LogCapture.of(LookBack.class)) {
            RecentEndsWalk walk = poll().orElseThrow();

            assertThat(walk.told()).hasSize(1);
            assertThat(walk.parts()).isEmpty();
            assertThat(poll()).isEmpty();
            assertThat(log.messages())
                    .singleElement()
                    .asString()
                    .contains("orderBy=conversationEnd is ignored")
                    .contains("Polls request each end by id.");
        }
        assertThat(requests).hasSize(1);
    }

    @Test
    void where_the_order_is_refused_it_is_not_requested_again() {
        RecentEndsWalk walk = begin(clock.instant(), Optional.empty()).orElseThrow();
        walk.failed(new InvalidRequestException(400, "Value [conversationEnd] is not valid for field type [orderBy]."));

        assertThat(walk.hasNext()).isFalse();
        assertThat(walk.failure()).isEmpty();
        assertThat(walk.parts()).isEmpty();
        ends.done(walk, clock.instant());
        assertThat(poll()).isEmpty();
    }

    @Test
    void after_a_failure_nothing_is_requested_for_a_minute() {
        poll();
        RecentEndsWalk walk = begin(clock.instant(), Optional.empty()).orElseThrow();
        walk.failed(new InvalidRequestException(400, "no"));
        ends.done(walk, clock.instant());

        for (int poll = 0; poll < 3; poll++) {
            assertThat(poll()).isEmpty();
        }
        for (int i = 0; i < 15; i++) {
            end("c" + i);
        }
        requests.clear();
        assertThat(poll().orElseThrow().parts()).as("from the last good one on").isPresent();
        assertThat(requests).hasSize(2);
    }

    @Test
    void limits_of_interval_and_page_are_found_out_once() {
        longest = Duration.ofDays(7);
        largestPage = 3;

        poll();
        assertThat(requests).hasSize(3 + 2 + 1);
        requests.clear();
        poll();

        assertThat(requests).hasSize(1);
    }

    @Test
    void one_that_cannot_be_read_stops_the_histories_and_the_next_poll_continues_them() {
        poll();
        end("a");
        ended.get(0).put("originatingDirection", 7).put("conversationStart", "yesterday");

        assertThat(poll().orElseThrow().parts()).isEmpty();
        assertThat(poll().orElseThrow().parts()).isPresent();
    }

    @Test
    void histories_can_be_continued_from_as_far_back_as_the_page_reaches() {
        end("old");
        clock.advance(Duration.ofMinutes(5));
        poll();
        end("new");

        RecentEndsWalk walk = poll().orElseThrow();
        Map<String, List<FinishedConversation>> parts = walk.parts().orElseThrow();

        assertThat(walk.from()).isEqualTo(Instant.parse("2026-11-20T10:00:00Z"));
        assertThat(parts.get(AGENT_BLUE))
                .extracting(FinishedConversation::conversationId)
                .containsExactlyInAnyOrder("old", "new");
    }

    private void end(String id) {
        ended.add(conversation(id, clock.instant()));
    }

    private static ObjectNode conversation(String id, Instant end) {
        ObjectNode conversation = JsonNodeFactory.instance
                .objectNode()
                .put("conversationId", id)
                .put("conversationStart", "2026-11-20T09:50:00.000Z")
                .put("conversationEnd", end.toString());
        conversation
                .putArray("participants")
                .addObject()
                .put("purpose", "agent")
                .put("userId", AGENT_BLUE)
                .putArray("sessions")
                .addObject()
                .put("mediaType", "voice")
                .putArray("segments")
                .addObject()
                .put("segmentType", "interact")
                .put("segmentStart", "2026-11-20T09:50:00.000Z")
                .put("segmentEnd", end.toString());
        return conversation;
    }

    private Optional<RecentEndsWalk> poll() {
        clock.advance(POLL);
        return begin(clock.instant(), Optional.empty()).map(walk -> play(walk, clock.instant()));
    }

    private RecentEndsWalk play(Instant begin, Optional<Instant> lastGoodPoll) {
        return play(begin(begin, lastGoodPoll).orElseThrow(), begin);
    }

    private Optional<RecentEndsWalk> begin(Instant begin, Optional<Instant> lastGoodPoll) {
        return ends.begin(begin, begin, lastGoodPoll, wanted, areHistoriesKnown);
    }

    private RecentEndsWalk play(RecentEndsWalk walk, Instant begin) {
        while (walk.hasNext()) {
            JsonNode query = Fixtures.parse(walk.next().body());
            requests.add(query);
            Optional<BridgeException> refusal = refusal(query);
            if (refusal.isPresent()) {
                walk.failed(refusal.get());
            } else {
                walk.accept(answer(query));
            }
        }
        ends.done(walk, begin);
        return walk;
    }

    private Optional<BridgeException> refusal(JsonNode query) {
        String[] interval = query.path("interval").asText().split("/", 2);
        if (Duration.between(Instant.parse(interval[0]), Instant.parse(interval[1]))
                        .compareTo(longest)
                > 0) {
            return Optional.of(new IntervalTooLongException(400, "too long"));
        }
        return query.at("/paging/pageSize").asInt() > largestPage
                ? Optional.of(new AnswerTooLargeException(400, "too large"))
                : Optional.empty();
    }

    private ObjectNode answer(JsonNode query) {
        int size = query.at("/paging/pageSize").asInt();
        Comparator<ObjectNode> newestFirst = Comparator.<ObjectNode, String>comparing(
                        each -> each.path("conversationEnd").asText())
                .reversed();
        ObjectNode answer = JsonNodeFactory.instance.objectNode().put("totalHits", ended.size());
        ended.stream()
                .sorted(keepsOrder ? newestFirst : (a, b) -> 0)
                .skip((query.at("/paging/pageNumber").asLong() - 1) * size)
                .limit(size)
                .forEach(answer.withArray("conversations")::add);
        return answer;
    }
}
