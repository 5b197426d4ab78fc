// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.genesys.query;

import static org.assertj.core.api.Assertions.assertThat;
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
import org.conversationbridge.LogCapture;
import org.conversationbridge.genesys.GenesysRequest;
import org.conversationbridge.genesys.failure.AccessDeniedException;
import org.conversationbridge.genesys.failure.AnswerTooLargeException;
import org.conversationbridge.genesys.failure.IntervalTooLongException;
import org.conversationbridge.genesys.failure.InvalidRequestException;
import org.conversationbridge.genesys.failure.TooManyResultsException;
import org.conversationbridge.genesys.failure.UserContextRequiredException;
import org.conversationbridge.settings.Dialect;
import org.conversationbridge.settings.PollSettings;
import org.conversationbridge.settings.PollSource;
import org.junit.jupiter.api.Test;

class ActiveConversationsTest {
    private static final Clock NOON = Clock.fixed(Instant.parse("2026-11-20T12:00:00Z"), ZoneOffset.UTC);
    private static final Exception NO_USER = new UserContextRequiredException(400, "");
    private static final JsonNode NOBODY = quoted("{'entities':[],'pageCount':1}");
    private static final JsonNode NONE_OPEN = quoted("{'totalHits':0}");

    @Test
    void the_listing_is_asked_with_one_size_from_the_first_page_on() {
        ActiveConversationsWalk poll =
                conversations(PollSource.CONVERSATIONS, List.of()).poll();

        assertThat(poll.next())
                .isEqualTo(
                        new GenesysRequest("active conversations", "GET", "/api/v2/conversations", "pageSize=100", ""));
    }

    @Test
    void further_pages_of_the_listing_are_asked_by_number_and_never_by_its_links() {
        ActiveConversationsWalk poll =
                conversations(PollSource.CONVERSATIONS, List.of()).poll();
        ObjectNode listing = json("genesys/conversations-listing.json").put("pageCount", 2);

        assertThat(poll.accept(listing)).hasSize(2);

        assertThat(poll.next().query()).isEqualTo("pageSize=100&pageNumber=2");
        assertThat(poll.next().path()).isEqualTo("/api/v2/conversations");
        poll.accept(listing.put("pageNumber", 2));
        assertThat(poll.hasNext()).isFalse();
    }

    @Test
    void analytics_is_queried_for_conversations_without_an_end() {
        ActiveConversationsWalk poll =
                conversations(PollSource.ANALYTICS, List.of("voice", "chat")).poll();

        GenesysRequest request = poll.next();

        assertThat(request.method()).isEqualTo("POST");
        assertThat(request.path()).isEqualTo("/api/v2/analytics/conversations/details/query");
        assertThat(parse(request.body()))
                .isEqualTo(quoted("{'interval':'2026-11-19T12:00:00.000Z/2026-11-20T12:00:00.000Z','order':'asc',"
                        + "'orderBy':'conversationStart','segmentFilters':[{'type':'or','predicates':["
                        + "{'type':'dimension','dimension':'mediaType','operator':'matches','value':'voice'},"
                        + "{'type':'dimension','dimension':'mediaType','operator':'matches','value':'chat'}]}],"
                        + "'conversationFilters':[{'type':'and','predicates':[{'type':'dimension',"
                        + "'dimension':'conversationEnd','operator':'notExists'}]}],"
                        + "'paging':{'pageSize':100,'pageNumber':1}}"));
    }

    @Test
    void analytics_pages_until_the_last() {
        ActiveConversationsWalk poll =
                conversations(PollSource.ANALYTICS, List.of()).poll();

        poll.accept(quoted("{'conversations':[{'conversationId':'a'},{'conversationId':'b'}],'totalHits':3}"));
        assertThat(parse(poll.next().body()).at("/paging/pageNumber").asInt()).isEqualTo(2);
        poll.accept(quoted("{'conversations':[{'conversationId':'c'}],'totalHits':3}"));

        assertThat(poll.hasNext()).isFalse();
    }

    @Test
    void auto_moves_to_analytics_when_the_listing_needs_a_user() {
        ActiveConversations conversations = conversations(PollSource.AUTO, List.of());
        ActiveConversationsWalk poll = conversations.poll();
        assertThat(poll.next().method()).isEqualTo("GET");

        assertThat(poll.askDifferently(NO_USER)).isTrue();

        assertThat(poll.next().method()).isEqualTo("POST");
        assertThat(conversations.poll().next().method()).isEqualTo("POST");
    }

