// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.token;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import org.conversationbridge.LogCapture;
import org.conversationbridge.MovableClock;
import org.conversationbridge.settings.AnswerLimits;
import org.conversationbridge.settings.Dialect;
import org.conversationbridge.settings.GenesysSettings;
import org.conversationbridge.settings.Secret;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Against a token endpoint whose answers a test decides. */
class AccessTokensTest {
    private record Seen(String authorization, String body) {}

    private final MovableClock clock = new MovableClock();
    private final AtomicInteger fetches = new AtomicInteger();
    private final ConcurrentLinkedQueue<Seen> seen = new ConcurrentLinkedQueue<>();
    private HttpServer endpoint;
    private int status = 200;
    private String answer = "";
    private String location = "";
    private String retryAfter = "";
    private long betweenDripsMillis;

    @BeforeEach
    void start() throws IOException {
        endpoint = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        endpoint.createContext("/oauth/token", this::handle);
        endpoint.setExecutor(Executors.newCachedThreadPool());
        endpoint.start();
    }

    @AfterEach
    void stop() {
        endpoint.stop(0);
    }

    @Test
    void the_client_authenticates_with_basic() {
        tokens(Dialect.PLATFORM).current();

        assertThat(seen).containsExactly(new Seen("Basic aWQ6czNjcmV0JitzaWduJw==", "grant_type=client_credentials"));
    }

    @Test
    void the_tutorial_sends_form_fields() {
        tokens(Dialect.TUTORIAL).current();

        assertThat(seen)
                .containsExactly(
                        new Seen("", "grant_type=client_credentials&client_id=id&client_secret=s3cret%26%2Bsign%27"));
    }

    @Test
    void one_token_serves_all_threads() throws Exception {
        AccessTokens tokens = tokens(Dialect.PLATFORM);
        ExecutorService threads = Executors.newFixedThreadPool(16);
        List<Future<Secret>> futures = IntStream.range(0, 64)
                .mapToObj(i -> threads.submit(tokens::current))
                .toList();
        Set<String> values = new HashSet<>();
        for (Future<Secret> future : futures) {
            values.add(future.get().reveal());
        }
        threads.shutdown();

        assertThat(values).containsExactly("token-1");
        assertThat(fetches).hasValue(1);
    }

