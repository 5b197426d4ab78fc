// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.names;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.time.Clock;
import java.time.Instant;
import java.util.EnumSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.conversationbridge.settings.NamesSettings;
import org.jspecify.annotations.Nullable;

/**
 * The names known at the moment. To look into it takes no time and makes no request; what is not known is noted as
 * wanted. A name that is old is requested again and given meanwhile. Safe for many threads.
 */
public final class Names {
    private static final int MOST_NAMES = 50_000;

    /** @param name null if Genesys Cloud knows none, or none that we may see */
    private record Known(@Nullable String name, Instant until) {}

    private final Cache<NameKey, Known> known =
            Caffeine.newBuilder().maximumSize(MOST_NAMES).build();
    private final Set<NameKind> kinds = EnumSet.noneOf(NameKind.class);
    private final NamesSettings settings;
    private final WantedNames wanted;
    private final Clock clock;

    public Names(NamesSettings settings, WantedNames wanted, Clock clock) {
        this.settings = settings;
        this.wanted = wanted;
        this.clock = clock;
        if (settings.isOn()) {
            kinds.addAll(EnumSet.allOf(NameKind.class));
            if (!settings.withUsers()) {
                kinds.remove(NameKind.USER);
            }
        }
    }

    /** Whether there may be a name, now or later. */
    public boolean isLookedUp(NameKey key) {
        return kinds.contains(key.kind());
    }

    /** A name; empty while it is not known. */
    public Optional<String> find(NameKey key) {
        Known found = known.getIfPresent(key);
        if (found == null || found.until().isBefore(clock.instant())) {
            wanted.add(key);
        }
        return Optional.ofNullable(found).map(Known::name);
    }

    /**
     * Keeps what was answered.
     *
     * @param names by id; an id that was requested and is not in it is not requested again for a while, and keeps
     *     its name
     */
    public void answered(NameBatch batch, Map<String, String> names) {
        Instant now = clock.instant();
        for (String id : batch.ids()) {
            NameKey key = new NameKey(batch.kind(), id);
            String name = names.get(id);
            Known before = known.getIfPresent(key);
            known.put(
                    key,
                    name != null
                            ? new Known(name, now.plus(settings.cacheTtl()))
                            : new Known(before == null ? null : before.name(), now.plus(settings.retryAfter())));
        }
        wanted.answered(batch);
    }
}
