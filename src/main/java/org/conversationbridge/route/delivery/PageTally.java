// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.route.delivery;

import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Set;
import org.conversationbridge.change.ChangePage;
import org.conversationbridge.change.ConversationChange;
import org.jspecify.annotations.Nullable;

/** What became of the conversations of a page. Used by the one thread that works on the page. */
public final class PageTally {
    private final ChangePage page;
    private final Set<ConversationChange> failed = Collections.newSetFromMap(new IdentityHashMap<>());
    private final Set<ConversationChange> sent = Collections.newSetFromMap(new IdentityHashMap<>());
    private final Set<ConversationChange> current = Collections.newSetFromMap(new IdentityHashMap<>());
    private int parked;

    public PageTally(ChangePage page) {
        this.page = page;
    }

    ChangePage page() {
        return page;
    }

    String pollId() {
        return page.pollId();
    }

    boolean isRestated() {
        return page.isRestated();
    }

    /** @param change null if the page itself is parked */
    void parkedOne(@Nullable ConversationChange change) {
        parked++;
        if (change != null) {
            failed(change);
        }
    }

    /** No message was made of it. */
    public void failed(ConversationChange change) {
        failed.add(change);
    }

    int parked() {
        return parked;
    }

    /** One more message is on the result queue. */
    public void sentOne(ConversationChange change) {
        sent.add(change);
    }

    /** Whether its message is on the result queue. */
    boolean isSent(ConversationChange change) {
        return sent.contains(change);
    }

    /** Messages on the result queue. */
    int sent() {
        return sent.size();
    }

    /** A message is on the current queue. */
    public void isOnCurrent(ConversationChange change) {
        current.add(change);
    }

    /** What became of a change on its way to the current queue. */
    public CurrentOutcomes.Outcome outcome(ConversationChange change) {
        if (current.contains(change)) {
            return CurrentOutcomes.Outcome.THERE;
        }
        return failed.contains(change) ? CurrentOutcomes.Outcome.FAILED : CurrentOutcomes.Outcome.LEFT_OUT;
    }

    /** Conversations that a route left out: neither sent nor parked. */
    int leftOut() {
        return (int) page.changes().stream()
                .filter(change -> !sent.contains(change) && !failed.contains(change))
                .count();
    }
}
