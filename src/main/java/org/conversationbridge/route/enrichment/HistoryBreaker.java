// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.route.enrichment;

import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig;
import java.time.Clock;
import java.time.Duration;
import org.conversationbridge.genesys.failure.AccessDeniedException;
import org.conversationbridge.genesys.failure.AnswerTooLargeException;
import org.conversationbridge.genesys.failure.IntervalTooLongException;
import org.conversationbridge.genesys.failure.InvalidRequestException;
import org.conversationbridge.genesys.failure.TooManyResultsException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The circuit breaker before analytics ({@code historyBreaker} in the routes). Each request that fails has been
 * repeated already, which takes its time; while analytics is down, that time is not spent for every page again. A
 * refusal comes at once and is not repeated: it is not counted.
 */
public final class HistoryBreaker {
    /** Requests that are looked at; it opens when half of them failed. */
    private static final int WINDOW = 4;

    private static final Logger LOG = LoggerFactory.getLogger(HistoryBreaker.class);

    private HistoryBreaker() {}

    /** @param open how long analytics is left alone before one request tries it again */
    public static CircuitBreaker create(Duration open, Clock clock) {
        CircuitBreaker breaker = CircuitBreaker.of(
                "history",
                CircuitBreakerConfig.custom()
                        .slidingWindowSize(WINDOW)
                        .minimumNumberOfCalls(WINDOW)
                        .permittedNumberOfCallsInHalfOpenState(1)
                        .waitDurationInOpenState(open)
                        .clock(clock)
                        .ignoreExceptions(
                                TooManyResultsException.class,
                                IntervalTooLongException.class,
                                AnswerTooLargeException.class,
                                InvalidRequestException.class,
                                AccessDeniedException.class)
                        .build());
        breaker.getEventPublisher()
                .onStateTransition(event -> LOG.warn(
                        "history circuit breaker {}", event.getStateTransition().getToState()));
        return breaker;
    }
}
