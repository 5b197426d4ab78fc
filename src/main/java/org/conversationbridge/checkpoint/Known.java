// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.checkpoint;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.conversationbridge.change.Announced;
import org.jspecify.annotations.Nullable;

/**
 * What was announced, as one poll knows it: what is written, and over it what this poll has changed. What is written is
 * never changed by it. Used by one thread.
 */
final class Known {
    private final Map<String, Announced> written;
    private final Map<String, Optional<Announced>> changes = new HashMap<>();
    private final Set<String> unwritten = new LinkedHashSet<>();

    /** @param written by conversation id; it may grow to what this poll has written */
    Known(Map<String, Announced> written) {
        this.written = written;
    }

    @Nullable
    Announced get(String id) {
        Optional<Announced> changed = changes.get(id);
        return changed == null ? written.get(id) : changed.orElse(null);
    }

    void put(String id, Announced now) {
        changes.put(id, Optional.of(now));
        unwritten.add(id);
    }

    void forget(String id) {
        changes.put(id, Optional.empty());
        unwritten.add(id);
    }

    /** All of them. Not to be changed while they are walked through. */
    Stream<Map.Entry<String, Announced>> all() {
        return Stream.concat(
                written.entrySet().stream().filter(last -> !changes.containsKey(last.getKey())),
                changes.entrySet().stream()
                        .flatMap(change -> change.getValue().stream().map(now -> Map.entry(change.getKey(), now))));
    }

    /** What has changed since this was called last; what is forgotten has no value. */
    Map<String, Optional<Announced>> takeUnwritten() {
        Map<String, Optional<Announced>> taken = new LinkedHashMap<>();
        unwritten.forEach(id -> taken.put(id, Optional.ofNullable(get(id))));
        unwritten.clear();
        return taken;
    }
}
