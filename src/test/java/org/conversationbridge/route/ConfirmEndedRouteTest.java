// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.route;

import static org.assertj.core.api.Assertions.assertThat;
import static org.conversationbridge.Fixtures.json;
import static org.conversationbridge.Fixtures.quoted;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.apache.camel.Exchange;
import org.apache.camel.component.mock.MockEndpoint;
import org.conversationbridge.Changes;
import org.conversationbridge.LogCapture;
import org.conversationbridge.change.ChangePage;
import org.conversationbridge.change.ConversationChange;
import org.conversationbridge.genesys.GenesysAnswer;
import org.conversationbridge.genesys.GenesysRequest;
import org.conversationbridge.genesys.failure.AnswerCheck;
import org.conversationbridge.genesys.failure.GenesysException;
import org.conversationbridge.genesys.query.RecentEnds;
import org.conversationbridge.route.poll.Endings;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ConfirmEndedRouteTest extends PollRouteTest {
    private final List<GenesysRequest> requests = new ArrayList<>();
    private final List<GenesysRequest> recentRequests = new ArrayList<>();
    private Object recent = quoted("{}");
    private Object answer = quoted("{}");
    private @Nullable Function<GenesysRequest, JsonNode> answers;
    private MockEndpoint announced;

    @Override
    protected String file() {
        return "25-confirm-ended";
    }

    @Override
    protected List<String> calledFiles() {
        return List.of("27-announce-changes", "46-ask-next", "47-call-for-enquiry");
    }

    @Override
    protected Map<String, String> settings() {
        return Map.of("ended.ids-per-request", "2");
    }

    @BeforeEach
    void replaceSteps() throws Exception {
        announced = replace("announce-changes", "send-to-announce-page");
        called("call-genesys", exchange -> {
            if (exchange.getMessage().getBody(GenesysRequest.class).method().equals("POST")) {
                recentRequests.add(exchange.getMessage().getBody(GenesysRequest.class));
                if (recent instanceof Exception failure) {
                    throw failure;
                }
                exchange.getMessage().setBody(recent);
                return;
            }
            requests.add(exchange.getMessage().getBody(GenesysRequest.class));
            if (answer instanceof Exception failure) {
                throw failure;
            }
            exchange.getMessage()
                    .setBody(
                            answers == null
                                    ? answer
                                    : answers.apply(exchange.getMessage().getBody(GenesysRequest.class)));
        });
        context.start();
    }

    @Test
    void asks_for_what_the_poll_did_not_find_some_together_and_announces_what_has_ended() throws Exception {
        ObjectNode over = json("genesys/analytics-finished.json").put("conversationId", "b&c");
        answer = quoted("{'conversations':[]}");
        ((ObjectNode) answer).withArray("conversations").add(over);

        confirm("a", "b&c", "d");

        assertThat(requests)
                .extracting(GenesysRequest::path)
                .containsExactly("/api/v2/analytics/conversations/details", "/api/v2/analytics/conversations/details");
        assertThat(requests).extracting(GenesysRequest::query).containsExactly("id=a&id=b%26c", "id=d");
        assertThat(changes()).singleElement().satisfies(change -> {
            assertThat(change.eventType()).isEqualTo("conversation.ended");
            assertThat(change.conversation().conversationId()).isEqualTo("b&c");
        });
        assertThat(polls.figures().changed()).isEqualTo(1);
    }

    @Test
    void what_has_just_ended_is_announced_without_a_question_by_id() throws Exception {
        ObjectNode over = json("genesys/analytics-finished.json").put("conversationId", "a");
        recent = quoted("{'conversations':[]}")
                .<ObjectNode>require()
                .set("conversations", over.arrayNode().add(over));

        confirm("a");

        assertThat(recentRequests)
                .singleElement()
                .satisfies(request -> assertThat(request.body())
                        .contains("\"order\":\"desc\",\"orderBy\":\"conversationEnd\"")
                        .doesNotContain("segmentFilters"));
        assertThat(requests).isEmpty();
        assertThat(changes())
                .singleElement()
                .satisfies(change -> assertThat(change.eventType()).isEqualTo("conversation.ended"));
    }

    @Test
    void what_is_not_among_the_recent_ends_is_requested_by_id() throws Exception {
        recent = quoted("{'conversations':[]}")
                .<ObjectNode>require()
                .set(
                        "conversations",
                        json("genesys/analytics-finished.json")
                                .arrayNode()
                                .add(json("genesys/analytics-finished.json")));

        confirm("a", "b");

        assertThat(recentRequests).hasSize(1);
        assertThat(requests).extracting(GenesysRequest::query).containsExactly("id=a&id=b");
    }

    @Test
    void without_the_recent_ends_everything_is_requested_by_id_and_the_log_says_so_once() throws Exception {
        recent = new IllegalStateException("no answer");
        try (LogCapture log = LogCapture.of(RecentEnds.class)) {
            confirm("a");
            send();
            clock.advance(Duration.ofMinutes(1));
            send();

            assertThat(log.messages()).singleElement().asString().contains("recent ends not read");
        }

        assertThat(recentRequests).as("not again for a minute").hasSize(2);
        assertThat(requests).isNotEmpty();
    }

    @Test
    void what_cannot_be_asked_is_left_to_the_next_poll() throws Exception {
        answer = new IllegalStateException("no answer");

        assertThat(confirm("a", "b", "c").getException()).isNull();

        assertThat(requests).hasSize(1);
        assertThat(changes()).isEmpty();
    }

    @Test
    void an_unknown_conversation_is_stale_in_time() throws Exception {
        confirm("a");
        assertThat(changes()).isEmpty();

        checkpoint.conclude(clock.instant());
        clock.advance(Duration.ofMinutes(10));
        send();

        assertThat(changes())
                .singleElement()
                .satisfies(change -> assertThat(change.isStale()).isTrue());
    }

    @Test
    void one_that_is_not_known_does_not_keep_the_others_from_being_settled() throws Exception {
        ObjectNode over = json("genesys/analytics-finished.json").put("conversationId", "a");
        answers = request -> {
            if (request.query().contains("id=b")) {
                throw notFound(request);
            }
            return quoted("{'conversations':[]}")
                    .<ObjectNode>require()
                    .set("conversations", over.arrayNode().add(over));
        };
        try (LogCapture log = LogCapture.of(Endings.class)) {
            confirm("a", "b", "c");

            assertThat(log.messages()).isEmpty();
        }

        assertThat(requests).extracting(GenesysRequest::query).containsExactly("id=a&id=b", "id=a", "id=b", "id=c");
        assertThat(changes())
                .filteredOn(change -> change.eventType().equals("conversation.ended"))
                .extracting(change -> change.conversation().conversationId())
                .containsExactly("a");
    }

    @Test
    void one_whose_id_is_refused_is_set_apart_and_named_once_and_later_requests_go_on() throws Exception {
        answers = request -> {
            if (request.query().contains("id=b")) {
                throw refused(request);
            }
            return quoted("{'conversations':[]}").require();
        };
        try (LogCapture log = LogCapture.of(Endings.class)) {
            confirm("a", "b", "c");
            send();

            assertThat(log.messages())
                    .singleElement()
                    .asString()
                    .contains("conversation b. It is requested separately");
        }

        assertThat(requests).extracting(GenesysRequest::query).contains("id=a", "id=b", "id=c");
    }

    @Test
    void an_end_that_cannot_be_read_is_said_once() throws Exception {
        answer = quoted("{'conversations':[{'conversationId':'a','conversationStart':'yesterday'}]}");
        try (LogCapture log = LogCapture.of(Endings.class)) {
            confirm("a");
            send();

            assertThat(requests).hasSize(2);
            assertThat(log.messages())
                    .singleElement()
                    .asString()
                    .contains("CONVERSATION_MALFORMED")
                    .contains("Conversation a cannot be read");
        }
    }

    @Test
    void asks_nothing_when_the_poll_found_everything() throws Exception {
        confirm();

        assertThat(recentRequests).isEmpty();
        assertThat(requests).isEmpty();
        assertThat(changes()).isEmpty();
    }

    /** As the description of the question by id has it. */
    private RuntimeException notFound(GenesysRequest request) {
        try {
            new AnswerCheck(URI.create("https://api.example.com"), Duration.ofSeconds(1), clock)
                    .check(
                            request,
                            new GenesysAnswer(
                                    404,
                                    new GenesysAnswer.Headers(Map.of()),
                                    "{\"code\":\"not.found\",\"message\":\"not found\",\"status\":404}"));
            throw new AssertionError("accepted");
        } catch (GenesysException e) {
            return e;
        }
    }

    /** As the description of the question by id has it. */
    private RuntimeException refused(GenesysRequest request) {
        try {
            new AnswerCheck(URI.create("https://api.example.com"), Duration.ofSeconds(1), clock)
                    .check(
                            request,
                            new GenesysAnswer(
                                    400,
                                    new GenesysAnswer.Headers(Map.of()),
                                    "{\"code\":\"not.found\",\"message\":\"not found\",\"status\":400}"));
            throw new AssertionError("accepted");
        } catch (GenesysException e) {
            return e;
        }
    }

    private Exchange confirm(String... conversationIds) throws Exception {
        for (String id : conversationIds) {
            checkpoint.announce(new ChangePage("poll", 0, List.of(Changes.queued(id, clock.instant()))));
        }
        return send();
    }

    private Exchange send() throws Exception {
        return template.send("direct:confirm-ended", exchange -> exchange.setVariable("checkpoint", checkpoint));
    }

    private List<ConversationChange> changes() {
        return announced.getReceivedExchanges().stream()
                .flatMap(exchange -> exchange.getMessage().getBody(ChangePage.class).changes().stream())
                .toList();
    }
}
