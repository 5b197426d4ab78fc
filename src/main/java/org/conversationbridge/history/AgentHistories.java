// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.history;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Expiry;
import com.github.benmanes.caffeine.cache.Ticker;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.conversationbridge.failure.Backoff;
import org.conversationbridge.failure.FailureText;
import org.jspecify.annotations.Nullable;

/**
 * The histories known at the moment, by user id, and for a while those that were unavailable. Safe for many threads.
 */
public final class AgentHistories {
    private static final int MOST_AGENTS = 20_000;
    private static final int MOST_OUT_OF_REACH = 100;
    /** After the first failure; doubled with each further one. */
    private static final Duration FIRST_PAUSE = Duration.ofSeconds(5);

    /** After a query for one agent alone was refused; doubled with each further refusal, up to the longest. */
    private static final Duration AFTER_REFUSAL = Duration.ofMinutes(1);

    private static final Duration LONGEST_AFTER_REFUSAL = Duration.ofMinutes(5);

    /** How long a history that is out of date is kept, so that the next poll can continue it. */
    private static final Duration CONTINUABLE = Duration.ofMinutes(10);

    /** After that an agent is requested again, however well what ended since is known. */
    private static final Duration LONGEST_CONTINUED = Duration.ofHours(1);

    /**
     * A history that polls continue.
     *
     * @param requestedAt when the agent was requested, by the steady clock
     */
    private record Continued(AgentHistory history, Instant requestedAt) {
        Continued with(AgentHistory other) {
            return new Continued(other, requestedAt);
        }

        /** Whether it was requested after an instant, and everything that ended since it is as of is known. */
        boolean isCovered(Instant earliest, Instant from, Instant to) {
            return history.status() == HistoryStatus.COMPLETE
                    && requestedAt.isAfter(earliest)
                    && !history.asOf().isBefore(from)
                    && history.asOf().isBefore(to);
        }
    }

    /** That it was unavailable, and why; not before a time it is requested again. */
    private record Failure(String reason, Duration pause, Instant until) {}

    private final Cache<String, AgentHistory> histories;
    private final Cache<String, Continued> continued;
    private final Cache<String, Failure> failures;
    private final Cache<String, Failure> refusals;
    private final Map<String, List<FinishedConversation>> outOfReach = new ConcurrentHashMap<>();
    private final Duration retryAfter;
    private final Backoff backoff;
    private final Clock steady;

    /**
     * @param timeToLive how long a history is reused, from the instant as of which it is
     * @param retryAfter how long a failed look-up is not repeated at most
     */
    public AgentHistories(Duration timeToLive, Duration retryAfter, Clock clock) {
        this(timeToLive, retryAfter, clock, clock);
    }

    /**
     * The same if the clock that dates histories is not the own one.
     *
     * @param clock of Genesys Cloud
     * @param steady one that is never set, for durations
     */
    public AgentHistories(Duration timeToLive, Duration retryAfter, Clock clock, Clock steady) {
        this.retryAfter = retryAfter;
        this.backoff = new Backoff(FIRST_PAUSE, retryAfter);
        this.steady = steady;
        Ticker ticker = () -> Duration.ofMillis(steady.millis()).toNanos();
        this.histories = Caffeine.newBuilder()
                .expireAfter(Expiry.<String, AgentHistory>writing((userId, history) ->
                        Duration.between(clock.instant(), history.asOf().plus(timeToLive))))
                .maximumSize(MOST_AGENTS)
                .ticker(ticker)
                .build();
        this.continued = Caffeine.newBuilder()
                .expireAfterWrite(timeToLive.plus(CONTINUABLE))
                .maximumSize(MOST_AGENTS)
                .ticker(ticker)
                .build();
        this.failures = Caffeine.newBuilder()
                .expireAfterWrite(retryAfter.multipliedBy(3))
                .maximumSize(MOST_AGENTS)
                .ticker(ticker)
                .build();
        this.refusals = Caffeine.newBuilder()
                .expireAfterWrite(LONGEST_AFTER_REFUSAL.multipliedBy(12))
                .maximumSize(MOST_AGENTS)
                .ticker(ticker)
                .build();
    }

    /** Whether an agent is to be requested without others: a query for this one alone was refused. */
    public boolean isAlone(String userId) {
        return refusals.getIfPresent(userId) != null;
    }

    /**
     * Notes that a query for this agent alone was refused, while those for others were answered. The agent is requested
     * again after a minute, then after pauses that are doubled up to five minutes, and without others.
     *
     * @return whether that is new
     */
    public boolean refused(String userId, Throwable why) {
        Failure last = refusals.getIfPresent(userId);
        Duration pause = last == null ? AFTER_REFUSAL : last.pause().multipliedBy(2);
        Duration next = pause.compareTo(LONGEST_AFTER_REFUSAL) > 0 ? LONGEST_AFTER_REFUSAL : pause;
        refusals.put(
                userId, new Failure(FailureText.of(why), next, steady.instant().plus(next)));
        return last == null;
    }

    /** Those of the agents that must be requested, each once. */
    public List<String> missing(Collection<String> userIds) {
        return userIds.stream()
                .distinct()
                .filter(userId -> histories.getIfPresent(userId) == null
                        && failure(userId).isEmpty())
                .toList();
    }

    /**
     * An agent's history; empty when it must be requested.
     *
     * @throws HistoryUnavailableException when it was unavailable a moment ago
     */
    public Optional<AgentHistory> find(String userId) {
        AgentHistory history = histories.getIfPresent(userId);
        Optional<Failure> failure = failure(userId);
        if (history == null && failure.isPresent()) {
            throw new HistoryUnavailableException(failure.get().reason());
        }
        return Optional.ofNullable(history);
    }

