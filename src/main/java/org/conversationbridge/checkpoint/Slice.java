// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.checkpoint;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.conversationbridge.change.Announced;
import org.jspecify.annotations.Nullable;

/** As many conversations as one entry can hold. */
final class Slice {
    /** Of an entry, without conversations: names of its fields, key, revision and snapshot. */
    private static final int FRAME = 400;

    private final Map<String, Announced> conversations = new HashMap<>();
    private final Set<String> forgotten = new HashSet<>();
    private int length = FRAME;

    private Slice() {}

    /** Cuts changes; one without a value is of a conversation that is forgotten. One that is too long alone is alone. */
    static List<Slice> cut(Map<String, Optional<Announced>> changes) {
        List<Slice> slices = new ArrayList<>();
        Slice last = null;
        for (Map.Entry<String, Optional<Announced>> change : changes.entrySet()) {
            int more = length(change.getKey(), change.getValue());
            if (last == null || last.length + more > CheckpointFormat.MOST_CHARACTERS) {
                last = new Slice();
                slices.add(last);
            }
            last.add(change.getKey(), change.getValue(), more);
        }
        return slices;
    }

    /** Characters of a conversation in an entry: its id has quotes, a colon and a comma. */
    static int length(String id, Optional<Announced> last) {
        return id.length() + 4 + last.map(Announced::storedLength).orElse(0);
    }

    private void add(String id, Optional<Announced> last, int more) {
        last.ifPresentOrElse(now -> conversations.put(id, now), () -> forgotten.add(id));
        length += more;
    }

    /** Characters of its entry, about, and at least as many as it has. */
    int length() {
        return length;
    }

    Entry entry(String key, String revision, @Nullable String snapshot) {
        return Entry.of(key, revision, snapshot, conversations, forgotten);
    }
}
