// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.checkpoint;

import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import org.conversationbridge.change.ConversationChange;
import org.conversationbridge.change.Observed;
import org.conversationbridge.gap.Gap;
import org.jspecify.annotations.Nullable;

/** The gap that a poll closes, and what it announced of it. Used by one thread. */
final class GapAccount {
    private final Set<String> conversations = new HashSet<>();
    private @Nullable Gap gap;
    private int changes;

    void open(Gap unseen) {
        gap = unseen;
    }

    Optional<Gap> gap() {
        return Optional.ofNullable(gap);
    }

    /** How what this poll finds was observed. */
    Observed observed() {
        return gap == null ? Observed.LIVE : Observed.RECONCILED;
    }

    void announced(ConversationChange change) {
        if (change.observed() == Observed.RECONCILED) {
            conversations.add(change.conversation().conversationId());
            changes++;
        }
    }

    int conversations() {
        return conversations.size();
    }

    int changes() {
        return changes;
    }
}