    /** An agent's history where it is known. */
    public Optional<AgentHistory> known(String userId) {
        return Optional.ofNullable(histories.getIfPresent(userId));
    }

    private Optional<Failure> failure(String userId) {
        return Stream.of(failures, refusals)
                .flatMap(known -> Optional.ofNullable(known.getIfPresent(userId)).stream())
                .filter(failure -> failure.until().isAfter(steady.instant()))
                .findFirst();
    }

    /** Those of some agents that are known. */
    public Map<String, AgentHistory> known(Collection<String> userIds) {
        return histories.getAllPresent(userIds);
    }

    /**
     * Keeps what was found, with what questions for histories do not reach.
     *
     * @return what is kept, which may be forgotten at any time
     */
    public Map<String, AgentHistory> found(Map<String, AgentHistory> found) {
        Instant now = steady.instant();
        Map<String, AgentHistory> kept = new HashMap<>();
        found.forEach((userId, history) -> {
            AgentHistory whole = withOutOfReach(userId, history);
            continued.put(userId, new Continued(whole, now));
            kept.put(userId, whole);
        });
        histories.putAll(kept);
        failures.invalidateAll(found.keySet());
        refusals.invalidateAll(found.keySet());
        return kept;
    }

    /**
     * Notes that these were unavailable, and why. They are requested again after five seconds, then after pauses that
     * are doubled up to the longest one.
     */
    public void unavailable(Collection<String> userIds, Throwable why) {
        note(userIds, why, false);
    }

    /**
     * The same if they are refused for good, as far as can be known: the second pause is the longest one already.
     */
    public void denied(Collection<String> userIds, Throwable why) {
        note(userIds, why, true);
    }

    private void note(Collection<String> userIds, Throwable why, boolean denied) {
        String reason = FailureText.of(why);
        Instant now = steady.instant();
        for (String userId : userIds) {
            Failure last = failures.getIfPresent(userId);
            Duration next = last == null ? backoff.after(1) : denied ? retryAfter : backoff.next(last.pause());
            failures.put(userId, new Failure(reason, next, now.plus(next)));
        }
    }

    /**
     * Keeps, while it is in the window, what agents did in a conversation that has ended and began so long ago that
     * questions for histories do not reach it.
     *
     * @param parts what each agent did in it, by user id
     */
    public void keepOutOfReach(Map<String, FinishedConversation> parts) {
        if (outOfReach.size() < MOST_AGENTS) {
            parts.forEach((userId, part) -> outOfReach.merge(
                    userId,
                    List.of(part),
                    (old, one) -> Stream.concat(old.stream(), one.stream())
                            .skip(Math.max(0, old.size() + 1L - MOST_OUT_OF_REACH))
                            .toList()));
        }
    }

    private AgentHistory withOutOfReach(String userId, AgentHistory history) {
        List<FinishedConversation> parts = outOfReach.computeIfPresent(userId, (id, kept) -> {
            List<FinishedConversation> left =
                    kept.stream().filter(part -> isSince(history.from(), part)).toList();
            return left.isEmpty() ? null : left;
        });
        return parts == null ? history : history.until(history.asOf(), parts);
    }

    private static boolean isSince(@Nullable Instant from, FinishedConversation part) {
        return from != null && part.endedAt() != null && !part.endedAt().isBefore(from);
    }

    /** As of when the oldest one is; empty when none is known. */
    public Optional<Instant> oldest() {
        return histories.asMap().values().stream().map(AgentHistory::asOf).min(Comparator.naturalOrder());
    }

    /**
     * Everything that ended in a time is known, whichever agent did it: what is known as of an instant in it is so as
     * of its end, and need not be requested again.
     *
     * @param ended what agents did in these conversations, by user id
     */
    public void renew(Instant from, Instant to, Map<String, List<FinishedConversation>> ended) {
        histories
                .asMap()
                .replaceAll((userId, history) ->
                        history.asOf().isBefore(from) || !history.asOf().isBefore(to)
                                ? history
                                : history.until(to, ended.getOrDefault(userId, List.of())));
    }

    /** Whether there are histories that {@link #continueTo} may bring up to date. */
    public boolean areContinuable() {
        return !continued.asMap().isEmpty();
    }

    /**
     * Everything that ended in a time is known, whichever agent did it: what is known as of an instant in it is so as
     * of its end, if it is complete, and need not be requested again. An agent who was requested more than an hour ago
     * is left out.
     *
     * @param ended what agents did in these conversations, by user id
     * @param goesOn whether a conversation that had ended was opened again
     */
    public void continueTo(
            Instant from, Instant to, Map<String, List<FinishedConversation>> ended, Predicate<String> goesOn) {
        Instant earliest = steady.instant().minus(LONGEST_CONTINUED);
        continued.asMap().forEach((userId, each) -> {
            if (each.isCovered(earliest, from, to)) {
                continued.asMap().computeIfPresent(userId, (id, last) -> {
                    if (!last.isCovered(earliest, from, to)) {
                        return last;
                    }
                    AgentHistory now = last.history()
                            .until(to, ended.getOrDefault(id, List.of()))
                            .without(goesOn);
                    histories.put(id, now);
                    return last.with(now);
                });
            }
        });
    }

    /**
     * What is known by now of a conversation that has ended, for example its wrap-up codes, replaces what was known.
     *
     * @param parts what each agent did in it, by user id
     */
    public void learn(Map<String, FinishedConversation> parts) {
        parts.forEach((userId, part) -> {
            histories.asMap().computeIfPresent(userId, (id, history) -> history.until(history.asOf(), List.of(part)));
            continued
                    .asMap()
                    .computeIfPresent(
                            userId,
                            (id, last) -> last.with(
                                    last.history().until(last.history().asOf(), List.of(part))));
        });
    }
}
