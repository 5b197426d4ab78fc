// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.token;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import javax.net.ssl.SSLException;
import org.conversationbridge.clock.GenesysClock;
import org.conversationbridge.failure.BridgeException;
import org.conversationbridge.genesys.GenesysAnswer;
import org.conversationbridge.genesys.failure.RetryAfter;
import org.conversationbridge.settings.Dialect;
import org.conversationbridge.settings.GenesysSettings;
import org.conversationbridge.settings.Secret;
import org.conversationbridge.text.ForeignText;
import org.conversationbridge.tls.TrustedAuthorities;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * {@code POST <login-url>/oauth/token} with grant type client_credentials. Source: the vendor's SDKs: the client
 * authenticates with Basic; the answer has {@code access_token} and {@code expires_in} (seconds) and no refresh token;
 * errors are OAuth's ({@code error}, {@code error_description}). In the tutorial dialect the client's id and secret are
 * form fields, as the tutorial sends them.
 */
public final class TokenEndpoint {
    private static final Logger LOG = LoggerFactory.getLogger(TokenEndpoint.class);
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration UNTOLD_LIFE = Duration.ofMinutes(5);
    private static final Duration LEAST_LIFE = Duration.ofSeconds(60);
    /** The longest that an OAuth client of Genesys Cloud can be set to. */
    private static final Duration LONGEST_LIFE = Duration.ofDays(2);

    /** Try again later: client time-out, too early, too many requests. */
    private static final Set<Integer> BUSY = Set.of(408, 425, 429);
    /** Refusals of a client, also if no OAuth error says so. */
    private static final Set<Integer> OF_CLIENT = Set.of(400, 401, 403);

    private static final int LONGEST_ERROR = 300;
    private static final int LONGEST_NUMBER = 40;
    /** An answer with a token has some hundred. */
    private static final int MOST_BYTES = 100_000;

    private final GenesysSettings settings;
    private final URI url;
    private final Clock clock;
    private final GenesysClock genesysClock;
    private final HttpClient http;
    private final AtomicBoolean warned = new AtomicBoolean();

    /** Where the clock of Genesys Cloud is not measured. */
    public TokenEndpoint(GenesysSettings settings, Clock clock) {
        this(settings, clock, new GenesysClock(clock));
    }

    /**
     * @param clock one that is never set
     * @param genesysClock its answers report what time it is there
     */
    public TokenEndpoint(GenesysSettings settings, Clock clock, GenesysClock genesysClock) {
        this.genesysClock = genesysClock;
        this.settings = settings;
        this.url = URI.create(settings.loginUrl() + "/oauth/token");
        this.clock = clock;
        HttpClient.Builder client = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .followRedirects(HttpClient.Redirect.NEVER)
                .connectTimeout(settings.connectTimeout());
        settings.authorities().map(TrustedAuthorities::context).ifPresent(client::sslContext);
        this.http = client.build();
    }

    /**
     * Fetches a new token.
     *
     * @throws TokenRefusedException when the client is refused
     * @throws TokenUnavailableException when there is no usable answer
     */
    AccessToken fetch() {
        Instant sentAt = clock.instant();
        HttpResponse<String> answer = send();
        genesysClock.answered(sentAt, answer.headers().firstValue("Date").orElse(""));
        int status = answer.statusCode();
        if (status == 200) {
            return token(answer.body());
        }
        throw failure(status, answer);
    }

    /**
     * What an answer without a token means. A refusal is an answer of 4xx that says so (RFC 6749, section 5.2), or one
     * that stays until the URL or a proxy is corrected; any other says nothing about the client and may be different
     * next time.
     */
    private BridgeException failure(int status, HttpResponse<String> answer) {
        String told = status + " " + error(answer.body());
        if (BUSY.contains(status) || status >= 500) {
            Duration wait = wait(answer).orElse(null);
            String asked = wait == null ? "" : " It asks to wait " + wait.toSeconds() + " s.";
            return new TokenUnavailableException(status, url + " answered " + told + "." + asked, wait, null);
        }
        if (status < 300 || status == 304) {
            return new TokenUnavailableException(
                    status,
                    url + " answered " + status + ", which is no answer to a request for a token (that is 200): a proxy"
                            + " may have answered instead.",
                    null);
        }
        if (status < 400) {
            return new TokenRefusedException(
                    status,
                    url + " answered " + status + ", a redirect. It is not followed: the client secret goes to no other"
                            + " host. Check GENESYS_LOGIN_URL.");
        }
        if (!OF_CLIENT.contains(status)
                && json(answer.body()).path("error").asText("").isEmpty()) {
            return new TokenRefusedException(
                    status,
                    url + " answered " + told + ". That says nothing about the OAuth client: check GENESYS_REGION or"
                            + " GENESYS_LOGIN_URL, and any proxy.");
        }
        return new TokenRefusedException(
                status,
                url + " refused the OAuth client: " + told
                        + ". Check GENESYS_CLIENT_ID and GENESYS_CLIENT_SECRET (an OAuth client of grant type Client"
                        + " Credentials), and GENESYS_REGION: a client is known in the region of its org only.");
    }

