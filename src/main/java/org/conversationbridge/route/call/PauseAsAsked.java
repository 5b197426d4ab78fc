// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.route.call;

import java.time.Duration;
import java.util.Optional;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.apache.camel.support.CamelContextHelper;
import org.conversationbridge.genesys.failure.RateLimitedException;
import org.conversationbridge.token.TokenUnavailableException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What {@link Retry} does, and the pause before the next attempt: as long as Genesys Cloud or its token endpoint asks
 * for, up to a limit. If neither asks, the pause is that of the error policy. Made and named in the error policy
 * ({@code retryAfter}), so that the limit is read there.
 */
public final class PauseAsAsked implements Processor {
    private static final Logger LOG = LoggerFactory.getLogger(PauseAsAsked.class);

    private final Duration longest;

    /** @param longestMillis the longest pause in milliseconds, whatever Genesys Cloud requests */
    public PauseAsAsked(long longestMillis) {
        this.longest = Duration.ofMillis(longestMillis);
    }

    @Override
    public void process(Exchange exchange) {
        CamelContextHelper.mandatoryFindSingleByType(exchange.getContext(), Retry.class)
                .process(exchange);
        asked(exchange.getProperty(Exchange.EXCEPTION_CAUGHT, Exception.class))
                .map(this::limited)
                .ifPresent(pause -> exchange.getMessage().setHeader(Exchange.REDELIVERY_DELAY, pause.toMillis()));
    }

    private static Optional<Duration> asked(Exception failure) {
        if (failure instanceof RateLimitedException limited) {
            return Optional.of(limited.retryAfter());
        }
        return failure instanceof TokenUnavailableException unavailable ? unavailable.retryAfter() : Optional.empty();
    }

    private Duration limited(Duration asked) {
        if (asked.compareTo(longest) <= 0) {
            return asked;
        }
        LOG.error(
                "genesys rate limit: asked to wait {} s, waiting only {} s (genesys.rate-limit-max-wait)."
                        + " A limit of hours is a daily one: see who else uses this OAuth client.",
                asked.toSeconds(),
                longest.toSeconds());
        return longest;
    }
}
