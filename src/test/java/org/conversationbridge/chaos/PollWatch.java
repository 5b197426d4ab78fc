// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.chaos;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.conversationbridge.chaos.Blow.Moment;
import org.conversationbridge.sandbox.SandboxAnswer;
import org.conversationbridge.sandbox.SandboxRequest;

/**
 * Follows, from the sandbox's side, how far each connector's poll has come. Connectors are distinguished by the org
 * id that each was given for a name. A poll must have more than one page, or its end could be taken for a retry of the
 * first.
 */
final class PollWatch {
    /** Header of the requests with the connector's name. */
    private static final String NAME = "X-Genesys-Organization-ID";

    private static final ObjectMapper JSON = new ObjectMapper();

    private record Seen(Moment moment, String connector) {}

    private static final class Walk {
        private final Instant from = Instant.now();
        private int pages;
        private Instant to = from;
        private boolean complete;
        private final Set<String> found = new HashSet<>();
    }

    private final Map<String, Walk> walks = new HashMap<>();
    private String lastToPoll = "";
    private final List<WholePoll> whole = new ArrayList<>();
    private final BlockingQueue<Seen> seen = new LinkedBlockingQueue<>();

    /** Every poll so far all of whose pages were answered and that was followed by another. */
    synchronized List<WholePoll> wholePolls() {
        return List.copyOf(whole);
    }

    /** Waits until a moment has come so often, and gives the connector that is at it; empty when time is up. */
    Optional<String> await(Moment moment, int times, Duration atMost) throws InterruptedException {
        seen.clear();
        int count = 0;
        long end = System.nanoTime() + atMost.toNanos();
        for (long left = atMost.toNanos(); left > 0; left = end - System.nanoTime()) {
            Seen next = seen.poll(left, TimeUnit.NANOSECONDS);
            if (next != null && next.moment() == moment && ++count == times) {
                return Optional.of(next.connector());
            }
        }
        return Optional.empty();
    }

    /** For {@code Sandbox.observe}. */
    synchronized void observe(SandboxRequest request, SandboxAnswer answer) {
        if (!request.path().endsWith("/details/query")) {
            return;
        }
        String connector = request.header(NAME).orElseThrow();
        JsonNode query = read(request.body()).orElseThrow();
        Optional<JsonNode> page = good(answer);
        if (!request.body().contains("\"notExists\"")) {
            page.ifPresent(read -> seen.add(new Seen(Moment.DELIVER, connector)));
            return;
        }
        int number = query.path("paging").path("pageNumber").asInt();
        if (number == 1) {
            begin(connector);
        }
        page.ifPresent(read -> {
            accept(
                    walks.get(connector),
                    number,
                    query.path("paging").path("pageSize").asInt(),
                    read);
            seen.add(new Seen(Moment.ANNOUNCE, connector));
        });
    }

    /** Who began the last poll; empty before the first. */
    synchronized Optional<String> lastToPoll() {
        return Optional.of(lastToPoll).filter(name -> !name.isEmpty());
    }

    private void begin(String connector) {
        lastToPoll = connector;
        Walk next = new Walk();
        Walk last = walks.put(connector, next);
        if (last != null && last.complete) {
            whole.add(new WholePoll(connector, last.from, last.to, next.from, Set.copyOf(last.found)));
        }
    }

    private static void accept(Walk walk, int number, int size, JsonNode page) {
        if (walk == null || number > walk.pages + 1) {
            return;
        }
        walk.pages = number;
        walk.to = Instant.now();
        JsonNode rows = page.path("conversations");
        rows.forEach(row -> walk.found.add(row.path("conversationId").asText()));
        walk.complete = number > 1
                && rows.size() < size
                && (long) number * size >= page.path("totalHits").asLong();
    }

    /** The answer, where it reaches the connector whole and in time. */
    private static Optional<JsonNode> good(SandboxAnswer answer) {
        return answer.status() == 200
                        && answer.delivery() == SandboxAnswer.Delivery.WHOLE
                        && answer.pause().isZero()
                ? read(answer.body())
                : Optional.empty();
    }

    private static Optional<JsonNode> read(String text) {
        try {
            return Optional.of(JSON.readTree(text));
        } catch (JsonProcessingException e) {
            return Optional.empty();
        }
    }
}
