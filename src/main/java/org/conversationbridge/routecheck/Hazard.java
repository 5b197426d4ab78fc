// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.routecheck;

import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a step or an option of an endpoint does that a transaction cannot stand. A value that a setting or a bean gives
 * is a hazard as well: whether a message is safe must not depend on it. Source: the pages of Camel's enterprise
 * integration patterns and of its JMS component.
 */
enum Hazard {
    /**
     * The exchange, or a copy of it, goes on in another thread; transactions, and the order of pages, are bound to one.
     */
    OTHER_THREAD,
    /** The exchange ends here, and what was collected goes on later, outside its transaction. */
    COLLECTED,
    /** The endpoint has a transaction of its own, or none. */
    NOT_TRANSACTED,
    /** The broker keeps the message in memory only. */
    NOT_PERSISTENT,
    /** At the top of the file: it changes what happens in, or after, each route of the file. */
    FILE_WIDE;

    private static final Set<String> THREADS = Set.of("threads", "wireTap", "saga");
    private static final Set<String> COLLECTORS = Set.of("aggregate", "resequence");
    /** An executorService implies parallelProcessing; a circuit breaker with a timeout runs its steps in a pool. */
    private static final Set<String> SWITCHES = Set.of(
            "parallelProcessing",
            "parallelAggregate",
            "asyncDelayed",
            "asyncDelayedRedelivery",
            "asyncConsumer",
            "timeoutEnabled",
            "threadOffloadEnabled");

    private static final Set<String> POOLS =
            Set.of("executorService", "timeoutExecutorService", "threadOffloadExecutorService");
    private static final Set<String> TEXTS = Set.of("log", "message", "description", "note");
    private static final String QUEUE_IN_MEMORY = "(?:seda|vm|disruptor|disruptor-vm|stub)";
    private static final Pattern SCHEME = Pattern.compile(QUEUE_IN_MEMORY);
    private static final Pattern URI = Pattern.compile("(?s)(?:.*[,;\\s])?" + QUEUE_IN_MEMORY + ":\\S+.*");
    private static final Pattern OPTION = Pattern.compile("[?&](\\w+)=([^&,;\\s]*)");

    /** What a key of the YAML with its value is; the value is empty if it is no scalar. */
    static Optional<Hazard> of(String key, String value) {
        if (THREADS.contains(key)) {
            return Optional.of(OTHER_THREAD);
        }
        if (COLLECTORS.contains(key)) {
            return Optional.of(COLLECTED);
        }
        if (TEXTS.contains(key)) {
            return Optional.empty();
        }
        boolean isQueueInMemory = key.equals("uri") && SCHEME.matcher(value).matches()
                || URI.matcher(value).matches();
        return isQueueInMemory
                ? Optional.of(OTHER_THREAD)
                : ofOption(key, value).or(() -> inQuery(value));
    }

    private static Optional<Hazard> inQuery(String uri) {
        Matcher option = OPTION.matcher(uri);
        while (option.find()) {
            Optional<Hazard> found = ofOption(option.group(1), option.group(2));
            if (found.isPresent()) {
                return found;
            }
        }
        return Optional.empty();
    }

    /** The key {@code transacted} without a value is the step that begins a transaction. */
    private static Optional<Hazard> ofOption(String name, String value) {
        if (SWITCHES.contains(name)) {
            return when(!value.equalsIgnoreCase("false"), OTHER_THREAD);
        }
        if (POOLS.contains(name)) {
            return Optional.of(OTHER_THREAD);
        }
        return switch (name) {
            case "transacted" -> when(!value.isEmpty() && !value.equalsIgnoreCase("true"), NOT_TRANSACTED);
            case "deliveryPersistent" -> when(!value.equalsIgnoreCase("true"), NOT_PERSISTENT);
            case "deliveryMode" -> when(!value.equals("2"), NOT_PERSISTENT);
            default -> Optional.empty();
        };
    }

    private static Optional<Hazard> when(boolean isSo, Hazard hazard) {
        return isSo ? Optional.of(hazard) : Optional.empty();
    }
}
