// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.poll;

import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Whether most of what is live cannot be seen any more, and no end of it either. Conversations end one by one; those
 * that vanish together were taken out of sight: Genesys Cloud leaves out without a word what a client may not see. The
 * log says once that it begins, and that it is over. Safe for many threads.
 */
public final class Vanished {
    private static final Logger LOG = LoggerFactory.getLogger(Vanished.class);

    /** Of so few, half may end between a poll and the answer that confirms it. */
    static final int FEW = 10;

    private volatile String problem = "";

    /**
     * A poll went through to its end, and what it did not find was requested by id.
     *
     * @param live conversations whose end was not announced
     * @param unconfirmed those of them that it did not find, and of which no answer says that they go on
     */
    public synchronized void note(int live, int unconfirmed) {
        boolean isVanished = live > FEW && unconfirmed * 2 > live;
        String before = problem;
        problem = isVanished
                ? unconfirmed + " of " + live
                        + " live conversations disappeared without an end: can the OAuth client's"
                        + " role still see their divisions, and does it have its permissions? None is announced as"
                        + " ended until its end is confirmed."
                : "";
        if (isVanished && before.isEmpty()) {
            LOG.warn("poll: {}", problem);
        } else if (!isVanished && !before.isEmpty()) {
            LOG.info("poll: most live conversations are visible again, or their end is confirmed");
        }
    }

    /** What is wrong; empty when nothing is. */
    public Optional<String> problem() {
        return Optional.of(problem).filter(text -> !text.isEmpty());
    }
}
