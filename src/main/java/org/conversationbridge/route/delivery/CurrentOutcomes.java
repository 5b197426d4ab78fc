// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.route.delivery;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Predicate;
import org.conversationbridge.change.ChangePage;
import org.conversationbridge.change.ConversationChange;
import org.conversationbridge.checkpoint.Checkpoint;

/**
 * What became of the newest change of each conversation on its way to the current queue, as far as this process has
 * delivered or seen it. Another process may have delivered it: then nothing is known. Safe for many threads.
 */
public final class CurrentOutcomes {
    /** Conversations: more than fit on the queue. */
    private static final int MOST = 200_000;

    /** What became of a change. */
    public enum Outcome {
        /** It is on the queue. */
        THERE,
        /** The routes handled it without an error and did not write it to the queue. */
        LEFT_OUT,
        /** No message could be made of it, or the broker refused it. */
        FAILED
    }

    private record Last(long sequence, Outcome outcome) {}

    private final Cache<String, Last> last =
            Caffeine.newBuilder().maximumSize(MOST).build();
    private final AtomicBoolean isOneOutdated = new AtomicBoolean();

    /** A page is handled, and its transaction is to be committed. Replays are never written to the queue. */
    public void handled(PageTally tally) {
        ChangePage page = tally.page();
        if (page.isReplayed()) {
            return;
        }
        for (ConversationChange change : page.changes()) {
            if (change.completion() == null) {
                note(change, tally.outcome(change));
            } else {
                last.asMap()
                        .computeIfPresent(
                                change.conversation().conversationId(),
                                (id, before) -> new Last(change.sequence(), before.outcome()));
            }
        }
    }

    private void note(ConversationChange change, Outcome outcome) {
        Last before = last.asMap().put(change.conversation().conversationId(), new Last(change.sequence(), outcome));
        if (before != null && before.outcome() == Outcome.THERE && outcome == Outcome.LEFT_OUT) {
            isOneOutdated.set(true);
        }
    }

    /** A message was seen on the queue. */
    public void seen(String conversationId, long sequence) {
        last.put(conversationId, new Last(sequence, Outcome.THERE));
    }

    /** What became of what was announced last of a conversation; empty if that is unknown. */
    public Optional<Outcome> of(String conversationId, Checkpoint checkpoint) {
        return Optional.ofNullable(last.getIfPresent(conversationId))
                .filter(known -> checkpoint.isNewest(conversationId, known.sequence()))
                .map(Last::outcome);
    }

    /** Whether the queue has a conversation in an earlier state than the one left out since; asked once for each. */
    public boolean isOneOutdated() {
        return isOneOutdated.getAndSet(false);
    }

    /** It is written once more: the process that delivers it notes what becomes of that. */
    public void forget(String conversationId) {
        last.invalidate(conversationId);
    }

    /** Forgets every other conversation. */
    public void retain(Predicate<String> conversationIds) {
        last.asMap().keySet().removeIf(conversationIds.negate());
    }
}
