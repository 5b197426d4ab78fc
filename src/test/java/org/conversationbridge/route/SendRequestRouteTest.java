// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.route;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.component.mock.MockEndpoint;
import org.conversationbridge.TestBridge;
import org.conversationbridge.genesys.GenesysRequest;
import org.conversationbridge.genesys.failure.GenesysUnavailableException;
import org.conversationbridge.genesys.failure.InvalidRequestException;
import org.conversationbridge.sandbox.Sandbox;
import org.conversationbridge.sandbox.SandboxSettings;
import org.conversationbridge.settings.Secret;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class SendRequestRouteTest extends RouteTest {
    private static final GenesysRequest REQUEST =
            new GenesysRequest("a test", "POST", "/api/v2/analytics/x", "a=b", "{\"interval\":\"...\"}");

    /** There before the superclass's constructor asks for the settings. */
    private static Sandbox sandbox;

    private MockEndpoint http;

    @Override
    protected String file() {
        return "51-send-request";
    }

    @BeforeAll
    static void startSandbox() throws IOException {
        sandbox = TestBridge.sandbox(SandboxSettings.defaults(), Clock.systemUTC());
    }

    @AfterAll
    static void closeSandbox() {
        sandbox.close();
    }

    @Override
    protected Map<String, String> settings() {
        return Map.of(
                "genesys.api-url", sandbox.url().toString(),
                "genesys.client-id", "sandbox",
                "genesys.client-secret", "sandbox-secret",
                "genesys.requests-per-minute", "600",
                "genesys.burst", "2");
    }

    @BeforeEach
    void replaceSteps() throws Exception {
        http = replace("send-http-request");
        answers(200, "{\"totalHits\":0}", Map.of());
        context.start();
    }

    @Test
    void sends_the_request_and_gives_the_json() {
        Exchange exchange = send();

        assertThat(exchange.getMessage()
                        .getBody(JsonNode.class)
                        .path("totalHits")
                        .asInt(-1))
                .isZero();
        Message sent = http.getReceivedExchanges().get(0).getMessage();
        assertThat(sent.getHeader(Exchange.HTTP_METHOD)).isEqualTo("POST");
        assertThat(sent.getHeader(Exchange.HTTP_PATH)).isEqualTo("/api/v2/analytics/x");
        assertThat(sent.getHeader(Exchange.HTTP_QUERY)).isEqualTo("a=b");
        assertThat(budget.requests()).isEqualTo(1);
    }

    @Test
    void fetches_a_token_once_and_shows_it_nowhere() {
        List<String> tokens = new ArrayList<>();
        sandbox.observe((request, answer) -> tokens.add(answer.body()));

        Exchange first = send();
        send();

        assertThat(tokens).hasSize(1);
        assertThat(first.getVariable("token", Secret.class)).hasToString("(hidden)");
        assertThat(http.getReceivedExchanges().get(0).getMessage().getHeaders()).doesNotContainKey("Authorization");
    }

    @Test
    void after_a_burst_requests_are_spaced() {
        long begin = System.nanoTime();

        for (int i = 0; i < 5; i++) {
            send();
        }

        assertThat(Duration.ofNanos(System.nanoTime() - begin)).isGreaterThanOrEqualTo(Duration.ofMillis(400));
    }

    @Test
    void reads_the_budget_of_an_answer() {
        answers(
                200,
                "{}",
                Map.of("inin-ratelimit-count", "7", "inin-ratelimit-allowed", "300", "inin-ratelimit-reset", "9"));

        send();

        assertThat(budget.left()).isEqualTo(293);
    }

    @Test
    void names_a_refusal_a_broken_connection_and_an_unreadable_answer() {
        answers(404, "{\"code\":\"not.found\"}", Map.of());
        assertThat(send().getException()).isInstanceOf(InvalidRequestException.class);

        fails(http, new SocketTimeoutException("Read timed out"));
        assertThat(send().getException())
                .isInstanceOf(GenesysUnavailableException.class)
                .hasMessageContaining("timeout");

        answers(200, "{\"conversations\":[", Map.of());
        assertThat(send().getException())
                .isInstanceOf(GenesysUnavailableException.class)
                .hasMessageContaining("not, or not all, JSON");
    }

    /** Whatever the head of an answer says; Camel would read it, and write the next request, in that charset. */
    @Test
    void json_is_utf_8() {
        http.whenAnyExchangeReceived(exchange -> {
            exchange.setProperty(Exchange.CHARSET_NAME, "bogus");
            exchange.getMessage()
                    .setBody(new ByteArrayInputStream(
                            "{\"code\":\"x\",\"message\":\"Z\u00fcrich\"}".getBytes(StandardCharsets.UTF_8)));
            exchange.getMessage().setHeader(Exchange.HTTP_RESPONSE_CODE, 503);
        });

        Exchange exchange = send();

        assertThat(exchange.getException())
                .isInstanceOf(GenesysUnavailableException.class)
                .hasMessageContaining("\"Z\u00fcrich\"");
        assertThat(exchange.getProperty(Exchange.CHARSET_NAME)).isNull();
    }

    private void answers(int status, String body, Map<String, Object> headers) {
        http.whenAnyExchangeReceived(exchange -> {
            exchange.getMessage().setBody(body);
            exchange.getMessage().setHeaders(new java.util.HashMap<>(headers));
            exchange.getMessage().setHeader(Exchange.HTTP_RESPONSE_CODE, status);
        });
    }

    private Exchange send() {
        return template.request("direct:send-request", exchange -> exchange.setVariable("request", REQUEST));
    }
}
