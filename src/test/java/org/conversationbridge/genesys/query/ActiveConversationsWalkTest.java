// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.genesys.query;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import org.conversationbridge.Fixtures;
import org.conversationbridge.genesys.GenesysRequest;
import org.conversationbridge.genesys.failure.AnswerTooLargeException;
import org.conversationbridge.genesys.failure.GenesysException;
import org.conversationbridge.genesys.failure.InvalidRequestException;
import org.conversationbridge.settings.Dialect;
import org.conversationbridge.settings.PollSettings;
import org.conversationbridge.settings.PollSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Polls of a server that pages: every conversation once, or the poll says what is missing. */
class ActiveConversationsWalkTest {
    private static final Clock NOON = Clock.fixed(Instant.parse("2026-11-20T12:00:00Z"), ZoneOffset.UTC);
    private static final int MANY = 1_000;

    private final Set<String> found = new TreeSet<>();
    private int announced;

    @ParameterizedTest
    @CsvSource({"25,1000", "50,1000", "100,1000", "200,1000", "25,25", "50,50", "200,200", "25,50", "25,10", "200,33"})
    void a_listing_of_1000_is_read_whatever_the_pages_of_the_server(int defaultSize, int largest) {
        PagingServer server = new PagingServer(MANY, defaultSize, largest);

        ActiveConversationsWalk poll = walk(PollSource.CONVERSATIONS, server);

        assertAllOnce(poll);
        assertThat(server.requests())
                .hasSize((MANY + Math.min(100, largest) - 1) / Math.min(100, largest))
                .allSatisfy(request -> assertThat(request.query()).startsWith("pageSize=100"));
    }

    @ParameterizedTest
    @CsvSource({"25,1000", "50,1000", "100,1000", "200,1000", "25,25", "25,50", "25,10", "200,33"})
    void so_is_a_details_query(int defaultSize, int largest) {
        assertAllOnce(walk(PollSource.ANALYTICS, new PagingServer(MANY, defaultSize, largest)));
    }

    @ParameterizedTest
    @CsvSource({"25", "50", "100", "200"})
    void a_listing_that_ignores_the_size_is_read_in_its_own(int size) {
        PagingServer server = new PagingServer(MANY, size, 1_000);

        ActiveConversationsWalk poll =
                walk(PollSource.CONVERSATIONS, request -> server.answer(without(request, "pageSize")));

        assertAllOnce(poll);
    }

    @ParameterizedTest
    @CsvSource({"25", "50", "100", "200"})
    void a_listing_that_refuses_the_size_is_read_in_its_own(int size) {
        PagingServer server = new PagingServer(MANY, size, 1_000);

        ActiveConversationsWalk poll = walk(PollSource.CONVERSATIONS, request -> {
            if (request.query().contains("pageSize")) {
                throw new InvalidRequestException(400, "pageSize is not known");
            }
            return server.answer(request);
        });

        assertAllOnce(poll);
    }

    @ParameterizedTest
    @CsvSource({"pageSize", "pageCount", "total", "pageNumber"})
    void one_count_that_is_missing_does_no_harm(String field) {
        PagingServer server = new PagingServer(MANY, 25, 50);

        assertAllOnce(walk(PollSource.CONVERSATIONS, request ->
                (ObjectNode) server.answer(request).without(field)));
    }

    @Test
    void a_total_that_is_too_low_ends_nothing() {
        PagingServer server = new PagingServer(MANY, 25, 50);

        assertAllOnce(walk(
                PollSource.CONVERSATIONS,
                request -> ((ObjectNode) server.answer(request).without("pageCount")).put("total", 10)));
    }

    @Test
    void rows_without_an_id_are_no_shortfall() {
        ActiveConversationsWalk poll = poll(PollSource.CONVERSATIONS);

        poll.accept(Fixtures.quoted("{'entities':[null,null,{},{}],'total':4,'pageCount':1}"));

        assertThat(poll.hasNext()).isFalse();
        assertThat(poll.shortfall()).isEmpty();
    }

    @Test
    void without_any_count_full_pages_go_on_to_the_first_short_one() {
        PagingServer server = new PagingServer(MANY - 1, 25, 1_000);

        walk(PollSource.CONVERSATIONS, request ->
                (ObjectNode) server.answer(request).without(List.of("pageSize", "pageCount", "total")));

        assertThat(found).hasSize(MANY - 1);
    }

    @ParameterizedTest
    @EnumSource(names = {"CONVERSATIONS", "ANALYTICS"})
    void pages_that_are_too_large_in_the_middle_are_all_read_again_in_half_the_size(PollSource source) {
        PagingServer server = new PagingServer(MANY, 25, 1_000);

        ActiveConversationsWalk poll = walk(source, request -> {
            String asked = request.query() + request.body();
            if (asked.matches(".*pageSize\\W+100\\W+pageNumber\\W+4\\D*")) {
                throw new AnswerTooLargeException(413, "");
            }
            return server.answer(request);
        });

        assertAllOnce(poll);
    }

