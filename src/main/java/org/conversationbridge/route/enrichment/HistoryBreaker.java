// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.route.enrichment;

import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig;
import io.github.resilience4j.circuitbreaker.CircuitBreakerRegistry;
import io.github.resilience4j.core.registry.InMemoryRegistryStore;
import java.time.Clock;
import java.util.function.Function;
import org.conversationbridge.genesys.failure.AccessDeniedException;
import org.conversationbridge.genesys.failure.AnswerTooLargeException;
import org.conversationbridge.genesys.failure.IntervalTooLongException;
import org.conversationbridge.genesys.failure.InvalidRequestException;
import org.conversationbridge.genesys.failure.TooManyResultsException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a {@code circuitBreaker} of the routes has beside its policy, which the route itself states. Each request that
 * fails has been repeated already, which takes its time; while analytics is down, that time is not spent for every page
 * again. Three things cannot be stated there:
 *
 * <ul>
 *   <li>its clock, which is never set while the bridge runs
 *   <li>that a refusal is neither a failure nor a success: it comes at once and is not repeated. Camel's own
 *       {@code ignoreExceptions} (4.18) drops the exception, and a refusal would be read as an answer
 *   <li>that its transitions are logged
 * </ul>
 */
public final class HistoryBreaker extends InMemoryRegistryStore<CircuitBreaker> {
    private static final Logger LOG = LoggerFactory.getLogger(HistoryBreaker.class);

    private final Clock clock;

    private HistoryBreaker(Clock clock) {
        this.clock = clock;
    }

    /** Where Camel finds the breakers of its routes; it takes the only registry that is bound. */
    public static CircuitBreakerRegistry registry(Clock clock) {
        return CircuitBreakerRegistry.custom()
                .withRegistryStore(new HistoryBreaker(clock))
                .build();
    }

    /** @param made a breaker with the policy of the route, by the id of its step */
    @Override
    public CircuitBreaker computeIfAbsent(String id, Function<? super String, ? extends CircuitBreaker> made) {
        return super.computeIfAbsent(id, key -> breaker(key, made.apply(key).getCircuitBreakerConfig()));
    }

    private CircuitBreaker breaker(String id, CircuitBreakerConfig policy) {
        CircuitBreaker breaker = CircuitBreaker.of(
                id,
                CircuitBreakerConfig.from(policy)
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
