// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.route;

import static org.assertj.core.api.Assertions.assertThat;
import static org.conversationbridge.Fixtures.AGENT_BLUE;
import static org.conversationbridge.Fixtures.AGENT_GREEN;
import static org.conversationbridge.Fixtures.json;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.camel.Exchange;
import org.apache.camel.spi.Registry;
import org.conversationbridge.Changes;
import org.conversationbridge.LogCapture;
import org.conversationbridge.change.AgentsWanted;
import org.conversationbridge.change.ChangePage;
import org.conversationbridge.change.ConversationChange;
import org.conversationbridge.genesys.GenesysRequest;
import org.conversationbridge.genesys.failure.GenesysException;
import org.conversationbridge.genesys.failure.InvalidRequestException;
import org.conversationbridge.genesys.failure.Refusals;
import org.conversationbridge.history.AgentHistories;
import org.conversationbridge.history.AgentHistory;
import org.conversationbridge.history.HistoryStatus;
import org.conversationbridge.history.HistoryUnavailableException;
import org.conversationbridge.route.enrichment.Histories;
import org.conversationbridge.route.enrichment.HistoryEnquiry;
import org.conversationbridge.route.enrichment.PageHistories;
import org.conversationbridge.settings.Settings;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AgentHistoryRouteTest extends RouteTest {
    private final List<GenesysRequest> requests = new ArrayList<>();
    private Exception failure;
    private Set<String> refused = Set.of();
    private int refusal = 400;
    private AgentHistories known;

    @Override
    protected String file() {
        return "40-agent-history";
    }

    @Override
    protected List<String> calledFiles() {
        return List.of("46-ask-next", "47-call-for-enquiry", "48-spare-analytics");
    }

    @Override
    protected void bind(Registry registry) {
        Settings settings = read();
        known = new AgentHistories(Duration.ofSeconds(60), Duration.ofSeconds(30), clock);
        registry.bind("histories", histories(known, settings));
    }

    @BeforeEach
    void start() throws Exception {
        called("call-genesys", exchange -> {
            requests.add(exchange.getMessage().getBody(GenesysRequest.class));
            String body = String.valueOf(
                    exchange.getMessage().getBody(GenesysRequest.class).body());
            if (refused.stream().anyMatch(agent -> body.contains("\"" + agent + "\""))) {
                throw Refusals.of(exchange.getMessage().getBody(GenesysRequest.class), refusal);
            }
            if (failure != null) {
                throw failure;
            }
            exchange.getMessage().setBody(json("genesys/details-query-answer.json"));
        });
        context.start();
    }

    @Test
    void one_query_for_a_page_makes_each_conversation_a_look_up() {
        history(new ChangePage(
                "poll",
                0,
                List.of(
                        Changes.connected("1", AGENT_BLUE, clock.instant()),
                        Changes.connected("2", AGENT_GREEN, clock.instant()))));
        assertThat(requests).hasSize(1);

        AgentHistory history = history(Changes.connected("1", AGENT_BLUE, clock.instant()));

        assertThat(history.conversations()).hasSize(1);
        assertThat(requests).hasSize(1);
    }

    @Test
    void what_was_found_for_a_page_is_given_however_soon_the_cache_forgets_it() {
        ChangePage page = new ChangePage(
                "poll",
                0,
                List.of(
                        Changes.connected("1", AGENT_BLUE, clock.instant()),
                        Changes.connected("2", AGENT_GREEN, clock.instant())));
        PageHistories carried = bean("histories", Histories.class).ofPage(lookedUp(page, null));
        assertThat(requests).hasSize(1);
        assertThat(carried.byAgent()).containsOnlyKeys(AGENT_BLUE, AGENT_GREEN);

        clock.advance(Duration.ofMinutes(10));
        assertThat(known.missing(page.agentUserIds())).hasSize(2);
        HistoryEnquiry lookup = lookedUp(page.changes().get(1), carried);

        assertThat(lookup.given()).containsOnlyKeys(AGENT_GREEN);
        assertThat(requests).as("requests of the page alone").hasSize(1);
    }

    private HistoryEnquiry lookedUp(AgentsWanted wanted, @Nullable PageHistories carried) {
        Exchange done = template.request("direct:agent-history", exchange -> {
            exchange.setVariable("pageHistories", carried);
            exchange.getMessage().setBody(wanted);
        });
        assertThat(done.getException()).isNull();
        assertThat(done.getMessage().getBody(AgentHistory.class).status()).isNotEqualTo(HistoryStatus.UNAVAILABLE);
        return done.getVariable("historyLookup", HistoryEnquiry.class);
    }

    @Test
    void after_some_failures_analytics_is_left_alone_and_then_asked_again() {
        failure = new IllegalStateException("503");
        for (String agent : List.of("a1", "a2", "a3", "a4", "a5", "a6")) {
            assertThat(failureOf("direct:agent-history", Changes.connected("c", agent, clock.instant())))
                    .isNotNull();
        }
        assertThat(requests).hasSize(4);
        assertThat(failureOf("direct:agent-history", Changes.connected("c", "a7", clock.instant())))
                .hasMessageContaining("requests to it are paused");

        clock.advance(Duration.ofSeconds(31));
        failure = null;
        history(Changes.connected("1", AGENT_BLUE, clock.instant()));
        history(Changes.connected("2", AGENT_GREEN, clock.instant()));

        assertThat(requests).hasSize(6);
    }

    @Test
    void a_miss_asks_for_that_agent_alone() {
        assertThat(history(Changes.connected("1", AGENT_BLUE, clock.instant())).status())
                .isEqualTo(HistoryStatus.COMPLETE);

        assertThat(requests)
                .singleElement()
                .satisfies(request ->
                        assertThat(request.body()).contains(AGENT_BLUE).doesNotContain(AGENT_GREEN));
    }

    @Test
    void without_an_agent_there_is_no_history() {
        assertThat(history(Changes.queued("1", clock.instant())).status()).isEqualTo(HistoryStatus.NONE);
        assertThat(requests).isEmpty();
    }

    @Test
    void a_failure_is_logged_and_not_repeated_for_a_while() {
        failure = new IllegalStateException("503");
        AgentsWanted wanted = Changes.connected("1", AGENT_BLUE, clock.instant());

        assertThat(failureOf("direct:agent-history", wanted)).hasMessage("503");
        assertThat(failureOf("direct:agent-history", wanted)).isInstanceOf(HistoryUnavailableException.class);
        assertThat(requests).hasSize(1);

        failure = null;
        clock.advance(Duration.ofSeconds(31));
        assertThat(history(wanted).status()).isEqualTo(HistoryStatus.COMPLETE);
    }

    @Test
    void one_agent_who_is_refused_is_set_apart_and_the_others_get_their_history() {
        List<String> agents = IntStream.range(0, 50).mapToObj(i -> "agent-" + i).toList();
        refused = Set.of("agent-31");
        try (LogCapture log = LogCapture.of(Histories.class)) {
            history((AgentsWanted) () -> agents);

            assertThat(requests).hasSizeLessThanOrEqualTo(13);
            assertThat(log.messages()).singleElement().asString().contains("userId=agent-31 refused", "400");
            assertThat(agents)
                    .allSatisfy(
                            agent -> assertThat(known.known(agent).isPresent()).isEqualTo(!agent.equals("agent-31")));

            // The next query for all again: the one who was refused is left alone, and then requested alone.
            for (int minutes : List.of(1, 2, 4, 5, 5)) {
                clock.advance(Duration.ofMinutes(minutes).minusSeconds(1));
                requests.clear();
                history((AgentsWanted) () -> agents);
                assertThat(requests).hasSizeLessThanOrEqualTo(1).noneMatch(AgentHistoryRouteTest::isForRefused);

                clock.advance(Duration.ofSeconds(1));
                requests.clear();
                history(new ChangePage(
                        "poll", 0, List.of(changeOf("agent-31"), changeOf("another-" + minutes + now()))));
                assertThat(requests)
                        .hasSize(2)
                        .filteredOn(AgentHistoryRouteTest::isForRefused)
                        .hasSize(1);
            }
            assertThat(log.messages()).hasSize(1);

            refused = Set.of();
            clock.advance(Duration.ofMinutes(5));
            assertThat(history(changeOf("agent-31")).status()).isEqualTo(HistoryStatus.COMPLETE);
            assertThat(known.isAlone("agent-31")).isFalse();
        }
    }

    @ParameterizedTest
    @CsvSource({"400,true", "404,true", "413,true", "414,true", "403,false", "409,false", "500,false", "503,false"})
    void only_what_can_be_for_the_sake_of_one_agent_is_asked_of_the_halves(int status, boolean isHalved) {
        List<String> agents = IntStream.range(0, 50).mapToObj(i -> "agent-" + i).toList();
        refused = Set.of("agent-0", "agent-1");
        refusal = status;

        if (isHalved) {
            history((AgentsWanted) () -> agents);
        } else {
            assertThat(failureOf("direct:agent-history", (AgentsWanted) () -> agents))
                    .isInstanceOf(GenesysException.class);
        }

        assertThat(requests.size() > 1).isEqualTo(isHalved);
        assertThat(agents.stream().filter(known::isAlone)).hasSize(isHalved ? 2 : 0);
        assertThat(agents.stream().filter(agent -> known.known(agent).isPresent()))
                .hasSize(isHalved ? 48 : 0);
    }

    @Test
    void a_refusal_of_every_query_is_not_about_an_agent() {
        List<String> agents = IntStream.range(0, 50).mapToObj(i -> "agent-" + i).toList();
        refused = Set.copyOf(agents);

        assertThat(failureOf("direct:agent-history", (AgentsWanted) () -> agents))
                .isInstanceOf(InvalidRequestException.class);

        assertThat(requests).hasSize(15);
        assertThat(agents).noneMatch(known::isAlone);
        assertThat(known.missing(agents)).isEmpty();
    }

    @Test
    void very_many_who_are_refused_are_left_to_later_look_ups() {
        List<String> agents =
                IntStream.range(0, 200).mapToObj(i -> "agent-" + i).toList();
        refused = IntStream.range(0, 40).mapToObj(i -> "agent-" + i * 5).collect(Collectors.toSet());
        for (int lookUp = 0; lookUp < 10; lookUp++) {
            requests.clear();
            history((AgentsWanted) () -> agents);
            assertThat(requests).hasSizeLessThanOrEqualTo(120);
            clock.advance(Duration.ofSeconds(45));
        }
        assertThat(agents).allSatisfy(agent -> assertThat(known.isAlone(agent)).isEqualTo(refused.contains(agent)));
    }

    private long now() {
        return clock.instant().getEpochSecond();
    }

    private ConversationChange changeOf(String agent) {
        return Changes.connected("c-" + agent, agent, clock.instant());
    }

    private static boolean isForRefused(GenesysRequest request) {
        return String.valueOf(request.body()).contains("\"agent-31\"");
    }

    private AgentHistory history(AgentsWanted wanted) {
        return template.requestBody("direct:agent-history", wanted, AgentHistory.class);
    }
}