    /** The longest wait that an answer may request. */
    Duration longestWait() {
        return settings.rateLimitMaxWait();
    }

    /** A 429 that does not say how long to wait is waited for all the same, as one of the API is. */
    private Optional<Duration> wait(HttpResponse<String> answer) {
        Map<String, String> values = new HashMap<>();
        answer.headers().map().forEach((name, all) -> values.put(name, all.get(0)));
        GenesysAnswer.Headers headers = new GenesysAnswer.Headers(values);
        return answer.statusCode() == 429
                ? Optional.of(RetryAfter.of(headers, answer.body(), clock))
                : RetryAfter.inHeader(headers, clock);
    }

    /** The request's own time-out ends with the header of the answer; a body that drips in needs this one. */
    private HttpResponse<String> send() {
        CompletableFuture<HttpResponse<String>> answer =
                http.sendAsync(request(), header -> new BoundedText(MOST_BYTES));
        Duration longest = settings.answerLimits().time();
        try {
            return answer.get(longest.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            throw unavailable(e.getCause() == null ? e : e.getCause());
        } catch (TimeoutException e) {
            answer.cancel(true);
            throw unavailable(e);
        } catch (InterruptedException e) {
            answer.cancel(true);
            Thread.currentThread().interrupt();
            throw new TokenUnavailableException(0, "Interrupted while waiting for " + url + ".", e);
        }
    }

    private TokenUnavailableException unavailable(Throwable cause) {
        String advice = cause instanceof SSLException
                ? "The TLS connection is not trusted: check genesys.trust-store and any TLS-inspecting proxy."
                : "Check GENESYS_REGION or GENESYS_LOGIN_URL, DNS, firewall and proxy.";
        return new TokenUnavailableException(
                0, "No answer from " + url + " (" + cause.getClass().getSimpleName() + "). " + advice, cause);
    }

    private HttpRequest request() {
        HttpRequest.Builder request = HttpRequest.newBuilder(url)
                .timeout(settings.responseTimeout())
                .header("Content-Type", "application/x-www-form-urlencoded")
                .header("Accept", "application/json");
        String form = "grant_type=client_credentials";
        if (settings.dialect() == Dialect.TUTORIAL) {
            form += "&client_id=" + encoded(settings.clientId()) + "&client_secret="
                    + encoded(settings.clientSecret().reveal());
        } else {
            request.header("Authorization", "Basic " + basic());
        }
        return request.POST(HttpRequest.BodyPublishers.ofString(form)).build();
    }

    private AccessToken token(String body) {
        JsonNode answer = json(body);
        String value = answer.path("access_token").asText("");
        if (value.isEmpty()) {
            throw new TokenUnavailableException(
                    200, url + " answered 200 without access_token: a proxy may have answered instead.", null);
        }
        return AccessToken.validFor(new Secret(value), life(answer.path("expires_in")), clock.instant());
    }

    /** As reported, where that makes sense: a token that is renewed for each request, or never, is useless. */
    private Duration life(JsonNode told) {
        double seconds = told.asDouble(Double.NaN);
        Duration life = Double.isNaN(seconds)
                ? UNTOLD_LIFE
                : Duration.ofSeconds((long) Math.max(
                        (double) LEAST_LIFE.toSeconds(), Math.min(seconds, (double) LONGEST_LIFE.toSeconds())));
        if (seconds != life.toSeconds() && warned.compareAndSet(false, true)) {
            LOG.warn(
                    "genesys {} answered expires_in={}, which is not a valid lifetime; the token is used for"
                            + " {} s. Check that GENESYS_LOGIN_URL is the login host of the region.",
                    url,
                    ForeignText.oneLine(told.isMissingNode() ? "(none)" : told.asText(), LONGEST_NUMBER),
                    life.toSeconds());
        }
        return life;
    }

    private String error(String body) {
        JsonNode answer = json(body);
        String error = answer.path("error").asText("");
        String description = answer.path("error_description")
                .asText(answer.path("description").asText(""));
        String told = error.isEmpty() ? body : error + (description.isEmpty() ? "" : ", " + description);
        return ForeignText.oneLine(withoutSecret(told), LONGEST_ERROR);
    }

    /** Without the secret in the forms in which it is sent, should the endpoint repeat what it got. */
    private String withoutSecret(String text) {
        Secret secret = settings.clientSecret();
        String without = new Secret(basic()).hideIn(secret.hideIn(text));
        return new Secret(encoded(secret.reveal())).hideIn(without);
    }

    private String basic() {
        byte[] basic = (settings.clientId() + ":" + settings.clientSecret().reveal()).getBytes(StandardCharsets.UTF_8);
        return Base64.getEncoder().encodeToString(basic);
    }

    private static JsonNode json(String body) {
        try {
            return JSON.readTree(body);
        } catch (JsonProcessingException e) {
            return MissingNode.getInstance();
        }
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
