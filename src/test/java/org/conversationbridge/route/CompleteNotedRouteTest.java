// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.route;

import static org.assertj.core.api.Assertions.assertThat;
import static org.conversationbridge.Fixtures.AGENT_BLUE;
import static org.conversationbridge.Fixtures.AGENT_GREEN;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.camel.Exchange;
import org.apache.camel.component.mock.MockEndpoint;
import org.apache.camel.spi.Registry;
import org.conversationbridge.Changes;
import org.conversationbridge.Fixtures;
import org.conversationbridge.bridge.Json;
import org.conversationbridge.broker.OldestMessages;
import org.conversationbridge.broker.WaitingMessages;
import org.conversationbridge.change.AgentsWanted;
import org.conversationbridge.change.ChangePage;
import org.conversationbridge.change.ConversationChange;
import org.conversationbridge.checkpoint.Checkpoint;
import org.conversationbridge.history.AgentHistories;
import org.conversationbridge.history.AgentHistory;
import org.conversationbridge.history.HistoryStatus;
import org.conversationbridge.route.enrichment.MissingHistories;
import org.conversationbridge.settings.Settings;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class CompleteNotedRouteTest extends RouteTest {
    private final Map<String, String> notes = new LinkedHashMap<>();
    private final List<List<String>> asked = new ArrayList<>();
    private final AgentHistories histories = new AgentHistories(Duration.ofSeconds(60), Duration.ofSeconds(30), clock);
    private final Checkpoint checkpoint = Checkpoint.first(Fixtures.ENDING, Fixtures.REMEMBERED);
    private MockEndpoint announced;
    private boolean isKnown = true;

    @Override
    protected String file() {
        return "42-complete-noted";
    }

    @Override
    protected List<String> calledFiles() {
        return List.of("41-complete-histories", "43-load-noted-histories");
    }

    @Override
    protected Map<String, String> settings() {
        return Map.of("history.agents-per-query", "1");
    }

    @Override
    protected void bind(Registry registry) {
        Settings settings = read();
        registry.bind(
                "missingHistories",
                new MissingHistories(
                        new Notes(), histories, settings.history(), settings.poll(), clock, Json.mapper()));
        registry.bind("backlog", new Delivered());
        registry.bind("checkpoint", new Store());
    }

    @BeforeEach
    void start() throws Exception {
        announced = replace("send-histories-to-announce-changes");
        announced.whenAnyExchangeReceived(exchange -> pages(exchange).forEach(checkpoint::announce));
        called("agent-history", exchange -> {
            List<String> agents =
                    exchange.getMessage().getBody(AgentsWanted.class).agentUserIds();
            asked.add(agents);
            if (!isKnown) {
                throw new IllegalStateException("no answer");
            }
            agents.forEach(agent -> histories.found(
                    Map.of(agent, new AgentHistory(HistoryStatus.COMPLETE, clock.instant(), null, null, List.of()))));
        });
        context.start();
    }

    @Test
    void what_is_known_now_is_announced_once_with_the_next_sequence_and_its_history() throws Exception {
        note(Changes.connected("1", AGENT_BLUE, clock.instant()));
        note(Changes.connected("2", AGENT_GREEN, clock.instant()));
        clock.advance(Duration.ofSeconds(15));

        look();

        assertThat(asked).containsExactly(List.of(AGENT_BLUE), List.of(AGENT_GREEN));
        assertThat(changes()).hasSize(2).allSatisfy(change -> {
            assertThat(change.eventType()).isEqualTo("conversation.updated");
            assertThat(change.sequence()).isEqualTo(2);
            assertThat(change.observedAt()).isEqualTo(clock.instant());
            assertThat(change.history()).isNotNull();
            assertThat(change.agentUserIds()).isEmpty();
        });
        assertThat(notes).isEmpty();
    }

    @Test
    void what_was_announced_but_not_taken_is_not_announced_twice() throws Exception {
        note(Changes.connected("1", AGENT_BLUE, clock.instant()));
        Map<String, String> kept = Map.copyOf(notes);
        look();
        notes.putAll(kept);

        look();

        assertThat(changes()).hasSize(1);
        assertThat(notes).isEmpty();
    }

    @Test
    void what_is_unknown_stays_noted_and_a_failure_ends_the_queries() throws Exception {
        isKnown = false;
        note(Changes.connected("1", AGENT_BLUE, clock.instant()));
        note(Changes.connected("2", AGENT_GREEN, clock.instant()));

        look();

        assertThat(asked).hasSize(1);
        assertThat(changes()).isEmpty();
        assertThat(notes).hasSize(2);
    }

    @Test
    void what_was_unavailable_a_moment_ago_is_not_requested() throws Exception {
        histories.unavailable(List.of(AGENT_BLUE), new IllegalStateException("503"));
        note(Changes.connected("1", AGENT_BLUE, clock.instant()));

        look();
        assertThat(asked).isEmpty();
        clock.advance(Duration.ofSeconds(6));
        look();

        assertThat(asked).hasSize(1);
        assertThat(changes()).hasSize(1);
    }

    @Test
    void what_has_moved_on_has_ended_or_is_unknown_is_dropped() throws Exception {
        ConversationChange change = Changes.connected("1", AGENT_BLUE, clock.instant());
        note(change);
        checkpoint.announce(
                page(new ConversationChange("conversation.updated", 2, clock.instant(), change.conversation())));
        notes.put(
                "of another checkpoint",
                Json.mapper().writeValueAsString(Changes.connected("2", AGENT_GREEN, clock.instant())));

        look();

        assertThat(asked).isEmpty();
        assertThat(changes()).isEmpty();
        assertThat(notes).isEmpty();
    }

    @Test
    void where_no_poll_runs_the_checkpoint_is_read() throws Exception {
        note(Changes.connected("1", AGENT_BLUE, clock.instant()));

        template.send("direct:complete-histories", exchange -> {});

        assertThat(changes()).hasSize(1);
    }

    @Test
    void where_nothing_is_noted_nothing_is_read() throws Exception {
        assertThat(template.send("direct:complete-histories", exchange -> {}).getException())
                .isNull();
        assertThat(asked).isEmpty();
    }

    /** Everything is delivered. */
    public static final class Delivered {
        /** Says nothing. */
        public void checkDelivered() {}
    }

    /** Has the checkpoint. */
    public final class Store {
        /** As it is. */
        public Checkpoint read() {
            return checkpoint;
        }
    }

    /** The queue. */
    private final class Notes implements WaitingMessages {
        @Override
        public void show(OldestMessages.Visitor visitor) {
            for (Map.Entry<String, String> note : List.copyOf(notes.entrySet())) {
                if (!visitor.sees(note.getKey(), note.getValue())) {
                    return;
                }
            }
        }

        @Override
        public void take(Collection<String> messageIds) {
            notes.keySet().removeAll(messageIds);
        }
    }

    private void note(ConversationChange change) throws Exception {
        checkpoint.announce(page(change));
        notes.put("note-" + notes.size(), Json.mapper().writeValueAsString(change));
    }

    private static ChangePage page(ConversationChange change) {
        return new ChangePage("poll", 0, List.of(change));
    }

    private void look() throws Exception {
        Exception failure = template.send(
                        "direct:complete-histories", exchange -> exchange.setVariable("checkpoint", checkpoint))
                .getException();
        assertThat(failure).isNull();
    }

    private List<ConversationChange> changes() {
        return announced.getReceivedExchanges().stream()
                .flatMap(exchange -> pages(exchange).stream())
                .flatMap(page -> page.changes().stream())
                .toList();
    }

    private static List<ChangePage> pages(Exchange exchange) {
        List<?> pages = exchange.getMessage().getBody(List.class);
        return pages.stream().map(ChangePage.class::cast).toList();
    }
}
