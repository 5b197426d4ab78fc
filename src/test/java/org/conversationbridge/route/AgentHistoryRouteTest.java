// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.route;

import static org.assertj.core.api.Assertions.assertThat;
import static org.conversationbridge.Fixtures.AGENT_BLUE;
import static org.conversationbridge.Fixtures.AGENT_GREEN;
import static org.conversationbridge.Fixtures.json;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.apache.camel.spi.Registry;
import org.conversationbridge.Changes;
import org.conversationbridge.change.AgentsWanted;
import org.conversationbridge.change.ChangePage;
import org.conversationbridge.genesys.GenesysRequest;
import org.conversationbridge.history.AgentHistories;
import org.conversationbridge.history.AgentHistory;
import org.conversationbridge.history.HistoryStatus;
import org.conversationbridge.history.HistoryUnavailableException;
import org.conversationbridge.settings.Settings;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class AgentHistoryRouteTest extends RouteTest {
    private final List<GenesysRequest> requests = new ArrayList<>();
    private Exception failure;

    @Override
    protected String file() {
        return "40-agent-history";
    }

    @Override
    protected void bind(Registry registry) {
        Settings settings = read();
        registry.bind(
                "histories",
                histories(new AgentHistories(Duration.ofSeconds(60), Duration.ofSeconds(30), clock), settings));
        registry.bind("genesysReply", new GenesysReply());
        registry.bind("historyBreaker", HistoryBreaker.create(Duration.ofSeconds(30), clock));
    }

    @BeforeEach
    void start() throws Exception {
        called("call-genesys", exchange -> {
            requests.add(exchange.getMessage().getBody(GenesysRequest.class));
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

    private AgentHistory history(AgentsWanted wanted) {
        return template.requestBody("direct:agent-history", wanted, AgentHistory.class);
    }
}
