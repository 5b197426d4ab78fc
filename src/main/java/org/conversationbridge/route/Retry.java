// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.route;

import java.time.Duration;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.conversationbridge.failure.FailureText;
import org.conversationbridge.genesys.RateLimitedException;
import org.conversationbridge.genesys.TokenRejectedException;
import org.conversationbridge.settings.Secret;
import org.conversationbridge.token.AccessTokens;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What happens the moment a request has failed, before the pause and the retry ({@code retry} in the routes): one log
 * line; after a 429 the pause is as long as Genesys Cloud asks, at most {@code genesys.rate-limit-max-wait}; after a 401
 * the token is dropped.
 */
public final class Retry implements Processor {
    private static final Logger LOG = LoggerFactory.getLogger(Retry.class);

    /** Exchange property: how many tokens were refused for this request. */
    private static final String TOKENS_REJECTED = "tokensRejected";

    private final AccessTokens tokens;
    private final Duration longestWait;

    public Retry(AccessTokens tokens, Duration longestWait) {
        this.tokens = tokens;
        this.longestWait = longestWait;
    }

    @Override
    public void process(Exchange exchange) {
        Exception failure = exchange.getProperty(Exchange.EXCEPTION_CAUGHT, Exception.class);
        exchange.getMessage().removeHeader(Exchange.REDELIVERY_DELAY);
        if (failure instanceof RateLimitedException limited) {
            pause(exchange, limited);
        } else if (failure instanceof TokenRejectedException) {
            tokens.drop(exchange.getVariable("token", Secret.class));
            exchange.setProperty(TOKENS_REJECTED, exchange.getProperty(TOKENS_REJECTED, 0, Integer.class) + 1);
        }
        LOG.warn("genesys {}", failure == null ? "request failed" : FailureText.of(failure));
    }

    private void pause(Exchange exchange, RateLimitedException limited) {
        Duration wait = limited.retryAfter();
        if (wait.compareTo(longestWait) > 0) {
            LOG.error(
                    "genesys rate limit: asked to wait {} s, waits {} s only (genesys.rate-limit-max-wait)."
                            + " A limit of hours is a daily one: see who else uses this OAuth client.",
                    wait.toSeconds(),
                    longestWait.toSeconds());
            wait = longestWait;
        }
        exchange.getMessage().setHeader(Exchange.REDELIVERY_DELAY, wait.toMillis());
    }
}