    @Test
    void auto_moves_to_analytics_when_the_listing_is_empty_while_conversations_are_open() {
        ActiveConversations conversations = conversations(PollSource.AUTO, List.of());
        ActiveConversationsWalk poll = conversations.poll();

        poll.accept(NOBODY);
        assertThat(poll.next().method()).isEqualTo("POST");
        poll.accept(quoted("{'conversations':[{}],'totalHits':1}"));

        assertThat(conversations.poll().next().method()).isEqualTo("POST");
    }

    @Test
    void auto_stays_with_the_listing_while_nothing_is_open() {
        ActiveConversations conversations = conversations(PollSource.AUTO, List.of());
        ActiveConversationsWalk poll = conversations.poll();

        poll.accept(NOBODY);
        poll.accept(NONE_OPEN);

        assertThat(poll.hasNext()).isFalse();
        assertThat(conversations.poll().next().method()).isEqualTo("GET");
    }

    @Test
    void auto_asks_only_the_listing_when_it_is_of_use() {
        ActiveConversationsWalk poll = conversations(PollSource.AUTO, List.of()).poll();

        poll.accept(json("genesys/conversations-listing.json"));

        assertThat(poll.hasNext()).isFalse();
    }

    @Test
    void a_listing_that_refuses_the_size_is_asked_without_it_and_by_later_polls_too() {
        ActiveConversations conversations = conversations(PollSource.CONVERSATIONS, List.of());
        ActiveConversationsWalk poll = conversations.poll();
        Exception refused = new InvalidRequestException(400, "");

        assertThat(poll.askDifferently(refused)).isTrue();
        assertThat(poll.next().query()).isEmpty();
        assertThat(conversations.poll().next().query()).isEqualTo("pageSize=100");
        poll.accept(quoted("{'entities':[{'id':'a'}],'pageCount':2}"));

        assertThat(poll.next().query()).isEqualTo("pageNumber=2");
        assertThat(poll.askDifferently(refused)).isFalse();
        assertThat(conversations.poll().next().query()).isEmpty();
    }

    @Test
    void what_is_refused_for_another_reason_stands() {
        assertThat(conversations(PollSource.CONVERSATIONS, List.of())
                        .poll()
                        .askDifferently(new InvalidRequestException(404, "")))
                .isFalse();
        assertThat(conversations(PollSource.ANALYTICS, List.of())
                        .poll()
                        .askDifferently(new InvalidRequestException(400, "")))
                .isFalse();
    }

    @Test
    void without_auto_a_missing_user_is_a_failure() {
        assertThat(conversations(PollSource.CONVERSATIONS, List.of()).poll().askDifferently(NO_USER))
                .isFalse();
    }

    @Test
    void a_conversation_is_read_once_a_poll() {
        ActiveConversationsWalk poll =
                conversations(PollSource.CONVERSATIONS, List.of()).poll();
        JsonNode call = json("genesys/conversation-voice.json");

        assertThat(poll.read(call)).isPresent();
        assertThat(poll.read(call)).isEmpty();
    }

    @Test
    void other_media_and_what_has_ended_are_left_out() {
        ActiveConversationsWalk poll =
                conversations(PollSource.CONVERSATIONS, List.of("voice")).poll();

        assertThat(poll.read(json("genesys/conversation-message.json"))).isEmpty();
        assertThat(poll.read(json("genesys/conversation-voice.json").put("endTime", "2026-11-20T11:00:00Z")))
                .isEmpty();
    }

    @Test
    void too_many_results_halve_the_interval_and_too_large_an_answer_the_page() {
        ActiveConversationsWalk poll =
                conversations(PollSource.ANALYTICS, List.of()).poll();

        assertThat(poll.askDifferently(new TooManyResultsException(400, ""))).isTrue();
        assertThat(poll.askDifferently(new AnswerTooLargeException(400, ""))).isTrue();
        assertThat(poll.askDifferently(new AccessDeniedException(403, ""))).isFalse();

        JsonNode body = parse(poll.next().body());
        assertThat(body.path("interval").asText()).isEqualTo("2026-11-20T00:00:00.000Z/2026-11-20T12:00:00.000Z");
        assertThat(body.at("/paging/pageSize").asInt()).isEqualTo(50);
    }

