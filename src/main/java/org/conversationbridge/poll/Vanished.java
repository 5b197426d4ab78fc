// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.poll;

import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Whether most of what is live cannot be seen any more, and no end of it either. Conversations end one by one; those
 * that vanish together were taken out of sight: Genesys Cloud leaves out without a word what a client may not see. This
 * lasts until most of those that vanished are found again, or their end is confirmed; that they are stale by then, and
 * no longer live, does not end it. Those that are forgotten can be found no more: then it lasts until anything is
 * visible. The log says once that it begins, and that it is over. Safe for many threads.
 */
public final class Vanished {
    private static final Logger LOG = LoggerFactory.getLogger(Vanished.class);

    /** Of so few, half may end between a poll and the answer that confirms it. */
    static final int FEW = 10;

    /** Those that vanished, and were not found again since. */
    private final Set<String> unseen = new HashSet<>();

    private int together;
    private int liveBefore;
    private volatile String problem = "";

    /**
     * A poll went through to its end, and what it did not find was requested by id.
     *
     * @param live how many conversations go on, as far as was announced
     * @param unconfirmed those of them that it did not find, and of which no answer says that they go on
     * @param missing all that it did not find and whose end was not announced, also those announced as stale
     * @param isRemembered whether a conversation can still be requested by id
     */
    public synchronized void note(
            int live, Set<String> unconfirmed, Set<String> missing, Predicate<String> isRemembered) {
        if (live > FEW && unconfirmed.size() * 2 > live) {
            unseen.addAll(unconfirmed);
            together = Math.max(together, unseen.size());
            liveBefore = Math.max(live, together);
        }
        if (unseen.isEmpty()) {
            return;
        }
        unseen.removeIf(id -> isRemembered.test(id) && !missing.contains(id));
        if (unseen.size() * 2 < together) {
            LOG.info("poll: most live conversations are visible again, or their end is confirmed");
            end();
        } else if (live > 0 && unseen.stream().noneMatch(isRemembered)) {
            LOG.warn(
                    "poll: {} conversations that disappeared without an end are no longer remembered"
                            + " (checkpoint.remember); others are visible. Check that the OAuth client's role can still"
                            + " see all divisions.",
                    unseen.size());
            end();
        } else {
            last();
        }
    }

    private void last() {
        boolean begins = problem.isEmpty();
        problem = unseen.size() + " of " + liveBefore
                + " live conversations disappeared without an end: can the OAuth client's"
                + " role still see their divisions, and does it have its permissions? None is announced as"
                + " ended until its end is confirmed.";
        if (begins) {
            LOG.warn("poll: {}", problem);
        }
    }

    private void end() {
        unseen.clear();
        together = 0;
        problem = "";
    }

    /** What is wrong; empty when nothing is. */
    public Optional<String> problem() {
        return Optional.of(problem).filter(text -> !text.isEmpty());
    }
}
