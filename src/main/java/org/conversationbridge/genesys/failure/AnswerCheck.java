// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.genesys.failure;

import java.io.IOException;
import java.net.ConnectException;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.UnknownHostException;
import java.time.Clock;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.SSLException;
import org.conversationbridge.genesys.GenesysAnswer;
import org.conversationbridge.genesys.GenesysRequest;
import org.conversationbridge.text.ForeignText;

/**
 * Says what an answer, or its absence, means. Source of the codes: {@code x-inin-error-codes} of the Platform API's
 * description, 2026-07.
 */
public final class AnswerCheck {
    private static final Pattern IN_BRACKETS = Pattern.compile("\\[([^\\]]+)\\]");
    private static final Pattern AFTER_COLON = Pattern.compile("permission\\(s\\): ?(.+)$");

    private static final Pattern LIMIT = Pattern.compile(
            "exceed|longer|too (long|large|big|wide)|greater|larger|maximum|at most|no more|more than|less than|within|limit",
            Pattern.CASE_INSENSITIVE);

    private static final int LONGEST_CORRELATION_ID = 100;

    private final URI apiUrl;
    private final Duration responseTimeout;
    private final Clock clock;

    public AnswerCheck(URI apiUrl, Duration responseTimeout, Clock clock) {
        this.apiUrl = apiUrl;
        this.responseTimeout = responseTimeout;
        this.clock = clock;
    }

    /**
     * Accepts a 2xx answer.
     *
     * @throws GenesysException the subclass says how to go on
     */
    public void check(GenesysRequest request, GenesysAnswer answer) {
        int status = answer.status();
        if (status >= 200 && status < 300 && status != 204 && status != 205) {
            return;
        }
        ErrorBody error = ErrorBody.read(answer.body());
        throw switch (status) {
            case 429 -> rateLimited(request, answer, error);
            case 401 -> unauthorized(request, answer, error);
            case 403 -> new AccessDeniedException(status, denied(request, answer, error));
            case 400, 413 -> refused(request, answer, error);
            case 408 -> unavailable(request, answer, error);
            default ->
                status >= 500 || status < 300
                        ? unavailable(request, answer, error)
                        : new InvalidRequestException(status, unexpected(request, answer, error));
        };
    }

    /** What a connection that failed means. */
    public GenesysException unreachable(GenesysRequest request, IOException cause) {
        if (cause instanceof BodyTooLargeException) {
            return new AnswerTooLargeException(
                    0,
                    "The answer of Genesys Cloud to " + request + " is too large: " + cause.getMessage()
                            + ". It is requested again in smaller pages, if it has pages.");
        }
        return new GenesysUnavailableException(
                0,
                "No answer from " + apiUrl + " to " + request + ": " + reason(cause) + " ("
                        + cause.getClass().getSimpleName() + ").",
                cause);
    }

    private String reason(IOException cause) {
        if (cause instanceof com.fasterxml.jackson.core.exc.StreamConstraintsException) {
            return "the body breaks a limit of the JSON reader: 1,000 levels, 1,000 digits, 50,000 characters in the"
                    + " name of a field, 20 million in a text";
        }
        if (cause instanceof com.fasterxml.jackson.core.JsonProcessingException) {
            return "the body is not, or not all, JSON: it was cut off, or a proxy answered instead";
        }
        if (cause instanceof UnknownHostException) {
            return "the host cannot be resolved; check GENESYS_REGION or GENESYS_API_URL, and DNS";
        }
        if (cause instanceof AnswerTooSlowException) {
            return String.valueOf(cause.getMessage());
        }
        if (cause instanceof SocketTimeoutException) {
            return "timeout; no data for " + responseTimeout.toMillis() + " ms (genesys.response-timeout)"
                    + " or no connection within genesys.connect-timeout";
        }
        if (cause instanceof ConnectException) {
            return "connection refused; check GENESYS_API_URL, firewall and proxy";
        }
        if (cause instanceof SSLException) {
            return "no trusted TLS connection; check the trust store and any TLS-inspecting proxy";
        }
        return "the connection broke";
    }

