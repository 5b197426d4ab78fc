// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.genesys.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.conversationbridge.Fixtures.AGENT_BLUE;
import static org.conversationbridge.Fixtures.AGENT_GREEN;
import static org.conversationbridge.Fixtures.AGENT_RED;
import static org.conversationbridge.Fixtures.QUEUE_CHAT;
import static org.conversationbridge.Fixtures.QUEUE_CLAIMS;
import static org.conversationbridge.Fixtures.id;
import static org.conversationbridge.Fixtures.json;
import static org.conversationbridge.Fixtures.parse;
import static org.conversationbridge.Fixtures.quoted;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.conversationbridge.genesys.failure.TooManyResultsException;
import org.conversationbridge.history.AgentHistory;
import org.conversationbridge.history.FinishedConversation;
import org.conversationbridge.history.HistoryStatus;
import org.conversationbridge.settings.Dialect;
import org.conversationbridge.settings.HistorySettings;
import org.conversationbridge.settings.PollSettings;
import org.conversationbridge.settings.PollSource;
import org.junit.jupiter.api.Test;

class HistoryWalkTest {
    private static final Clock TEN = Clock.fixed(Instant.parse("2026-11-20T10:00:00Z"), ZoneOffset.UTC);
    private static final Instant ENDED = Instant.parse("2026-11-20T08:38:20Z");

    @Test
    void agents_are_queried_together() {
        HistoryWalk lookup = lookups(Duration.ofHours(2), 100).begin(List.of(AGENT_BLUE, AGENT_GREEN));

        assertThat(parse(lookup.next().body()))
                .isEqualTo(quoted("{'interval':'2026-10-20T10:00:00.000Z/2026-11-20T10:00:00.000Z','order':'desc',"
                        + "'orderBy':'conversationEnd','segmentFilters':[{'type':'or','predicates':["
                        + "{'type':'dimension','dimension':'userId','operator':'matches','value':'" + AGENT_BLUE + "'},"
                        + "{'type':'dimension','dimension':'userId','operator':'matches','value':'" + AGENT_GREEN
                        + "'}]}],'conversationFilters':[{'type':'and','predicates':[{'type':'dimension',"
                        + "'dimension':'conversationEnd','operator':'exists'}]}],"
                        + "'paging':{'pageSize':100,'pageNumber':1}}"));
    }

    @Test
    void each_agent_gets_their_own_part() {
        HistoryWalk lookup = lookups(Duration.ofHours(2), 100).begin(List.of(AGENT_BLUE, AGENT_GREEN, AGENT_RED));

        lookup.accept(json("genesys/details-query-answer.json"));

        Map<String, AgentHistory> histories = lookup.histories();
        assertThat(histories.get(AGENT_BLUE).conversations())
                .containsExactly(new FinishedConversation(
                        id(0x51),
                        Instant.parse("2026-11-20T08:33:30Z"),
                        "voice",
                        "inbound",
                        QUEUE_CLAIMS,
                        id(0xc1),
                        135_000L,
                        15_000L,
                        30_000L,
                        180_000L,
                        20_000L));
        assertThat(histories.get(AGENT_GREEN).conversations())
                .containsExactly(new FinishedConversation(
                        id(0x51),
                        ENDED,
                        "voice",
                        "inbound",
                        QUEUE_CHAT,
                        id(0xc2),
                        235_000L,
                        0L,
                        80_000L,
                        315_000L,
                        5_000L));
    }

    @Test
    void an_agent_who_was_only_offered_it_did_nothing() {
        HistoryWalk lookup = lookups(Duration.ofHours(2), 100).begin(List.of(AGENT_RED));

        lookup.accept(json("genesys/details-query-answer.json"));

        assertThat(lookup.histories().get(AGENT_RED)).satisfies(history -> {
            assertThat(history.status()).isEqualTo(HistoryStatus.COMPLETE);
            assertThat(history.conversations()).isEmpty();
        });
    }

    @Test
    void a_handle_time_that_is_not_reported_is_the_sum_of_its_parts() {
        ObjectNode answer = json("genesys/details-query-answer.json");
        answer.at("/conversations/0/participants/2/sessions/0/metrics").forEach(metric -> {
            if (metric.path("name").asText().equals("tHandle")) {
                ((ObjectNode) metric).put("name", "tSomethingElse");
            }
        });
        HistoryWalk lookup = lookups(Duration.ofHours(2), 100).begin(List.of(AGENT_BLUE));

        lookup.accept(answer);

        assertThat(lookup.histories().get(AGENT_BLUE).conversations().get(0).handleMs())
                .isEqualTo(180_000L);
    }

