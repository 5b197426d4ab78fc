// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.route.call;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.conversationbridge.failure.FailureText;
import org.conversationbridge.genesys.GenesysRequest;
import org.conversationbridge.genesys.failure.GenesysUnavailableException;
import org.conversationbridge.genesys.failure.RateLimitedException;
import org.conversationbridge.genesys.failure.TokenRejectedException;
import org.conversationbridge.settings.Secret;
import org.conversationbridge.token.AccessTokens;
import org.conversationbridge.token.TokenUnavailableException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/**
 * What happens the moment a request has failed, before the pause and the retry ({@code retry} in the routes): one log
 * line for the first of several failures in a row of one operation, and of the token; after a 401 the token is dropped. The pause is that of the error
 * policy, see {@link PauseAsAsked} for the one that Genesys Cloud asks for.
 */
public final class Retry implements Processor {
    private static final Logger LOG = LoggerFactory.getLogger(Retry.class);

    /** Exchange property: how many tokens were refused for this request. */
    private static final String TOKENS_REJECTED = "tokensRejected";

    /** Stands for the operation where there is no token for any request. */
    private static final String TOKEN = "token";

    private final AccessTokens tokens;
    /** Operations whose failure is logged, see {@link GenesysRequest#operation()}: a dozen at most. */
    private final Set<String> failing = ConcurrentHashMap.newKeySet();

    public Retry(AccessTokens tokens) {
        this.tokens = tokens;
    }

    @Override
    public void process(Exchange exchange) {
        Exception failure = exchange.getProperty(Exchange.EXCEPTION_CAUGHT, Exception.class);
        exchange.getMessage().removeHeader(Exchange.REDELIVERY_DELAY);
        if (failure instanceof TokenRejectedException) {
            tokens.drop(exchange.getVariable("token", Secret.class));
            exchange.setProperty(TOKENS_REJECTED, exchange.getProperty(TOKENS_REJECTED, 0, Integer.class) + 1);
        }
        if (failure != null && isRepeated(failure)) {
            LOG.atLevel(failing.add(operation(exchange, failure)) ? Level.WARN : Level.DEBUG)
                    .log(
                            "{} Retried as the settings allow. Logged once until such a request succeeds.",
                            FailureText.sentence(failure));
        }
    }

    /** A request was answered, and its answer read: the next failure of its operation, or of the token, is news. */
    public void answered(GenesysRequest request) {
        failing.remove(request.operation());
        failing.remove(TOKEN);
    }

    private static String operation(Exchange exchange, Exception failure) {
        GenesysRequest request = exchange.getVariable("request", GenesysRequest.class);
        return request == null || failure instanceof TokenUnavailableException ? TOKEN : request.operation();
    }

    /** Camel calls this for a final failure too, if one that is repeated came before it. */
    private static boolean isRepeated(Exception failure) {
        return failure instanceof RateLimitedException
                || failure instanceof TokenRejectedException
                || failure instanceof GenesysUnavailableException
                || failure instanceof TokenUnavailableException;
    }
}