    private RateLimitedException rateLimited(GenesysRequest request, GenesysAnswer answer, ErrorBody error) {
        Duration wait = RetryAfter.of(answer.headers(), error.message(), clock);
        return new RateLimitedException(
                what(request, answer, error) + " Genesys Cloud asks to wait " + wait.toSeconds()
                        + " s. If this repeats, lower genesys.requests-per-minute or poll less often: all processes"
                        + " of one OAuth client share its limit.",
                wait);
    }

    private static GenesysException unauthorized(GenesysRequest request, GenesysAnswer answer, ErrorBody error) {
        if (error.code().equals("ip.not.authorized")) {
            return new AccessDeniedException(
                    401,
                    what(request, answer, error) + " The address of this machine is not allowed: add it in Genesys"
                            + " Cloud to the IP address allowlist of the organization settings.");
        }
        return new TokenRejectedException(
                401,
                what(request, answer, error) + " The token is not accepted. A new one is fetched once; if that is"
                        + " refused too, check that GENESYS_REGION is the region of the org that owns the OAuth"
                        + " client.");
    }

    private static String denied(GenesysRequest request, GenesysAnswer answer, ErrorBody error) {
        if (!error.isFromGenesys()) {
            return what(request, answer, error) + " The body is not from Genesys Cloud: a proxy refused the request.";
        }
        if (error.code().startsWith("app.not.authorized")) {
            return what(request, answer, error) + " The OAuth client lacks a scope: add it in Genesys Cloud under"
                    + " Admin > Integrations > OAuth > (the client) > Scope.";
        }
        String missing = missing(error.message());
        return what(request, answer, error)
                + (missing.isEmpty()
                        ? " The OAuth client may not do this."
                        : " The OAuth client's role lacks the permission " + missing + ".")
                + " Add it in Genesys Cloud: Admin > People & Permissions > Roles, in a role that the client has under"
                + " Admin > Integrations > OAuth > (the client) > Roles, for the divisions to be read."
                + " It is retried automatically.";
    }

    private static String missing(String message) {
        Matcher matcher = IN_BRACKETS.matcher(message);
        if (matcher.find()) {
            return matcher.group(1).replace(", ", " or ");
        }
        matcher = AFTER_COLON.matcher(message);
        return matcher.find() ? matcher.group(1) : "";
    }

    private static GenesysException refused(GenesysRequest request, GenesysAnswer answer, ErrorBody error) {
        int status = answer.status();
        if (error.says("requires a user context")) {
            return new UserContextRequiredException(status, what(request, answer, error));
        }
        if (error.says("may not exceed 100000 results")) {
            return new TooManyResultsException(status, what(request, answer, error));
        }
        if (isAboutLongInterval(error)) {
            return new IntervalTooLongException(status, what(request, answer, error));
        }
        if (error.code().equals("response.entity.too.large") || error.code().equals("payload.too.large")) {
            return new AnswerTooLargeException(status, what(request, answer, error));
        }
        return new InvalidRequestException(status, unexpected(request, answer, error));
    }

    /** The description has no code for it: words that go with a limit on the length of an interval. */
    private static boolean isAboutLongInterval(ErrorBody error) {
        return error.says("interval") && LIMIT.matcher(error.message()).find();
    }

    private static String unexpected(GenesysRequest request, GenesysAnswer answer, ErrorBody error) {
        if (answer.status() / 100 == 3) {
            return what(request, answer, error)
                    + " Redirects are not followed and the token goes to no other host: check GENESYS_API_URL.";
        }
        return what(request, answer, error) + " This request is not retried unchanged; check the settings that it is"
                + " built from (GENESYS_DIALECT, poll.*, history.*).";
    }

    private static GenesysUnavailableException unavailable(
            GenesysRequest request, GenesysAnswer answer, ErrorBody error) {
        return new GenesysUnavailableException(answer.status(), what(request, answer, error), null);
    }

    private static String what(GenesysRequest request, GenesysAnswer answer, ErrorBody error) {
        String told = error.isFromGenesys() ? ": " + error.code() + ", \"" + error.message() + "\"" : "";
        String correlation = answer.headers()
                .value("ININ-Correlation-Id")
                .map(id -> ForeignText.printable(id.replaceAll("[^A-Za-z0-9-]", ""), LONGEST_CORRELATION_ID))
                .map(id -> ", correlation id " + id)
                .orElse("");
        return "Genesys Cloud answered " + answer.status() + " to " + request + told + correlation + ".";
    }
}
