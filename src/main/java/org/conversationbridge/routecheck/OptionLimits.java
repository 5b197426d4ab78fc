// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.routecheck;

import java.math.BigDecimal;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The least and the most that the number or time of an option can be. If the table has nothing, it is 0 or more,
 * unless Camel's metadata has a default below 0 or a meaning for a negative value. Sources: Jakarta Messaging 3.1,
 * 3.4.10 (priority); Spring's DefaultMessageListenerContainer (consumers, cache level); the pages of Camel's components
 * and patterns; CircuitBreakerConfig and TimeLimiterConfig of Resilience4j.
 */
final class OptionLimits {
    private record Limit(int least, int most, String advice) {
        static Limit from(int least) {
            return new Limit(least, Integer.MAX_VALUE, "");
        }

        static Limit between(int least, int most) {
            return new Limit(least, most, "");
        }
    }

    private static final Limit POSITIVE = Limit.from(1);
    private static final Limit PERCENT = Limit.between(1, 100);

    private static final Map<String, Limit> LIMITS = Map.ofEntries(
            Map.entry("jms.priority", Limit.between(0, 9)),
            Map.entry("jms.concurrentConsumers", POSITIVE),
            Map.entry("jms.maxConcurrentConsumers", POSITIVE),
            Map.entry("jms.replyToConcurrentConsumers", POSITIVE),
            Map.entry("jms.idleConsumerLimit", POSITIVE),
            Map.entry("jms.idleTaskExecutionLimit", POSITIVE),
            Map.entry("jms.cacheLevel", Limit.between(0, 4)),
            Map.entry("timer.period", new Limit(1, Integer.MAX_VALUE, "; to fire once write repeatCount: 1")),
            // Below 0 it fires at once.
            Map.entry("timer.delay", Limit.from(-1)),
            Map.entry("log.groupSize", POSITIVE),
            Map.entry("http.connectionsPerRoute", POSITIVE),
            Map.entry("http.maxTotalConnections", POSITIVE),
            Map.entry("redeliveryPolicy.maximumRedeliveries", Limit.from(-1)),
            Map.entry("redeliveryPolicy.backOffMultiplier", POSITIVE),
            Map.entry("redeliveryPolicy.collisionAvoidanceFactor", Limit.between(0, 1)),
            Map.entry("resilience4jConfiguration.failureRateThreshold", PERCENT),
            Map.entry("resilience4jConfiguration.slowCallRateThreshold", PERCENT),
            Map.entry("resilience4jConfiguration.slidingWindowSize", POSITIVE),
            Map.entry("resilience4jConfiguration.minimumNumberOfCalls", POSITIVE),
            Map.entry("resilience4jConfiguration.permittedNumberOfCallsInHalfOpenState", POSITIVE),
            Map.entry("resilience4jConfiguration.waitDurationInOpenState", POSITIVE),
            Map.entry("resilience4jConfiguration.slowCallDurationThreshold", POSITIVE),
            Map.entry("resilience4jConfiguration.timeoutDuration", POSITIVE),
            Map.entry("batchConfig.batchSize", POSITIVE),
            Map.entry("streamConfig.capacity", POSITIVE),
            Map.entry("threads.maxQueueSize", Limit.from(-1)));

    private static final Pattern NUMBER = Pattern.compile("-?\\d+(?:\\.\\d+)?");
    private static final Pattern MEANS_SOMETHING_BELOW_ZERO =
            Pattern.compile("(?i)negative|-1|minus one|0 or (?:lower|less)");

    private OptionLimits() {}

    /** Whether the table has the limits of an option. */
    static boolean has(String owner, String option) {
        return LIMITS.containsKey(owner + "." + option);
    }

    /**
     * What a number must be and is not.
     *
     * @param owner scheme of the endpoint or key of the step
     * @param standard its default in Camel's metadata; may be empty
     * @param description what Camel's metadata says of it
     */
    static Optional<String> broken(String owner, String option, String value, String standard, String description) {
        if (!NUMBER.matcher(value).matches()) {
            return Optional.empty();
        }
        Limit limit = LIMITS.getOrDefault(owner + "." + option, general(standard, description));
        BigDecimal number = new BigDecimal(value);
        boolean isWithin = number.compareTo(BigDecimal.valueOf(limit.least())) >= 0
                && (limit.most() == Integer.MAX_VALUE || number.compareTo(BigDecimal.valueOf(limit.most())) <= 0);
        return isWithin ? Optional.empty() : Optional.of(range(limit) + limit.advice());
    }

    private static Limit general(String standard, String description) {
        if (MEANS_SOMETHING_BELOW_ZERO.matcher(description).find()) {
            return Limit.from(Integer.MIN_VALUE);
        }
        return standard.startsWith("-") && NUMBER.matcher(standard).matches()
                ? Limit.from(new BigDecimal(standard).intValue())
                : Limit.from(0);
    }

    private static String range(Limit limit) {
        return limit.most() == Integer.MAX_VALUE
                ? limit.least() + " or more"
                : "a number from " + limit.least() + " to " + limit.most();
    }
}
