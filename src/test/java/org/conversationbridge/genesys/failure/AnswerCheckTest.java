// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.genesys.failure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.core.JsonParseException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.UnknownHostException;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import javax.net.ssl.SSLHandshakeException;
import org.conversationbridge.genesys.GenesysAnswer;
import org.conversationbridge.genesys.GenesysRequest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Each sentence an administrator may see, and how it goes on. */
class AnswerCheckTest {
    private static final GenesysRequest REQUEST =
            GenesysRequest.get("active conversations", "/api/v2/conversations", "");

    private final AnswerCheck check =
            new AnswerCheck(URI.create("https://api.mypurecloud.com"), Duration.ofSeconds(20), Clock.systemUTC());

    @Test
    void accepts_success() {
        assertThatCode(() -> check.check(REQUEST, answer(200, "{}"))).doesNotThrowAnyException();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 99, 100, 103, 199, 204, 205})
    void a_status_that_brings_no_answer_is_worth_another_try(int status) {
        assertThatThrownBy(() -> check.check(REQUEST, answer(status, "")))
                .isInstanceOf(GenesysUnavailableException.class)
                .hasMessageContaining("answered " + status);
    }

    @Test
    void names_the_missing_permission_and_where_to_add_it() {
        GenesysException e = failure(
                403,
                "missing.any.permissions",
                "Unable to perform the requested action. You must have at least one of the following permissions"
                        + " assigned: [analytics:conversationDetail:view, analytics:agentConversationDetail:view]");

        assertThat(e).isInstanceOf(AccessDeniedException.class);
        assertThat(e)
                .hasMessageContaining("lacks the permission analytics:conversationDetail:view or"
                        + " analytics:agentConversationDetail:view.")
                .hasMessageContaining("Admin > People & Permissions > Roles")
                .hasMessageContaining("correlation id 5555-aaaa")
                .hasMessageContaining("answered 403 to GET /api/v2/conversations (active conversations)");
    }

    @Test
    void names_a_single_missing_permission() {
        assertThat(failure(
                        403,
                        "missing.permissions",
                        "Unable to perform the requested action. You are missing the following permission(s):"
                                + " conversation:communication:view"))
                .hasMessageContaining("lacks the permission conversation:communication:view.");
    }

    @Test
    void names_a_missing_scope() {
        assertThat(failure(403, "app.not.authorized.for.scope", "App not authorized to use scope analytics"))
                .isInstanceOf(AccessDeniedException.class)
                .hasMessageContaining("lacks a scope")
                .hasMessageContaining("scope analytics");
    }

    @Test
    void a_403_that_is_not_of_genesys_points_at_a_proxy() {
        assertThat(failure(answer(403, "<html>blocked</html>"))).hasMessageContaining("a proxy refused the request");
    }

    @Test
    void a_401_is_worth_a_new_token() {
        assertThat(failure(401, "bad.credentials", "Invalid login credentials."))
                .isInstanceOf(TokenRejectedException.class)
                .hasMessageContaining("GENESYS_REGION");
    }

    @Test
    void a_401_of_the_address_is_not() {
        assertThat(failure(
                        401,
                        "ip.not.authorized",
                        "Requests originating from this IP address are not authorized: [192.0.2.7]"))
                .isInstanceOf(AccessDeniedException.class)
                .hasMessageContaining("192.0.2.7")
                .hasMessageContaining("allowlist");
    }

    @Test
    void a_429_says_how_long_to_wait_and_what_to_change() {
        GenesysException e = failure(new GenesysAnswer(
                429,
                new GenesysAnswer.Headers(Map.of("Retry-After", "42")),
                error("too.many.requests.retry.after", "Retry the request in [42] seconds")));

        assertThat(e)
                .isInstanceOfSatisfying(
                        RateLimitedException.class,
                        limited -> assertThat(limited.retryAfter()).isEqualTo(Duration.ofSeconds(42)));
        assertThat(e)
                .hasMessageContaining("asks to wait 42 s")
                .hasMessageContaining("lower genesys.requests-per-minute");
    }

    @Test
    void a_missing_user_context_is_a_case_of_its_own() {
        assertThat(failure(
                        400,
                        "bad.request",
                        "This request requires a user context. Client credentials cannot be used for requests to this"
                                + " resource."))
                .isInstanceOf(UserContextRequiredException.class);
    }

    @Test
    void too_many_results_and_too_large_answers_are_cases_of_their_own() {
        assertThat(failure(400, "bad.request", "Pagination may not exceed 100000 results."))
                .isInstanceOf(TooManyResultsException.class);
        assertThat(failure(400, "response.entity.too.large", "The response is over the size limit."))
                .isInstanceOf(AnswerTooLargeException.class);
        assertThat(failure(413, "payload.too.large", "The response payload was too large."))
                .isInstanceOf(AnswerTooLargeException.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "interval: may not exceed 31 days",
                "The interval is too long. Maximum: P7D",
                "The query interval must be less than or equal to 7 days",
                "Interval exceeds the maximum of 31 days",
                "Date range limit: the interval can be at most 7 days"
            })
    void words_about_a_long_interval_are_a_case_of_their_own(String words) {
        assertThat(failure(400, "bad.request", words)).isInstanceOf(IntervalTooLongException.class);
        assertThat(failure(400, "constraint.validation", words)).isInstanceOf(IntervalTooLongException.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "interval: may not be null",
                "interval: the start must be before the end",
                "Dates must be specified as ISO-8601 strings. For example: yyyy-MM-ddTHH:mm:ss.SSSZ; interval [x/y]"
            })
    void other_words_about_an_interval_are_not(String words) {
        assertThat(failure(400, "bad.request", words)).isInstanceOf(InvalidRequestException.class);
    }

    @Test
    void another_400_is_final_and_quotes_the_api() {
        assertThat(failure(400, "invalid.date", "Dates must be specified as ISO-8601 strings."))
                .isInstanceOf(InvalidRequestException.class)
                .hasMessageContaining(
                        "(active conversations): invalid.date, \"Dates must be specified as ISO-8601 strings.\"")
                .hasMessageContaining("check the settings that it is built from");
    }

    @ParameterizedTest
    @CsvSource({"408", "500", "502", "503", "504"})
    void a_server_error_is_worth_a_retry(int status) {
        assertThat(failure(answer(status, "<html>oops</html>")))
                .isInstanceOf(GenesysUnavailableException.class)
                .hasMessageContaining("answered " + status);
    }

    @Test
    void a_redirect_is_not_followed() {
        assertThat(failure(answer(302, "")))
                .isInstanceOf(InvalidRequestException.class)
                .hasMessageContaining("Redirects are not followed");
    }

    @Test
    void an_error_body_is_quoted_in_one_short_line() {
        assertThat(failure(400, "bad.request", "first\nsecond\u001b[31m" + "x".repeat(5_000)))
                .message()
                .hasLineCount(1)
                .doesNotContain("\u001b")
                .hasSizeLessThan(1_000);
    }

    @Test
    void a_broken_connection_is_reported_with_its_reason() {
        assertThat(unreachable(new UnknownHostException("api.x"))).contains("check GENESYS_REGION or GENESYS_API_URL");
        assertThat(unreachable(new ConnectException("refused"))).contains("connection refused");
        assertThat(unreachable(new SocketTimeoutException("read")))
                .contains("timeout; no data for 20000 ms (genesys.response-timeout)");
        assertThat(unreachable(new SSLHandshakeException("PKIX"))).contains("trust store");
        assertThat(unreachable(new JsonParseException(null, "end"))).contains("not, or not all, JSON");
        assertThat(unreachable(new IOException("reset")))
                .contains(
                        "No answer from https://api.mypurecloud.com to GET /api/v2/conversations (active conversations)")
                .contains("the connection broke (IOException)");
    }

    @Test
    void a_correlation_id_of_any_length_leaves_the_line_short() {
        GenesysAnswer.Headers headers =
                new GenesysAnswer.Headers(Map.of("ININ-Correlation-Id", "7 \r\n".repeat(10_000)));

        assertThat(failure(new GenesysAnswer(500, headers, "{}")))
                .hasMessageContaining("correlation id " + "7".repeat(100) + "....")
                .hasMessageNotContaining("7".repeat(101));
    }

    private String unreachable(IOException cause) {
        return String.valueOf(check.unreachable(REQUEST, cause).getMessage());
    }

    private GenesysException failure(int status, String code, String message) {
        return failure(answer(status, error(code, message)));
    }

    private GenesysException failure(GenesysAnswer answer) {
        return catchThrowableOfType(GenesysException.class, () -> check.check(REQUEST, answer));
    }

    private static GenesysAnswer answer(int status, String body) {
        return new GenesysAnswer(status, new GenesysAnswer.Headers(Map.of("ININ-Correlation-Id", "5555-aaaa")), body);
    }

    private static String error(String code, String message) {
        return com.fasterxml.jackson.databind.node.JsonNodeFactory.instance
                .objectNode()
                .put("code", code)
                .put("message", message)
                .toString();
    }
}