    @Test
    void what_ended_outside_the_window_is_left_out() {
        HistoryWalk lookup = lookups(Duration.ofHours(1), 100).begin(List.of(AGENT_BLUE));

        lookup.accept(json("genesys/details-query-answer.json"));

        assertThat(lookup.histories().get(AGENT_BLUE).conversations()).isEmpty();
    }

    @Test
    void a_conversation_on_two_pages_is_counted_once() {
        HistoryWalk lookup = lookups(Duration.ofHours(2), 100).begin(List.of(AGENT_BLUE));
        ObjectNode answer = json("genesys/details-query-answer.json").put("totalHits", 150);

        lookup.accept(answer);
        lookup.accept(answer);

        assertThat(lookup.histories().get(AGENT_BLUE).conversations()).hasSize(1);
    }

    @Test
    void a_look_up_that_finds_fewer_than_stated_is_partial() {
        HistoryWalk lookup = lookups(Duration.ofHours(2), 100).begin(List.of(AGENT_BLUE));

        lookup.accept(json("genesys/details-query-answer.json").put("totalHits", 150));
        assertThat(lookup.hasNext()).isTrue();
        lookup.accept(quoted("{'totalHits':150}"));

        assertThat(lookup.hasNext()).isFalse();
        assertThat(lookup.histories().get(AGENT_BLUE).status()).isEqualTo(HistoryStatus.PARTIAL);
    }

    @Test
    void a_server_that_repeats_its_first_page_makes_it_partial_after_two_requests() {
        HistoryWalk lookup = lookups(Duration.ofHours(2), 100).begin(List.of(AGENT_BLUE));
        PagingServer server = new PagingServer(1_000, 25, 100);
        JsonNode first = server.answer(lookup.next());

        lookup.accept(first);
        lookup.accept(first);

        assertThat(lookup.hasNext()).isFalse();
        assertThat(lookup.histories().get(AGENT_BLUE).status()).isEqualTo(HistoryStatus.PARTIAL);
    }

    @Test
    void smaller_pages_than_asked_are_read_to_the_end() {
        HistoryWalk lookup = lookups(Duration.ofHours(2), 100).begin(List.of(AGENT_BLUE));
        PagingServer server = new PagingServer(1_000, 25, 50);

        while (lookup.hasNext()) {
            lookup.accept(server.answer(lookup.next()));
        }

        assertThat(server.requests()).hasSize(20);
        assertThat(lookup.histories().get(AGENT_BLUE).status()).isEqualTo(HistoryStatus.COMPLETE);
    }

    @Test
    void many_agents_and_long_windows_are_asked_in_pieces() {
        List<String> agents =
                IntStream.range(0, 120).mapToObj(i -> "agent-" + i).toList();
        HistoryWalk lookup = lookups(Duration.ofDays(10), 100).begin(agents);

        int requests = 0;
        int predicates = 0;
        while (lookup.hasNext()) {
            JsonNode body = parse(lookup.next().body());
            predicates += body.at("/segmentFilters/0/predicates").size();
            requests++;
            lookup.accept(quoted("{'totalHits':0}"));
        }

        assertThat(requests).isEqualTo(6);
        assertThat(predicates).isEqualTo(240);
    }

    @Test
    void too_many_results_shorten_the_interval_and_further_pages_of_them_halve_it() {
        HistoryWalk lookup = lookups(Duration.ofHours(2), 100).begin(List.of(AGENT_BLUE));

        assertThat(lookup.askDifferently(new TooManyResultsException(400, ""))).isTrue();

        assertThat(interval(lookup)).isEqualTo("2026-10-21T10:00:00.000Z/2026-11-20T10:00:00.000Z");
        lookup.accept(json("genesys/details-query-answer.json").put("totalHits", 150));
        assertThat(lookup.askDifferently(new TooManyResultsException(400, ""))).isTrue();
        assertThat(interval(lookup)).isEqualTo("2026-11-05T10:00:00.000Z/2026-11-20T10:00:00.000Z");
    }

    @Test
    void a_look_up_that_takes_too_many_pages_is_partial() {
        HistoryWalk lookup = lookups(Duration.ofHours(2), 2).begin(List.of(AGENT_BLUE));
        JsonNode page = json("genesys/details-query-answer.json").put("totalHits", 5_000);

        lookup.accept(page);
        lookup.accept(page);

        assertThat(lookup.hasNext()).isFalse();
        assertThat(lookup.histories().get(AGENT_BLUE).status()).isEqualTo(HistoryStatus.PARTIAL);
    }

