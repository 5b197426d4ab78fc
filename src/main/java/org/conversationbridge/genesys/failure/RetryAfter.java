// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.genesys.failure;

import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.conversationbridge.genesys.GenesysAnswer.Headers;

/**
 * How long to wait after a 429. Sources, in this order: the Retry-After header (seconds or HTTP date), the number in the
 * message ({@code Retry the request in [42] seconds}), the inin-ratelimit-reset header (seconds). A date is compared
 * with the answer's own Date: the clock of this machine may be another. The rule holds for the token endpoint as well.
 */
public final class RetryAfter {
    private static final Pattern IN_MESSAGE = Pattern.compile("\\bin \\[?(\\d{1,9})\\]? seconds");
    private static final Pattern SECONDS = Pattern.compile("\\d{1,9}");
    private static final Duration UNKNOWN = Duration.ofSeconds(30);

    private RetryAfter() {}

    /**
     * The wait that a 429 requests; 30 s if it says nothing that can be read.
     *
     * @param message of the error, or the whole body
     */
    public static Duration of(Headers headers, String message, Clock clock) {
        Optional<Duration> header = inHeader(headers, clock);
        if (header.isPresent()) {
            return header.get();
        }
        Matcher matcher = IN_MESSAGE.matcher(message);
        if (matcher.find()) {
            return Duration.ofSeconds(Long.parseLong(matcher.group(1)));
        }
        return headers.value("inin-ratelimit-reset")
                .filter(reset -> SECONDS.matcher(reset).matches())
                .map(reset -> Duration.ofSeconds(Long.parseLong(reset)))
                .orElse(UNKNOWN);
    }

    /** What the Retry-After header of any answer requests; empty if there is none, or one that cannot be read. */
    public static Optional<Duration> inHeader(Headers headers, Clock clock) {
        String header = headers.value("Retry-After").orElse("");
        if (SECONDS.matcher(header).matches()) {
            return Optional.of(Duration.ofSeconds(Long.parseLong(header)));
        }
        return date(header).map(until -> {
            Instant now = headers.value("Date").flatMap(RetryAfter::date).orElseGet(clock::instant);
            Duration wait = Duration.between(now, until);
            return wait.isNegative() ? Duration.ZERO : wait;
        });
    }

    /** An HTTP date; empty if it is in no form that RFC 9110 knows. */
    private static Optional<Instant> date(String text) {
        try {
            return Optional.of(ZonedDateTime.parse(text, DateTimeFormatter.RFC_1123_DATE_TIME)
                    .toInstant());
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }
}
