// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.route.delivery;

import org.conversationbridge.change.ChangePage;

/** What became of the conversations of a page. Used by the one thread that works on the page. */
public final class PageTally {
    private final ChangePage page;
    private int sent;
    private int parked;

    public PageTally(ChangePage page) {
        this.page = page;
    }

    String pollId() {
        return page.pollId();
    }

    boolean isRestated() {
        return page.isRestated();
    }

    void parkedOne() {
        parked++;
    }

    int parked() {
        return parked;
    }

    /** One more message is on the result queue. */
    public void sentOne() {
        sent++;
    }

    /** Messages on the result queue. */
    int sent() {
        return sent;
    }

    /** Conversations that a route left out: neither sent nor parked. */
    int leftOut() {
        return Math.max(0, page.changes().size() - sent - parked);
    }
}