    @Test
    void a_token_is_renewed_a_minute_before_it_expires() {
        AccessTokens tokens = tokens(Dialect.PLATFORM);
        tokens.current();

        clock.advance(Duration.ofSeconds(3_539));
        assertThat(tokens.current().reveal()).isEqualTo("token-1");
        clock.advance(Duration.ofSeconds(1));
        assertThat(tokens.current().reveal()).isEqualTo("token-2");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"expires_in\":0",
                "\"expires_in\":-5",
                "\"expires_in\":1",
                "\"expires_in\":0.5",
                "\"expires_in\":1e30",
                "\"expires_in\":-1e30",
                "\"expires_in\":9223372036854775807",
                "\"expires_in\":\"soon\"",
                "\"expires_in\":null",
                "\"expires_in\":{}",
                "\"scope\":\"none\""
            })
    void an_invalid_lifetime_is_bounded_and_logged_once(String life) {
        answer = "{\"access_token\":\"token\"," + life + "}";
        AccessTokens tokens = tokens(Dialect.PLATFORM);
        try (LogCapture log = LogCapture.of(TokenEndpoint.class)) {
            for (int i = 0; i < 10; i++) {
                tokens.current();
                clock.advance(Duration.ofSeconds(2));
            }
            assertThat(fetches).hasValue(1);

            clock.advance(Duration.ofDays(2));
            tokens.current();
            assertThat(fetches).hasValue(2);
            assertThat(log.messages()).singleElement().asString().contains("expires_in=", "not a valid lifetime");
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {429, 503})
    void the_endpoint_is_not_asked_before_the_time_that_it_named(int refusal) throws Exception {
        status = refusal;
        retryAfter = "5";
        AccessTokens tokens = tokens(Dialect.PLATFORM);
        ExecutorService threads = Executors.newFixedThreadPool(8);
        for (int second = 0; second < 28; second++) {
            for (Future<Secret> asked : threads.invokeAll(
                    java.util.Collections.<java.util.concurrent.Callable<Secret>>nCopies(8, tokens::current))) {
                assertThatThrownBy(asked::get)
                        .cause()
                        .isInstanceOfSatisfying(
                                TokenUnavailableException.class,
                                e -> assertThat(e.retryAfter()).isPresent());
            }
            clock.advance(Duration.ofSeconds(1));
        }
        threads.shutdown();

        assertThat(fetches).hasValue(6);

        status = 200;
        clock.advance(Duration.ofSeconds(5));
        assertThat(tokens.current().reveal()).isEqualTo("token-7");
    }

    @ParameterizedTest
    @ValueSource(strings = {"999999999", "Fri, 31 Dec 9999 23:59:59 GMT"})
    void a_wait_without_end_ends_at_the_setting(String asked) {
        status = 429;
        retryAfter = asked;
        AccessTokens tokens = tokens(Dialect.PLATFORM);
        assertThatThrownBy(tokens::current).isInstanceOf(TokenUnavailableException.class);
        clock.advance(Duration.ofMinutes(3).minusSeconds(1));
        assertThatThrownBy(tokens::current).hasMessageContaining("next request in 1 s");
        assertThat(fetches).hasValue(1);

        clock.advance(Duration.ofSeconds(1));
        status = 200;

        assertThat(tokens.current().reveal()).isEqualTo("token-2");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "soon", "-1"})
    void without_a_wait_that_can_be_read_it_may_be_asked_at_once(String asked) {
        status = 503;
        retryAfter = asked;
        AccessTokens tokens = tokens(Dialect.PLATFORM);
        assertThatThrownBy(tokens::current).isInstanceOf(TokenUnavailableException.class);
        status = 200;

        assertThat(tokens.current().reveal()).isEqualTo("token-2");
    }

    @Test
    void a_short_lived_token_is_still_used() {
        answer = "{\"access_token\":\"short\",\"expires_in\":30}";
        AccessTokens tokens = tokens(Dialect.PLATFORM);
        tokens.current();
        clock.advance(Duration.ofSeconds(14));
        tokens.current();

        assertThat(fetches).hasValue(1);
    }

    @Test
    void a_refused_token_is_dropped_once() {
        AccessTokens tokens = tokens(Dialect.PLATFORM);
        Secret refused = tokens.current();

        tokens.drop(refused);
        assertThat(tokens.current().reveal()).isEqualTo("token-2");
        tokens.drop(refused);
        assertThat(tokens.current().reveal()).isEqualTo("token-2");
    }

    @Test
    void refused_credentials_are_reported_with_the_endpoints_words_and_advice() {
        status = 400;
        answer = "{\"error\":\"invalid_client\",\"error_description\":\"client not found: s3cret&+sign'\"}";

        assertThatThrownBy(() -> tokens(Dialect.PLATFORM).current())
                .isInstanceOf(TokenRefusedException.class)
                .hasMessageContaining("400 invalid_client, client not found: (hidden)")
                .hasMessageContaining("Check GENESYS_CLIENT_ID and GENESYS_CLIENT_SECRET")
                .hasMessageNotContaining("s3cret");
    }

    @Test
    void an_endpoint_that_is_down_or_busy_may_be_asked_again() {
        status = 503;
        assertThatThrownBy(() -> tokens(Dialect.PLATFORM).current())
                .isInstanceOf(TokenUnavailableException.class)
                .hasMessageContaining("503");
        endpoint.stop(0);
        assertThatThrownBy(() -> tokens(Dialect.PLATFORM).current())
                .isInstanceOf(TokenUnavailableException.class)
                .hasMessageContaining("Check GENESYS_REGION or GENESYS_LOGIN_URL");
    }

    @Test
    void an_answer_without_a_token_may_be_a_proxys() {
        answer = "<html>log in</html>";

        assertThatThrownBy(() -> tokens(Dialect.PLATFORM).current())
                .isInstanceOf(TokenUnavailableException.class)
                .hasMessageContaining("without access_token");
    }

    @Test
    void a_redirect_gets_no_secret() throws IOException {
        status = 302;
        List<String> gone = new CopyOnWriteArrayList<>();
        HttpServer elsewhere = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        elsewhere.createContext("/", exchange -> gone.add(String.valueOf(exchange.getRequestURI())));
        elsewhere.start();
        location = "http://127.0.0.1:" + elsewhere.getAddress().getPort() + "/oauth/token";

        assertThatThrownBy(() -> tokens(Dialect.PLATFORM).current())
                .isInstanceOf(TokenRefusedException.class)
                .hasMessageContaining("302, a redirect. It is not followed")
                .hasMessageContaining("Check GENESYS_LOGIN_URL");

        elsewhere.stop(0);
        assertThat(gone).isEmpty();
        assertThat(fetches).hasValue(1);
    }

    @Test
    void an_answer_that_is_too_large_or_drips_is_given_up() {
        answer = "x".repeat(200_000);
        assertThatThrownBy(() -> tokens(Dialect.PLATFORM).current())
                .isInstanceOf(TokenUnavailableException.class)
                .hasMessageContaining("No answer from");
        answer = "";
        betweenDripsMillis = 100;
        long begin = System.nanoTime();

        assertThatThrownBy(() -> tokens(Dialect.PLATFORM).current())
                .isInstanceOf(TokenUnavailableException.class)
                .hasMessageContaining("TimeoutException");

        assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(4));
    }

    @Test
    void a_secret_that_a_refusal_repeats_is_hidden_in_each_form_it_was_sent_in() {
        status = 401;
        answer = "{\"error\":\"invalid_client\",\"error_description\":"
                + "\"Basic aWQ6czNjcmV0JitzaWduJw== client_secret=s3cret%26%2Bsign%27\"}";

        assertThatThrownBy(() -> tokens(Dialect.PLATFORM).current())
                .hasMessageContaining("Basic (hidden) client_secret=(hidden)");
    }

    private void handle(HttpExchange exchange) throws IOException {
        int number = fetches.incrementAndGet();
        String authorization = exchange.getRequestHeaders().getFirst("Authorization");
        seen.add(new Seen(
                authorization == null ? "" : authorization,
                new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8)));
        String body = answer.isEmpty() ? "{\"access_token\":\"token-" + number + "\",\"expires_in\":3600}" : answer;
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        if (!location.isEmpty()) {
            exchange.getResponseHeaders().set("Location", location);
        }
        if (!retryAfter.isEmpty()) {
            exchange.getResponseHeaders().set("Retry-After", retryAfter);
        }
        exchange.sendResponseHeaders(status, bytes.length);
        for (int i = 0; betweenDripsMillis > 0 && i < bytes.length; i++) {
            exchange.getResponseBody().write(bytes[i]);
            exchange.getResponseBody().flush();
            LockSupport.parkNanos(betweenDripsMillis * 1_000_000);
        }
        exchange.getResponseBody().write(bytes, 0, betweenDripsMillis > 0 ? 0 : bytes.length);
        exchange.close();
    }

    private AccessTokens tokens(Dialect dialect) {
        URI url = URI.create("http://127.0.0.1:" + endpoint.getAddress().getPort());
        GenesysSettings settings = new GenesysSettings(
                url,
                url,
                "id",
                new Secret("s3cret&+sign'"),
                Optional.empty(),
                dialect,
                300,
                Duration.ofSeconds(2),
                Duration.ofSeconds(5),
                Duration.ofMinutes(3),
                new AnswerLimits(1_000, Duration.ofSeconds(2)),
                Optional.empty());
        return new AccessTokens(new TokenEndpoint(settings, clock), clock);
    }
}