    @Test
    void a_conversation_that_cannot_be_read_makes_it_partial_and_the_others_count() {
        ObjectNode answer = json("genesys/details-query-answer.json");
        answer.withArray("conversations").add(quoted("{'conversationId':'x','conversationEnd':17}"));
        HistoryWalk lookup = lookups(Duration.ofHours(2), 100).begin(List.of(AGENT_BLUE));

        lookup.accept(answer);

        assertThat(lookup.histories().get(AGENT_BLUE).status()).isEqualTo(HistoryStatus.PARTIAL);
        assertThat(lookup.histories().get(AGENT_BLUE).conversations()).hasSize(1);
    }

    @Test
    void no_agents_need_no_query() {
        assertThat(lookups(Duration.ofHours(2), 100).begin(List.of()).hasNext()).isFalse();
        assertThat(tutorial().begin(List.of()).hasNext()).isFalse();
    }

    @Test
    void the_tutorial_dialect_asks_as_printed() {
        HistoryWalk lookup = tutorial().begin(List.of(AGENT_BLUE));

        assertThat(parse(lookup.next().body()))
                .isEqualTo(quoted("{'queries':[{'timeRange':{'from':'2026-11-20T08:00:00.000Z',"
                        + "'to':'2026-11-20T10:00:00.000Z'},'filter':{'type':'voice'},'columns':['id',"
                        + "'conversationtype','direction','wrapupcode','talktime','holdtime','waittime']}],"
                        + "'size':100}"));
    }

    @Test
    void the_tutorials_rows_are_distinguished_by_agent() {
        HistoryWalk lookup = tutorial().begin(List.of(AGENT_BLUE));

        lookup.accept(json("tutorial/query-answer.json"));

        assertThat(lookup.hasNext()).isFalse();
        assertThat(lookup.histories().get(AGENT_BLUE).conversations())
                .containsExactly(
                        new FinishedConversation(
                                id(0x73), null, "voice", "inbound", null, "RESOLVED", 61_000L, 0L, null, null, 4_000L),
                        new FinishedConversation(
                                id(0x75), null, "voice", "inbound", null, null, 9_000L, 0L, null, null, 1_000L));
    }

    @Test
    void a_full_answer_of_the_tutorial_halves_the_time_range() {
        HistoryWalk lookup = tutorial().begin(List.of(AGENT_BLUE));
        ObjectNode full = json("tutorial/query-answer.json");
        IntStream.range(0, 100)
                .forEach(i -> full.at("/queries/0/results")
                        .<com.fasterxml.jackson.databind.node.ArrayNode>require()
                        .add(quoted("{'id':'other-" + i + "','userId':'x'}")));

        lookup.accept(full);

        assertThat(parse(lookup.next().body()).at("/queries/0/timeRange/from").asText())
                .isEqualTo("2026-11-20T09:00:00.000Z");
    }

    @Test
    void a_full_answer_of_the_tutorial_about_a_second_makes_it_partial() {
        HistoryWalk lookup = new HistoryWalks(
                        settings(Duration.ofSeconds(1), 100),
                        poll(),
                        Dialect.TUTORIAL,
                        new LookBack(Duration.ofDays(31)),
                        TEN)
                .begin(List.of(AGENT_BLUE));
        ObjectNode full = json("tutorial/query-answer.json");
        IntStream.range(0, 100)
                .forEach(i -> full.at("/queries/0/results")
                        .<com.fasterxml.jackson.databind.node.ArrayNode>require()
                        .add(quoted("{'id':'other-" + i + "','userId':'x'}")));

        lookup.accept(full);

        assertThat(lookup.hasNext()).isFalse();
        assertThat(lookup.histories().get(AGENT_BLUE).status()).isEqualTo(HistoryStatus.PARTIAL);
    }

    private static String interval(HistoryWalk lookup) {
        return parse(lookup.next().body()).path("interval").asText();
    }

    private static HistoryWalks lookups(Duration window, int maxPages) {
        return new HistoryWalks(
                settings(window, maxPages), poll(), Dialect.PLATFORM, new LookBack(Duration.ofDays(31)), TEN);
    }

    private static HistoryWalks tutorial() {
        return new HistoryWalks(
                settings(Duration.ofHours(2), 100), poll(), Dialect.TUTORIAL, new LookBack(Duration.ofDays(31)), TEN);
    }

    private static PollSettings poll() {
        return new PollSettings(
                PollSource.AUTO, List.of("voice"), Duration.ofDays(1), 100, 100, 1, Duration.ofHours(1));
    }

    private static HistorySettings settings(Duration window, int maxPages) {
        return new HistorySettings(
                window,
                5,
                50,
                Duration.ofMinutes(1),
                Duration.ofDays(1),
                100,
                maxPages,
                Duration.ofSeconds(30),
                HistorySettings.OnUnavailable.DELIVER,
                true);
    }
}