    @ParameterizedTest
    @EnumSource(names = {"CONVERSATIONS", "ANALYTICS"})
    void a_server_that_repeats_its_first_page_is_left_after_the_second(PollSource source) {
        PagingServer server = new PagingServer(MANY, 25, 1_000);

        ActiveConversationsWalk poll = walk(source, request -> server.answer(without(request, "pageNumber")));

        assertThat(found).hasSize(100);
        assertThat(server.requests()).hasSize(2);
        assertThat(poll.shortfall()).hasValueSatisfying(why -> assertThat(why).contains("100 of 1000 read"));
    }

    @ParameterizedTest
    @EnumSource(names = {"CONVERSATIONS", "ANALYTICS"})
    void conversations_that_end_and_begin_meanwhile_are_no_shortfall(PollSource source) {
        PagingServer server = new PagingServer(MANY, 25, 1_000);
        Set<String> always = new TreeSet<>(server.ids().subList(20, MANY));

        ActiveConversationsWalk poll = walk(source, request -> {
            ObjectNode answer = server.answer(request);
            if (server.requests().size() <= 20) {
                server.ids().remove(0);
                server.ids().add("new-" + server.requests().size());
            }
            return answer;
        });

        assertThat(poll.shortfall()).isEmpty();
        assertThat(found.stream().filter(always::contains)).hasSizeGreaterThan(always.size() - 20);
    }

    @Test
    void rows_that_come_twice_are_announced_once() {
        PagingServer server = new PagingServer(MANY, 25, 1_000);

        ActiveConversationsWalk poll = walk(PollSource.CONVERSATIONS, request -> {
            ObjectNode answer = server.answer(request);
            if (server.requests().size() == 3) {
                server.ids().add(0, "new");
            }
            return answer;
        });

        assertThat(announced).isEqualTo(MANY);
        assertThat(poll.shortfall()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"nothing", "total", "pageCount"})
    void a_page_that_is_empty_once_is_read_again(String missing) {
        PagingServer server = new PagingServer(MANY, 25, 1_000);

        ActiveConversationsWalk poll = walk(PollSource.CONVERSATIONS, request -> {
            ObjectNode answer = server.answer(request);
            if (server.requests().size() == 4) {
                answer.putArray("entities");
            }
            return (ObjectNode) answer.without(missing);
        });

        assertAllOnce(poll);
    }

    @ParameterizedTest
    @EnumSource(names = {"CONVERSATIONS", "ANALYTICS"})
    void a_total_that_is_never_reached_is_a_shortfall(PollSource source) {
        PagingServer server = new PagingServer(MANY, 25, 1_000);

        ActiveConversationsWalk poll = walk(source, request -> overstated(server.answer(request)));

        assertThat(found).hasSize(MANY);
        assertThat(poll.shortfall()).hasValueSatisfying(why -> assertThat(why).startsWith("1000 of 2000 read"));
        assertThat(server.requests()).hasSizeLessThanOrEqualTo(22);
    }

    @Test
    void a_poll_that_reads_once_spares_the_second_reading() {
        PagingServer server = new PagingServer(MANY, 25, 1_000);
        ActiveConversationsWalk poll = poll(PollSource.CONVERSATIONS);
        poll.readOnce();

        walk(poll, request -> overstated(server.answer(request)));

        assertThat(poll.shortfall()).isPresent();
        assertThat(server.requests()).hasSize(11);
    }

    private static ObjectNode overstated(ObjectNode answer) {
        String field = answer.has("total") ? "total" : "totalHits";
        return answer.put(field, answer.path(field).asInt() + MANY);
    }

    private void assertAllOnce(ActiveConversationsWalk poll) {
        assertThat(found).hasSize(MANY);
        assertThat(announced).isEqualTo(MANY);
        assertThat(poll.shortfall()).isEmpty();
    }

    private ActiveConversationsWalk walk(PollSource source, PagingServer server) {
        return walk(source, server::answer);
    }

    private ActiveConversationsWalk walk(PollSource source, Answers answers) {
        return walk(poll(source), answers);
    }

    private ActiveConversationsWalk walk(ActiveConversationsWalk poll, Answers answers) {
        while (poll.hasNext()) {
            try {
                List<JsonNode> rows = poll.accept(answers.apply(poll.next()));
                rows.forEach(row -> poll.read(row).ifPresent(read -> {
                    found.add(read.conversationId());
                    announced++;
                }));
            } catch (GenesysException failure) {
                assertThat(poll.askDifferently(failure)).isTrue();
            }
        }
        return poll;
    }

    private static ActiveConversationsWalk poll(PollSource source) {
        PollSettings settings =
                new PollSettings(source, List.of(), Duration.ofDays(1), 100, 100, 1, Duration.ofHours(1));
        return new ActiveConversations(settings, Dialect.PLATFORM, new LookBack(Duration.ofDays(1)), NOON).poll();
    }

    private static GenesysRequest without(GenesysRequest request, String parameter) {
        UnaryOperator<String> cut = text -> text.replaceAll("\"?" + parameter + "\"?[=:]\\d+,?", "");
        return new GenesysRequest(
                request.operation(),
                request.method(),
                request.path(),
                cut.apply(request.query()),
                cut.apply(request.body()));
    }

    /** What the server answers. */
    private interface Answers {
        ObjectNode apply(GenesysRequest request);
    }
}
