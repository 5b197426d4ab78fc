// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.route;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipException;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.apache.camel.component.mock.MockEndpoint;
import org.conversationbridge.LogCapture;
import org.conversationbridge.TestBridge;
import org.conversationbridge.genesys.GenesysRequest;
import org.conversationbridge.genesys.failure.AnswerTooSlowException;
import org.conversationbridge.genesys.failure.BodyTooLargeException;
import org.conversationbridge.route.call.Retry;
import org.conversationbridge.sandbox.Sandbox;
import org.conversationbridge.sandbox.SandboxSettings;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Whatever is wrong with an answer, its failures are one line until one is read to its end. */
class FailuresInARowTest extends RouteTest {
    private static final GenesysRequest REQUEST = new GenesysRequest("a test", "GET", "/api/v2/x", "", "");

    private static Sandbox sandbox;

    private MockEndpoint http;

    @Override
    protected String file() {
        return "50-call-genesys";
    }

    @Override
    protected List<String> calledFiles() {
        return List.of("51-send-request");
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
                "genesys.requests-per-minute", "60000",
                "genesys.retries", "1",
                "genesys.retry-delay", "1ms",
                "genesys.retry-max-delay", "1ms");
    }

    @BeforeEach
    void replaceSteps() throws Exception {
        http = replace("send-request", "send-http-request");
        context.start();
    }

    @Test
    void every_kind_of_failure_is_one_line_until_a_body_is_read() {
        try (LogCapture log = LogCapture.of(Retry.class)) {
            for (Processor failure : failures()) {
                http.whenAnyExchangeReceived(failure);
                for (int i = 0; i < 2; i++) {
                    assertThat(failureOf("direct:call-genesys", REQUEST)).isNotNull();
                }
            }
            assertThat(warnings(log)).hasSize(1);
        }
    }

    @Test
    void each_kind_of_failure_is_logged_again_after_a_success() {
        for (Processor failure : retried()) {
            try (LogCapture log = LogCapture.of(Retry.class)) {
                http.whenAnyExchangeReceived(answer(200, "{}"));
                assertThat(failureOf("direct:call-genesys", REQUEST)).isNull();
                http.whenAnyExchangeReceived(failure);
                failureOf("direct:call-genesys", REQUEST);
                Throwable again = failureOf("direct:call-genesys", REQUEST);

                assertThat(warnings(log)).as(String.valueOf(again)).hasSize(1);
            }
        }
    }

    private static List<Processor> retried() {
        return List.of(
                answer(200, "<html>login</html>"),
                answer(200, "{\"conversations\":["),
                answer(200, "\u0000\u001f\u008b"),
                answer(204, ""),
                answer(500, "{}"),
                answer(408, "<html>busy</html>"),
                failing(new ZipException("Not in GZIP format")),
                failing(new EOFException("Unexpected end of ZLIB input stream")),
                failing(new SocketTimeoutException("Read timed out")),
                failing(new AnswerTooSlowException(Duration.ofSeconds(60))),
                failing(new ConnectException("refused")),
                failing(new SocketTimeoutException("connect timed out")));
    }

    /** With one that is not repeated unchanged, and so no success either. */
    private static List<Processor> failures() {
        List<Processor> all = new ArrayList<>(retried());
        all.add(3, failing(new BodyTooLargeException(1_000)));
        all.add(3, answer(400, "{}"));
        return all;
    }

    private static Processor answer(int status, String body) {
        return exchange -> {
            exchange.getMessage().setBody(new ByteArrayInputStream(body.getBytes(StandardCharsets.ISO_8859_1)));
            exchange.getMessage().setHeader(Exchange.HTTP_RESPONSE_CODE, status);
        };
    }

    /** No connection, or a body that fails while it is read: the HTTP component reads it to its end. */
    private static Processor failing(IOException failure) {
        return exchange -> exchange.setException(failure);
    }

    private static List<String> warnings(LogCapture log) {
        return log.messages().stream()
                .filter(line -> line.contains("Logged once"))
                .toList();
    }
}
