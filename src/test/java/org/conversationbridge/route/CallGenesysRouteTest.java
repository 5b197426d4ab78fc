// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.route;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.camel.component.mock.MockEndpoint;
import org.apache.camel.model.ModelCamelContext;
import org.apache.camel.processor.errorhandler.RedeliveryPolicy;
import org.apache.camel.reifier.errorhandler.ErrorHandlerReifier;
import org.apache.camel.spi.Registry;
import org.conversationbridge.LogCapture;
import org.conversationbridge.genesys.GenesysAnswer;
import org.conversationbridge.genesys.GenesysRequest;
import org.conversationbridge.genesys.failure.AnswerCheck;
import org.conversationbridge.genesys.failure.GenesysException;
import org.conversationbridge.route.call.Retry;
import org.conversationbridge.settings.AnswerLimits;
import org.conversationbridge.settings.BudgetSettings;
import org.conversationbridge.settings.Dialect;
import org.conversationbridge.settings.GenesysSettings;
import org.conversationbridge.settings.Secret;
import org.conversationbridge.token.AccessTokens;
import org.conversationbridge.token.TokenEndpoint;
import org.conversationbridge.token.TokenUnavailableException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class CallGenesysRouteTest extends RouteTest {
    private static final GenesysRequest REQUEST = new GenesysRequest("a test", "GET", "/api/v2/x", "", "");

    private final Deque<Exception> failures = new ArrayDeque<>();
    private MockEndpoint attempts;
    private Retry retry;

    @Override
    protected String file() {
        return "50-call-genesys";
    }

    @Override
    protected Map<String, String> settings() {
        return Map.of(
                "genesys.retry-delay",
                "10ms",
                "genesys.retries",
                "4",
                "genesys.rate-limit-retries",
                "5",
                "genesys.rate-limit-max-wait",
                "300ms");
    }

    @Override
    protected void bind(Registry registry) {
        retry = new Retry(tokens(URI.create("http://127.0.0.1:9")));
        registry.bind("retry", retry);
    }

    private AccessTokens tokens(URI url) {
        GenesysSettings settings = new GenesysSettings(
                url,
                url,
                "id",
                new Secret("secret"),
                Optional.empty(),
                Dialect.PLATFORM,
                new BudgetSettings(300, 40, 100),
                Duration.ofSeconds(30),
                Duration.ofSeconds(30),
                Duration.ofSeconds(1),
                new AnswerLimits(1_000, Duration.ofSeconds(30)),
                Optional.empty());
        return new AccessTokens(new TokenEndpoint(settings, clock), clock);
    }

    @BeforeEach
    void replaceSteps() throws Exception {
        attempts = replace("send-to-send-request");
        attempts.whenAnyExchangeReceived(exchange -> {
            Exception failure = failures.poll();
            if (failure != null) {
                throw failure;
            }
            exchange.getMessage().setBody("answer");
        });
        context.start();
    }

    @Test
    void gives_the_answer_and_no_header() throws Exception {
        attempts.expectedMessageCount(1);

        assertThat(template.requestBody("direct:call-genesys", REQUEST)).isEqualTo("answer");

        attempts.assertIsSatisfied();
    }

    @Test
    void repeats_what_passes_with_the_same_request() throws Exception {
        failures.addAll(List.of(failure(503), failure(408), failure(500)));
        attempts.expectedBodiesReceived(REQUEST, REQUEST, REQUEST, REQUEST);

        assertThat(template.requestBody("direct:call-genesys", REQUEST)).isEqualTo("answer");

        attempts.assertIsSatisfied();
    }

    @Test
    void gives_up_after_the_retries_of_the_setting() throws Exception {
        failures.addAll(java.util.Collections.nCopies(100, failure(503)));
        attempts.expectedMessageCount(5);

        assertThat(failureOf("direct:call-genesys", REQUEST)).hasMessageContaining("503");

        attempts.assertIsSatisfied();
    }

    @Test
    void waits_after_a_429_as_long_as_asked_but_no_longer_than_the_setting() throws Exception {
        failures.addAll(List.of(failure(429)));
        attempts.expectedMessageCount(2);
        long begin = System.nanoTime();

        template.requestBody("direct:call-genesys", REQUEST);

        assertThat(Duration.ofNanos(System.nanoTime() - begin)).isGreaterThanOrEqualTo(Duration.ofMillis(300));
        attempts.assertIsSatisfied();
    }

    @Test
    void waits_as_the_token_endpoint_asks_but_no_longer_than_the_setting() throws Exception {
        failures.add(refusalOfTokenEndpoint());
        attempts.expectedMessageCount(2);
        long begin = System.nanoTime();

        template.requestBody("direct:call-genesys", REQUEST);

        assertThat(Duration.ofNanos(System.nanoTime() - begin)).isGreaterThanOrEqualTo(Duration.ofMillis(300));
        attempts.assertIsSatisfied();
    }

    private Exception refusalOfTokenEndpoint() throws Exception {
        HttpServer endpoint = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        endpoint.createContext("/", exchange -> {
            exchange.getResponseHeaders().set("Retry-After", "60");
            exchange.sendResponseHeaders(503, -1);
            exchange.close();
        });
        endpoint.start();
        try {
            tokens(URI.create("http://127.0.0.1:" + endpoint.getAddress().getPort()))
                    .current();
            throw new AssertionError("a token");
        } catch (TokenUnavailableException e) {
            return e;
        } finally {
            endpoint.stop(0);
        }
    }

    @Test
    void gives_up_on_429_after_the_retries_of_the_setting() throws Exception {
        failures.addAll(java.util.Collections.nCopies(100, failure(429)));
        attempts.expectedMessageCount(6);

        assertThat(failureOf("direct:call-genesys", REQUEST)).hasMessageContaining("429");

        attempts.assertIsSatisfied();
    }

    @Test
    void repeats_a_401_once_also_after_other_failures() throws Exception {
        failures.addAll(List.of(failure(503), failure(401)));
        attempts.expectedMessageCount(3);
        template.requestBody("direct:call-genesys", REQUEST);
        attempts.assertIsSatisfied();

        failures.addAll(List.of(failure(401), failure(401), failure(401)));
        attempts.reset();
        attempts.whenAnyExchangeReceived(exchange -> {
            throw failures.remove();
        });
        attempts.expectedMessageCount(2);
        assertThat(failureOf("direct:call-genesys", REQUEST)).hasMessageContaining("401");
        attempts.assertIsSatisfied();
    }

    @Test
    void never_repeats_what_is_final() throws Exception {
        for (int status : new int[] {400, 403, 404}) {
            attempts.expectedMessageCount(1);
            failures.add(failure(status));

            assertThat(failureOf("direct:call-genesys", REQUEST)).hasMessageContaining("answered " + status);

            attempts.assertIsSatisfied();
            MockEndpoint.resetMocks(context);
            replaceBehaviour();
        }
    }

    /** A policy takes what it does not state from the failure before: a 400 after a 429 was asked six times. */
    @Test
    void what_is_final_is_not_repeated_after_what_is_not() throws Exception {
        for (int before : new int[] {429, 503, 401}) {
            for (int status : new int[] {400, 403, 404}) {
                attempts.expectedMessageCount(2);
                failures.addAll(List.of(failure(before), failure(status), failure(status), failure(status)));

                assertThat(failureOf("direct:call-genesys", REQUEST)).hasMessageContaining("answered " + status);

                attempts.assertIsSatisfied();
                MockEndpoint.resetMocks(context);
                failures.clear();
                replaceBehaviour();
            }
        }
    }

    /** Camel goes on from the last pause, whatever that was for: a 401 after a 429 waited as long as that once more. */
    @Test
    void no_failure_waits_as_long_as_a_429_before_it() {
        assertThat(pauseAfterThreeMinutes("token-rejected")).isEqualTo(1);
        assertThat(pauseAfterThreeMinutes("unavailable")).isEqualTo(8_000);
    }

    private long pauseAfterThreeMinutes(String policyId) {
        return ((ModelCamelContext) context)
                .getRouteConfigurationDefinition("retry-request").getOnExceptions().stream()
                        .filter(policy -> policyId.equals(policy.getId()))
                        .map(policy -> ErrorHandlerReifier.createRedeliveryPolicy(
                                policy.getRedeliveryPolicyType(), context, new RedeliveryPolicy()))
                        .map(policy -> policy.calculateRedeliveryDelay(180_000, 2))
                        .findFirst()
                        .orElseThrow();
    }

    @Test
    void failures_in_a_row_are_one_line_until_an_answer_is_good() throws Exception {
        try (LogCapture log = LogCapture.of(Retry.class)) {
            failures.addAll(List.of(failure(503), failure(503), failure(400)));
            failureOf("direct:call-genesys", REQUEST);
            failures.addAll(java.util.Collections.nCopies(5, failure(429)));
            failureOf("direct:call-genesys", REQUEST);
            assertThat(warnings(log))
                    .singleElement()
                    .asString()
                    .contains("503")
                    .contains("Retried as the settings allow");

            retry.answered(REQUEST);
            failures.add(failure(503));
            failureOf("direct:call-genesys", REQUEST);

            assertThat(warnings(log)).hasSize(2);
        }
    }

    /** A query that fails while the others succeed was logged at each attempt. */
    @Test
    void one_line_per_operation_whatever_succeeds_between() throws Exception {
        GenesysRequest other = new GenesysRequest("another test", "GET", "/api/v2/y", "", "");
        try (LogCapture log = LogCapture.of(Retry.class)) {
            for (int i = 0; i < 3; i++) {
                failures.addAll(List.of(failure(503), failure(400)));
                failureOf("direct:call-genesys", REQUEST);
                retry.answered(other);
            }
            assertThat(warnings(log)).hasSize(1);

            failures.addAll(List.of(failure(503), failure(400)));
            failureOf("direct:call-genesys", other);

            assertThat(warnings(log)).hasSize(2);
        }
    }

    /** There is one token for all of them. */
    @Test
    void a_token_that_fails_is_one_line_for_all_operations() throws Exception {
        GenesysRequest other = new GenesysRequest("another test", "GET", "/api/v2/y", "", "");
        try (LogCapture log = LogCapture.of(Retry.class)) {
            failures.addAll(List.of(refusalOfTokenEndpoint(), failure(400)));
            failureOf("direct:call-genesys", REQUEST);
            failures.addAll(List.of(refusalOfTokenEndpoint(), failure(400)));
            failureOf("direct:call-genesys", other);

            assertThat(warnings(log)).hasSize(1);
        }
    }

    private static List<String> warnings(LogCapture log) {
        return log.messages().stream()
                .filter(line -> line.contains("Logged once"))
                .toList();
    }

    private void replaceBehaviour() {
        attempts.whenAnyExchangeReceived(exchange -> {
            Exception failure = failures.poll();
            if (failure != null) {
                throw failure;
            }
        });
    }

    private static GenesysException failure(int status) {
        AnswerCheck check = new AnswerCheck(URI.create("http://127.0.0.1:9"), Duration.ofSeconds(1), Clock.systemUTC());
        try {
            check.check(
                    REQUEST, new GenesysAnswer(status, new GenesysAnswer.Headers(Map.of("Retry-After", "9")), "{}"));
        } catch (GenesysException e) {
            return e;
        }
        throw new AssertionError(status + " is no failure");
    }
}
