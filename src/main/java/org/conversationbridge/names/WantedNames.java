// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.names;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The names that messages lacked, until they are requested; one request looks up many of one kind. A kind that failed
 * is left alone for a while, and the others have their turn. Safe for many threads; one of them asks.
 */
public final class WantedNames {
    /** Ids of one request: what every one of the listings takes as a page. */
    private static final int MOST_IDS = 100;
    /** Of one kind. What a message lacks beyond that is wanted again by a later one. */
    private static final int MOST_WANTED = 10_000;
    /** After a failure. */
    private static final Duration PAUSE = Duration.ofMinutes(1);

    private static final class Turn {
        private final Set<String> ids = new LinkedHashSet<>();
        private int mostIds = MOST_IDS;
        private Instant notBefore = Instant.MIN;
        private @Nullable String toldFailure;
    }

    private final Map<NameKind, Turn> turns = new EnumMap<>(NameKind.class);
    private final Clock clock;

    public WantedNames(Clock clock) {
        this.clock = clock;
        for (NameKind kind : NameKind.values()) {
            turns.put(kind, new Turn());
        }
    }

    /** A message lacks this one. */
    synchronized void add(NameKey key) {
        Set<String> ids = of(key.kind()).ids;
        if (ids.size() < MOST_WANTED) {
            ids.add(key.id());
        }
    }

    /**
     * What to request now: of the kind that lacks the most; empty when nothing is wanted, or all of it is left alone.
     */
    public synchronized Optional<NameBatch> next() {
        Instant now = clock.instant();
        return turns.entrySet().stream()
                .filter(turn -> !turn.getValue().ids.isEmpty()
                        && !turn.getValue().notBefore.isAfter(now))
                .max(Comparator.comparingInt(turn -> turn.getValue().ids.size()))
                .map(turn -> new NameBatch(
                        turn.getKey(),
                        turn.getValue().ids.stream()
                                .limit(turn.getValue().mostIds)
                                .toList()));
    }

    /** They are not wanted any more. */
    synchronized void answered(NameBatch batch) {
        Turn turn = of(batch.kind());
        batch.ids().forEach(turn.ids::remove);
        turn.mostIds = Math.min(MOST_IDS, 2 * turn.mostIds);
    }

    /** An answer came: the next failure of this kind is news. */
    public synchronized void heard(NameBatch batch) {
        of(batch.kind()).toldFailure = null;
    }

    /**
     * Whether a failure differs from the last one of this kind.
     *
     * @param failure name of the failure
     */
    public synchronized boolean isNews(NameBatch batch, String failure) {
        Turn turn = of(batch.kind());
        boolean isNews = !failure.equals(turn.toldFailure);
        turn.toldFailure = failure;
        return isNews;
    }

    /**
     * Queries of this kind are not permitted.
     *
     * @param leftAlone how long it is not tried again
     */
    public synchronized void denied(NameBatch batch, Duration leftAlone) {
        of(batch.kind()).notBefore = clock.instant().plus(leftAlone);
    }

    /**
     * The request is not taken as it is. The next one requests half as many, so that the id that spoils it is found.
     *
     * @return whether it is found
     */
    public synchronized boolean refused(NameBatch batch) {
        failed(batch);
        of(batch.kind()).mostIds = Math.max(1, batch.ids().size() / 2);
        return batch.ids().size() == 1;
    }

    /** No answer came. */
    public synchronized void failed(NameBatch batch) {
        of(batch.kind()).notBefore = clock.instant().plus(PAUSE);
    }

    private Turn of(NameKind kind) {
        return Objects.requireNonNull(turns.get(kind));
    }
}
