// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.token;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
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
import org.conversationbridge.settings.BudgetSettings;
import org.conversationbridge.settings.Dialect;
import org.conversationbridge.settings.GenesysSettings;
import org.conversationbridge.settings.Secret;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
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
    private String reset = "";
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

    /** As a 429 of the API is waited for: its text, its inin-ratelimit-reset header, otherwise 30 s. */
    @ParameterizedTest
    @CsvSource({
        "'', '', '{\"message\":\"Rate limit exceeded\"}', 30",
        "'', '', slow down, 30",
        "soon, '', slow down, 30",
        "-1, '', slow down, 30",
        "'', 7, slow down, 7",
        "'', later, slow down, 30",
        "'', 9, '{\"message\":\"Rate limit exceeded the maximum. Retry the request in [7] seconds\"}', 7",
        "7, 9, '{\"message\":\"Rate limit exceeded the maximum. Retry the request in [8] seconds\"}', 7"
    })
    void a_429_without_retry_after_is_waited_for_as_one_of_the_api(
            String header, String resetHeader, String body, int seconds) throws Exception {
        status = 429;
        retryAfter = header;
        reset = resetHeader;
        answer = body;
        AccessTokens tokens = tokens(Dialect.PLATFORM);
        ExecutorService threads = Executors.newFixedThreadPool(4);
        for (int second = 0; second < seconds; second++) {
            for (Future<Secret> asked : threads.invokeAll(
                    java.util.Collections.<java.util.concurrent.Callable<Secret>>nCopies(4, tokens::current))) {
                assertThatThrownBy(asked::get).cause().isInstanceOf(TokenUnavailableException.class);
            }
            clock.advance(Duration.ofSeconds(1));
        }
        threads.shutdown();
        assertThat(fetches).hasValue(1);

        status = 200;
        answer = "";
        assertThat(tokens.current().reveal()).isEqualTo("token-2");
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

    /**
     * Whatever does not refuse the client is not final; each with a body that has a token, and with one that has none.
     */
    @ParameterizedTest
    @CsvSource({
        "201, false, which is no answer",
        "202, false, which is no answer",
        "203, false, which is no answer",
        "204, false, which is no answer",
        "206, false, which is no answer",
        "226, false, which is no answer",
        "299, false, which is no answer",
        "300, true, a redirect",
        "301, true, a redirect",
        "302, true, a redirect",
        "303, true, a redirect",
        "304, false, which is no answer",
        "307, true, a redirect",
        "308, true, a redirect",
        "400, true, refused the OAuth client",
        "401, true, refused the OAuth client",
        "403, true, refused the OAuth client",
        "404, true, nothing about the OAuth client",
        "405, true, nothing about the OAuth client",
        "407, true, nothing about the OAuth client",
        "408, false, answered 408",
        "410, true, nothing about the OAuth client",
        "421, true, nothing about the OAuth client",
        "425, false, answered 425",
        "429, false, asks to wait 30 s",
        "451, true, nothing about the OAuth client",
        "500, false, answered 500",
        "502, false, answered 502",
        "503, false, answered 503",
        "504, false, answered 504",
        "511, false, answered 511",
        "599, false, answered 599",
        "999, false, answered 999"
    })
    void only_a_refusal_is_final_and_only_one_of_the_client_is_about_it(int code, boolean isFinal, String words) {
        status = code;
        for (String body : List.of("", "<html>a proxy</html>", "{}")) {
            answer = body;
            assertThatThrownBy(() -> tokens(Dialect.PLATFORM).current())
                    .isInstanceOf(isFinal ? TokenRefusedException.class : TokenUnavailableException.class)
                    .hasMessageContaining(words);
        }
    }

    @Test
    void an_oauth_error_of_any_refusal_is_about_the_client() {
        status = 422;
        answer = "{\"error\":\"unauthorized_client\"}";

        assertThatThrownBy(() -> tokens(Dialect.PLATFORM).current())
                .isInstanceOf(TokenRefusedException.class)
                .hasMessageContaining("refused the OAuth client: 422 unauthorized_client");
    }

    /** Statuses that no server of a library sends. */
    @ParameterizedTest
    @ValueSource(strings = {"000", "099", "101", "103", "199"})
    void a_status_that_ends_no_request_is_not_final(String code) throws Exception {
        try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Thread once = new Thread(() -> answerOnce(server, code));
            once.start();
            URI url = URI.create("http://127.0.0.1:" + server.getLocalPort());

            assertThatThrownBy(() -> tokens(Dialect.PLATFORM, url).current())
                    .isInstanceOf(TokenUnavailableException.class);
            once.join();
        }
    }

    private static void answerOnce(ServerSocket server, String code) {
        try (Socket socket = server.accept()) {
            socket.setSoTimeout(200);
            socket.getInputStream().read(new byte[10_000]);
            socket.getOutputStream()
                    .write(("HTTP/1.1 " + code + " Odd\r\nContent-Length: 0\r\n\r\n")
                            .getBytes(StandardCharsets.US_ASCII));
            socket.getOutputStream().flush();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
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

        assertThat(Duration.ofNanos(System.nanoTime() - begin))
                .as("the drips go on for ever")
                .isLessThan(Duration.ofSeconds(30));
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
        if (!reset.isEmpty()) {
            exchange.getResponseHeaders().set("inin-ratelimit-reset", reset);
        }
        if (status == 204 || status == 304) {
            exchange.sendResponseHeaders(status, -1);
            exchange.close();
            return;
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
        return tokens(
                dialect, URI.create("http://127.0.0.1:" + endpoint.getAddress().getPort()));
    }

    private AccessTokens tokens(Dialect dialect, URI url) {
        GenesysSettings settings = new GenesysSettings(
                url,
                url,
                "id",
                new Secret("s3cret&+sign'"),
                Optional.empty(),
                dialect,
                new BudgetSettings(300, 40, 100),
                Duration.ofSeconds(2),
                Duration.ofSeconds(5),
                Duration.ofMinutes(3),
                new AnswerLimits(1_000, Duration.ofSeconds(2)),
                Optional.empty());
        return new AccessTokens(new TokenEndpoint(settings, clock), clock);
    }
}