    @Test
    void a_long_lookback_is_asked_in_pieces() {
        PollSettings settings =
                new PollSettings(PollSource.ANALYTICS, List.of(), Duration.ofDays(3), 100, 100, 1, Duration.ofHours(1));
        ActiveConversationsWalk poll =
                new ActiveConversations(settings, Dialect.PLATFORM, new LookBack(Duration.ofDays(1)), NOON).poll();

        poll.accept(NONE_OPEN);

        assertThat(parse(poll.next().body()).path("interval").asText())
                .isEqualTo("2026-11-18T12:00:00.000Z/2026-11-19T12:00:00.000Z");
    }

    @Test
    void a_month_is_requested_at_once() {
        ActiveConversationsWalk poll = month(new LookBack(Duration.ofDays(31)));

        assertThat(interval(poll)).isEqualTo("2026-10-20T12:00:00.000Z/2026-11-20T12:00:00.000Z");
        poll.accept(NONE_OPEN);
        assertThat(poll.hasNext()).isFalse();
    }

    @Test
    void a_server_that_takes_a_week_is_discovered_once_and_queried_for_five() {
        LookBack lookBack = new LookBack(Duration.ofDays(31));
        try (LogCapture log = LogCapture.of(LookBack.class)) {
            assertThat(requests(month(lookBack), Duration.ofDays(7))).isEqualTo(3 + 5);
            assertThat(requests(month(lookBack), Duration.ofDays(7))).isEqualTo(5);

            assertThat(log.messages()).singleElement().asString().contains("intervals of at most 7d");
        }
    }

    @Test
    void short_intervals_cut_the_look_back_instead_of_costing_a_request_each() {
        LookBack lookBack = new LookBack(Duration.ofDays(1));
        try (LogCapture log = LogCapture.of(LookBack.class)) {
            assertThat(requests(month(lookBack), Duration.ofDays(31))).isEqualTo(LookBack.MOST_PIECES);
            assertThat(requests(month(lookBack), Duration.ofDays(31))).isEqualTo(LookBack.MOST_PIECES);

            assertThat(log.messages()).singleElement().asString().contains("poll.lookback=31d is reduced to 5d");
        }
    }

    private static ActiveConversationsWalk month(LookBack lookBack) {
        PollSettings settings = new PollSettings(
                PollSource.ANALYTICS, List.of(), Duration.ofDays(31), 100, 100, 1, Duration.ofHours(1));
        return new ActiveConversations(settings, Dialect.PLATFORM, lookBack, NOON).poll();
    }

    /** Plays a poll against a server that takes intervals of some length. */
    private static int requests(ActiveConversationsWalk poll, Duration longest) {
        int requests = 0;
        while (poll.hasNext()) {
            String[] ends = interval(poll).split("/", 2);
            requests++;
            if (Duration.between(Instant.parse(ends[0]), Instant.parse(ends[1])).compareTo(longest) > 0) {
                assertThat(poll.askDifferently(new IntervalTooLongException(400, "")))
                        .isTrue();
            } else {
                poll.accept(NONE_OPEN);
            }
        }
        return requests;
    }

    private static String interval(ActiveConversationsWalk poll) {
        return parse(poll.next().body()).path("interval").asText();
    }

    @Test
    void the_tutorial_dialect_asks_as_printed() {
        PollSettings settings = new PollSettings(
                PollSource.AUTO, List.of("voice"), Duration.ofDays(1), 100, 100, 1, Duration.ofHours(1));
        ActiveConversationsWalk poll =
                new ActiveConversations(settings, Dialect.TUTORIAL, new LookBack(Duration.ofDays(1)), NOON).poll();

        assertThat(poll.next().query()).isEqualTo("type=voice&pageSize=100");
        poll.accept(quoted("{'entities':[{}],'pageCount':2}"));
        assertThat(poll.next().query()).isEqualTo("type=voice&pageSize=100&pageNumber=2");
        assertThat(poll.askDifferently(new AnswerTooLargeException(413, ""))).isTrue();
        assertThat(poll.next().query()).isEqualTo("type=voice&pageSize=50");
    }

    private static ActiveConversations conversations(PollSource source, List<String> media) {
        PollSettings settings = new PollSettings(source, media, Duration.ofDays(1), 100, 100, 1, Duration.ofHours(1));
        return new ActiveConversations(settings, Dialect.PLATFORM, new LookBack(Duration.ofDays(1)), NOON);
    }
}
