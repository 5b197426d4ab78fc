// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.route;

import static org.assertj.core.api.Assertions.assertThat;
import static org.conversationbridge.Fixtures.AGENT_BLUE;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.camel.Message;
import org.apache.camel.component.mock.MockEndpoint;
import org.apache.camel.spi.Registry;
import org.conversationbridge.Changes;
import org.conversationbridge.Fixtures;
import org.conversationbridge.TestNames;
import org.conversationbridge.bridge.Json;
import org.conversationbridge.change.ChangePage;
import org.conversationbridge.change.ConversationChange;
import org.conversationbridge.change.Observed;
import org.conversationbridge.completion.Completion;
import org.conversationbridge.conversation.Conversation;
import org.conversationbridge.conversation.State;
import org.conversationbridge.delivery.MessageComposer;
import org.conversationbridge.route.delivery.CurrentOutcomes;
import org.conversationbridge.route.delivery.Delivery;
import org.conversationbridge.route.delivery.PageTally;
import org.conversationbridge.settings.DeliverySettings;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ReplaceCurrentRouteTest extends RouteTest {
    private final ConversationChange live = Changes.connected("c-1", AGENT_BLUE, clock.instant());
    private MockEndpoint replaced;
    private MockEndpoint expiring;

    @Override
    protected String file() {
        return "38-replace-current";
    }

    @Override
    protected void bind(Registry registry) {
        DeliverySettings settings = new DeliverySettings(Map.of(), Fixtures.CLOUD_EVENTS, Duration.ofSeconds(30));
        registry.bind(
                "delivery",
                new Delivery(
                        new MessageComposer(settings, 5, TestNames.off(clock), clock),
                        polls,
                        new CurrentOutcomes(),
                        Json.mapper()));
    }

    @BeforeEach
    void replaceSteps() throws Exception {
        replaced = replace("replace-live");
        expiring = replace("expire-current");
        context.start();
    }

    @Test
    void what_is_live_has_a_key_and_no_message_group_that_would_tie_it_to_one_reader() throws Exception {
        replaced.expectedMessageCount(1);
        expiring.expectedMessageCount(0);

        assertThat(failureOf(live)).isNull();

        MockEndpoint.assertIsSatisfied(context);
        Message message = replaced.getReceivedExchanges().get(0).getMessage();
        assertThat(message.getHeaders()).containsOnlyKeys("_AMQ_LVQ_NAME", "JMSType", "sequence");
        assertThat(message.getHeader("_AMQ_LVQ_NAME")).isEqualTo("c-1");
        assertThat(message.getBody()).isEqualTo("{}");
    }

    @Test
    void what_came_here_is_not_left_out() throws Exception {
        PageTally tally = new PageTally(new ChangePage("poll", 0, List.of(live)));
        assertThat(tally.outcome(live)).isEqualTo(CurrentOutcomes.Outcome.LEFT_OUT);

        template.request("direct:replace-current", exchange -> {
            exchange.setVariable("change", live);
            exchange.setVariable("tally", tally);
        });

        assertThat(tally.outcome(live)).isEqualTo(CurrentOutcomes.Outcome.THERE);
    }

    @Test
    void what_has_ended_or_is_stale_leaves_after_a_while() throws Exception {
        replaced.expectedMessageCount(0);
        expiring.expectedMessageCount(2);

        assertThat(failureOf(with(true, null))).isNull();
        assertThat(failureOf(new ConversationChange("conversation.ended", 2, clock.instant(), ended())))
                .isNull();

        MockEndpoint.assertIsSatisfied(context);
        assertThat(Files.readString(Path.of("routes", file() + ".camel.yaml")))
                .containsOnlyOnce("timeToLive: \"{{current.ended-time-to-live}}\"");
    }

    @Test
    void a_completion_is_no_state() throws Exception {
        replaced.expectedMessageCount(0);
        expiring.expectedMessageCount(0);

        assertThat(failureOf(with(true, Completion.unknown("not known")))).isNull();

        MockEndpoint.assertIsSatisfied(context);
    }

    private ConversationChange with(boolean stale, @Nullable Completion completion) {
        return new ConversationChange(
                "conversation.updated", 2, clock.instant(), Observed.LIVE, live.conversation(), stale, completion);
    }

    private Conversation ended() {
        Conversation last = live.conversation();
        return new Conversation(
                last.conversationId(),
                last.mediaType(),
                last.direction(),
                State.ENDED,
                last.startedAt(),
                clock.instant(),
                last.queue(),
                null,
                last.agents(),
                last.customer(),
                last.divisionIds(),
                clock.instant());
    }

    private @Nullable Throwable failureOf(ConversationChange change) {
        return template.request("direct:replace-current", exchange -> {
                    exchange.setVariable("change", change);
                    exchange.getMessage().setBody("{}");
                    exchange.getMessage().setHeader("JMSXGroupID", "c-1");
                    exchange.getMessage().setHeader("JMSType", change.eventType());
                    exchange.getMessage().setHeader("sequence", change.sequence());
                })
                .getException();
    }
}
