// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.settings;

import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.conversationbridge.tls.TrustedAuthorities;

/**
 * How Genesys Cloud is reached.
 *
 * @param apiUrl base URL of the Platform API
 * @param loginUrl base URL of the token endpoint
 * @param organizationId sent as X-Genesys-Organization-ID when present
 * @param budget how many requests may be sent
 * @param authorities whom TLS trusts; empty = the authorities that the JVM knows
 */
public record GenesysSettings(
        URI apiUrl,
        URI loginUrl,
        String clientId,
        Secret clientSecret,
        Optional<String> organizationId,
        Dialect dialect,
        BudgetSettings budget,
        Duration connectTimeout,
        Duration responseTimeout,
        Duration rateLimitMaxWait,
        AnswerLimits answerLimits,
        Optional<TrustedAuthorities> authorities) {

    private static final Duration HOUR = Duration.ofHours(1);
    private static final Duration MINUTE = Duration.ofMinutes(1);
    private static final Duration INSTANT = Duration.ofMillis(1);
    private static final Pattern LOOPBACK = Pattern.compile("localhost|127(\\.\\d{1,3}){3}|\\[::1\\]");

    private static final Pattern GENESYS_HOST = Pattern.compile("^(\\w+)\\..*(?:mypurecloud\\.[a-z.]+|pure\\.cloud)$");

    static GenesysSettings from(Values values) {
        Dialect dialect = values.choice("genesys.dialect", Dialect.class);
        String domain = values.read("genesys.region", Region::domain);
        Optional<URI> apiUrl = values.baseUrl("genesys.api-url");
        URI api = apiUrl.orElseGet(() -> URI.create("https://api." + domain));
        URI login =
                values.baseUrl("genesys.login-url").orElseGet(() -> dialect == Dialect.TUTORIAL ? api : loginOf(api));
        requireTls(values, "genesys.api-url", api);
        requireTls(values, "genesys.login-url", login);
        refuseHost(values, "genesys.api-url", api, List.of("login", "apps"));
        refuseHost(values, "genesys.login-url", login, List.of("apps", "streaming"));
        values.number("genesys.retries", 0, 20);
        values.number("genesys.rate-limit-retries", 0, 100);
        Duration firstPause = values.duration("genesys.retry-delay", INSTANT, HOUR);
        Duration longestPause = values.duration("genesys.retry-max-delay", INSTANT, HOUR);
        values.requireAtMost("genesys.retry-delay", firstPause, "genesys.retry-max-delay", longestPause);
        Duration responseTimeout = values.duration("genesys.response-timeout", INSTANT, HOUR);
        AnswerLimits answerLimits = AnswerLimits.from(values);
        values.requireAtMost(
                "genesys.response-timeout", responseTimeout, "genesys.answer-timeout", answerLimits.time());
        BudgetSettings budget = BudgetSettings.from(values);
        requireOneRequestPerPoll(values, budget.perMinute());
        return new GenesysSettings(
                api,
                login,
                values.read("genesys.client-id", GenesysSettings::clientId),
                values.secret("genesys.client-secret"),
                values.optional("genesys.org-id"),
                dialect,
                budget,
                values.duration("genesys.connect-timeout", INSTANT, HOUR),
                responseTimeout,
                values.duration("genesys.rate-limit-max-wait", Duration.ZERO, Duration.ofDays(1)),
                answerLimits,
                values.authorities("genesys.trust-store"));
    }

    /** Without blanks and brackets: those of an example to fill in. */
    private static String clientId(String text) {
        if (!text.matches("[\\x21-\\x7E&&[^<>{}\"'\\[\\]]]*")) {
            throw new IllegalArgumentException("it is not the id of an OAuth client, such as"
                    + " 3f1b6a6e-5d0c-4c3e-9a52-0a1b2c3d4e5f: it has a blank, a bracket or another sign");
        }
        return text;
    }

    /** A poll takes one request at least. */
    private static void requireOneRequestPerPoll(Values values, int requestsPerMinute) {
        Optional<Duration> period = PollSchedule.period(values);
        long needed = period.map(between -> (MINUTE.toMillis() + between.toMillis() - 1) / between.toMillis())
                .orElse(0L);
        if (requestsPerMinute < needed) {
            values.problem(
                    values.isGiven("genesys.requests-per-minute") ? "genesys.requests-per-minute" : "poll.cron",
                    requestsPerMinute + " a minute are too few for a poll every "
                            + period.orElse(MINUTE).toSeconds()
                            + " s (poll.cron), which takes one request or more; set genesys.requests-per-minute to "
                            + needed + " or more, ideally ten times as many, or poll less often");
        }
    }

    /** The hosts of one org differ in their first word only. */
    private static void refuseHost(Values values, String key, URI url, List<String> others) {
        if (values.isGiven(key)
                && GENESYS_HOST.matcher(url.getHost()).results().anyMatch(host -> others.contains(host.group(1)))) {
            values.problem(
                    key, "'" + url + "' is another host of Genesys Cloud; the API is at api., the tokens at login.");
        }
    }

    /** Without TLS, secret and token can be read on the way; on this machine there is none. */
    private static void requireTls(Values values, String key, URI url) {
        boolean allowed = values.flag("genesys.allow-http")
                || LOOPBACK.matcher(url.getHost()).matches();
        if (url.getScheme().equals("http") && !allowed) {
            values.problem(
                    key,
                    "client secret and token would go to " + url + " unencrypted; use https, or set GENESYS_ALLOW_HTTP"
                            + " to true in a trusted network");
        }
    }

    /**
     * Refuses settings without an OAuth client.
     *
     * @throws SettingsException naming the environment variables to set
     */
    public void requireCredentials() {
        List<String> problems = new ArrayList<>();
        if (clientId.isEmpty()) {
            problems.add("GENESYS_CLIENT_ID is not set: the id of an OAuth client of grant type Client Credentials"
                    + " (Genesys Cloud: Admin > Integrations > OAuth).");
        }
        if (clientSecret.isEmpty()) {
            problems.add("GENESYS_CLIENT_SECRET is not set: the secret of that OAuth client"
                    + " (or GENESYS_CLIENT_SECRET_FILE: a file that holds it).");
        }
        if (!problems.isEmpty()) {
            problems.add("To try the program without a Genesys Cloud org: conversation-bridge run --sandbox");
            throw new SettingsException(problems);
        }
    }

    /** The vendor's own SDKs derive the host of the token endpoint from the API's in this way. */
    private static URI loginOf(URI api) {
        String host = api.getHost();
        return host.startsWith("api.") ? URI.create(api.toString().replaceFirst("//api\\.", "//login.")) : api;
    }
}
