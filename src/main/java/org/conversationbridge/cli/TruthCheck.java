// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.conversationbridge.sandbox.world.Span;
import org.conversationbridge.sandbox.world.Truth;

/** Compares delivered messages with what is true in the sandbox. */
final class TruthCheck {
    /** Longest time from the sandbox's answer to the message's observedAt. */
    private static final Duration LONGEST_LAG = Duration.ofSeconds(10);

    private final Truth truth;
    private final Supplier<Instant> now;
    private final Duration window;
    private final int limit;
    private int checked;
    private final List<String> differences = new ArrayList<>();

    /** @param now of the sandbox */
    TruthCheck(Truth truth, Supplier<Instant> now, Duration window, int limit) {
        this.truth = truth;
        this.now = now;
        this.window = window;
        this.limit = limit;
    }

    /** Notes a difference in agent or recent wrap-ups, if there is one. */
    synchronized void check(JsonNode message) {
        checked++;
        difference(message)
                .ifPresent(
                        found -> differences.add(message.path("conversationId").asText() + ": " + found));
    }

    /** How many were compared. */
    synchronized int checked() {
        return checked;
    }

    /** What differed. */
    synchronized List<String> differences() {
        return List.copyOf(differences);
    }

    private Optional<String> difference(JsonNode message) {
        String conversationId = message.path("conversationId").asText();
        String agent = message.path("agent").path("userId").asText("");
        Instant observed = played(message.path("observedAt"));
        List<String> agents = truth.agents(conversationId, new Span(observed.minus(LONGEST_LAG), observed));
        if (!agents.contains(agent)) {
            return Optional.of("agent is '" + agent + "' instead of one of " + agents);
        }
        JsonNode history = message.path("history");
        List<String> told = new ArrayList<>();
        history.path("recent")
                .forEach(recent -> told.add(recent.path("conversationId").asText() + "="
                        + recent.path("wrapUpCode").asText("")));
        List<String> expected = agent.isEmpty()
                ? List.of()
                : truth.finished(agent, played(history.path("asOf")), window).stream()
                        .filter(finished -> !finished.conversationId().equals(conversationId))
                        .limit(limit)
                        .map(finished -> finished.conversationId() + "=" + finished.wrapUpCode())
                        .toList();
        return told.equals(expected)
                ? Optional.empty()
                : Optional.of("recent wrap-ups are " + told + " instead of " + expected);
    }

    /** A time of the connector's clock as the sandbox's: that one may stand still. */
    private Instant played(JsonNode time) {
        Instant told = Instant.parse(time.asText());
        Instant latest = now.get();
        return told.isAfter(latest) ? latest : told;
    }
}
