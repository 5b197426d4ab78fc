// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.route;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.conversationbridge.Fixtures.id;
import static org.conversationbridge.Fixtures.parse;

import java.io.IOException;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.camel.spi.Registry;
import org.conversationbridge.LogCapture;
import org.conversationbridge.TestNames;
import org.conversationbridge.genesys.GenesysAnswer;
import org.conversationbridge.genesys.GenesysRequest;
import org.conversationbridge.genesys.failure.AnswerCheck;
import org.conversationbridge.genesys.failure.GenesysException;
import org.conversationbridge.genesys.query.NameLookup;
import org.conversationbridge.names.NameBatch;
import org.conversationbridge.names.NameKey;
import org.conversationbridge.names.NameKind;
import org.conversationbridge.names.Names;
import org.conversationbridge.names.WantedNames;
import org.conversationbridge.privacy.Privacy;
import org.conversationbridge.route.enrichment.NameLookups;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class LookUpNamesRouteTest extends RouteTest {
    private static final NameKey QUEUE = new NameKey(NameKind.QUEUE, id(0xa1));
    private static final NameKey USER = new NameKey(NameKind.USER, id(0xb1));

    private final List<GenesysRequest> requests = new ArrayList<>();
    private final WantedNames wanted = new WantedNames(clock);
    private final Names names = TestNames.unknown(wanted, clock);
    private String answer = "{}";
    private Exception failure;
    /** Answers what is requested, in such pages; 0 = answers as the test says. */
    private int pageSize;

    @Override
    protected String file() {
        return "45-look-up-names";
    }

    @Override
    protected List<String> calledFiles() {
        return ASKING;
    }

    @Override
    protected Map<String, String> settings() {
        return Map.of("privacy.agent.name", "mask", "privacy.original", "drop");
    }

    @Override
    protected void bind(Registry registry) {
        registry.bind(
                "names", new NameLookups(names, wanted, budget, new Privacy(read().privacy()), TestNames.RETRY_AFTER));
    }

    @BeforeEach
    void start() throws Exception {
        replaceFrom();
        called("call-genesys", exchange -> {
            requests.add(exchange.getMessage().getBody(GenesysRequest.class));
            if (failure != null) {
                throw failure;
            }
            exchange.getMessage().setBody(parse(pageSize > 0 ? firstPage() : answer));
        });
        context.start();
    }

    /** The first page of what the last request asks for. */
    private String firstPage() {
        List<String> ids = Stream.of(requests.get(requests.size() - 1).query().split("&"))
                .filter(parameter -> parameter.startsWith("id="))
                .map(parameter -> "{\"name\":\"queue\",\"id\":\"" + parameter.substring(3) + "\"}")
                .toList();
        return "{\"entities\":["
                + ids.stream().limit(pageSize).collect(Collectors.joining(","))
                + "],\"pageSize\":" + pageSize + ",\"pageNumber\":1,\"total\":" + ids.size()
                + ",\"pageCount\":" + (ids.size() + pageSize - 1) / pageSize + "}";
    }

    @Test
    void nothing_is_asked_when_nothing_is_wanted() {
        tick();

        assertThat(requests).isEmpty();
    }

    @Test
    void what_is_wanted_is_requested_and_known_then() {
        names.find(QUEUE);
        answer = "{\"entities\":[{\"id\":\"" + QUEUE.id() + "\",\"name\":\"Claims\"},null,{\"name\":7}]}";

        tick();
        tick();

        assertThat(requests)
                .singleElement()
                .satisfies(request -> assertThat(request.path() + "?" + request.query())
                        .isEqualTo("/api/v2/routing/queues?pageSize=1&pageNumber=1&id=" + QUEUE.id()));
        assertThat(names.find(QUEUE)).contains("Claims");
    }

    @Test
    void names_of_a_server_with_small_pages_are_requested_until_the_last() {
        for (int i = 0; i < 60; i++) {
            names.find(new NameKey(NameKind.QUEUE, id(i)));
        }
        pageSize = 25;

        for (int i = 0; i < 10; i++) {
            tick();
        }

        assertThat(requests).hasSize(3);
        assertThat(IntStream.range(0, 60))
                .allSatisfy(i -> assertThat(names.find(new NameKey(NameKind.QUEUE, id(i))))
                        .contains("queue"));
    }

    @Test
    void a_listing_of_others_is_not_requested_forever() {
        names.find(QUEUE);
        answer = "{\"entities\":[{\"id\":\"x\",\"name\":\"X\"}],\"pageCount\":40,\"total\":1000}";

        tick();
        tick();

        assertThat(requests).hasSize(1);
        assertThat(names.find(QUEUE)).isEmpty();
    }

    @Test
    void the_name_of_a_user_is_treated_as_every_agents() {
        names.find(USER);
        answer = "{\"entities\":[{\"id\":\"" + USER.id() + "\",\"name\":\"Erika Mustermann\"}]}";

        tick();

        assertThat(names.find(USER)).contains("************mann");
    }

    @Test
    void nothing_is_asked_while_others_need_the_budget() {
        names.find(QUEUE);
        for (int request = 0; request < 241; request++) {
            budget.requestSent();
        }
        tick();
        assertThat(requests).isEmpty();

        clock.advance(Duration.ofSeconds(61));
        tick();

        assertThat(requests).hasSize(1);
    }

    @Test
    void a_missing_permission_is_logged_once_and_not_retried_for_a_while() throws Exception {
        failure = denial("routing:queue:view");
        try (LogCapture log = LogCapture.of(NameLookups.class)) {
            names.find(QUEUE);
            tick();
            tick();
            assertThat(requests).hasSize(1);

            clock.advance(TestNames.RETRY_AFTER);
            tick();

            assertThat(requests).hasSize(2);
            assertThat(log.messages())
                    .singleElement()
                    .asString()
                    .contains("kind=queue", "lacks the permission routing:queue:view");
        }
    }

    @Test
    void what_fails_is_requested_again_later() {
        failure = new IOException("away");
        names.find(QUEUE);
        try (LogCapture log = LogCapture.of(NameLookups.class)) {
            tick();
            tick();
            assertThat(log.messages()).hasSize(1);
        }
        assertThat(requests).hasSize(1);

        failure = null;
        clock.advance(Duration.ofMinutes(1));
        tick();

        assertThat(requests).hasSize(2);
    }

    @Test
    void a_listing_that_is_not_there_is_logged_once_until_it_answers() {
        names.find(QUEUE);
        try (LogCapture log = LogCapture.of(NameLookups.class)) {
            failure = answered(404, "{\"status\":404,\"message\":\"HTTP 404 Not Found\"}");
            for (int minute = 0; minute < 10; minute++) {
                tick();
                clock.advance(Duration.ofMinutes(20));
                names.find(QUEUE);
            }
            assertThat(log.messages()).singleElement().asString().contains("kind=queue", "answered 404");

            failure = null;
            tick();
            failure = answered(404, "{}");
            clock.advance(Duration.ofDays(2));
            names.find(QUEUE);
            tick();

            assertThat(log.messages()).hasSize(2);
        }
        assertThat(requests).hasSize(12);
    }

    private static Exception denial(String permission) {
        return answered(
                403,
                "{\"code\":\"missing.permissions\",\"status\":403,\"message\":\"Unable to perform the requested action. You"
                        + " are missing the following permission(s): " + permission + "\"}");
    }

    private static Exception answered(int status, String body) {
        GenesysAnswer answer = new GenesysAnswer(status, new GenesysAnswer.Headers(Map.of()), body);
        AnswerCheck check = new AnswerCheck(URI.create("https://api"), Duration.ZERO, Clock.systemUTC());
        GenesysRequest request = new NameLookup(new NameBatch(NameKind.QUEUE, List.of())).request();
        return catchThrowableOfType(GenesysException.class, () -> check.check(request, answer));
    }

    private void tick() {
        assertThat(failureOf("direct:in", "")).isNull();
    }
}
