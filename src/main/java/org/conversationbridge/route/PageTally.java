// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.route;

import org.conversationbridge.change.ChangePage;

/** How many conversations of a page were parked. Used by the one thread that works on the page. */
final class PageTally {
    private final ChangePage page;
    private int parked;

    PageTally(ChangePage page) {
        this.page = page;
    }

    String pollId() {
        return page.pollId();
    }

    void parkedOne() {
        parked++;
    }

    int parked() {
        return parked;
    }

    int delivered() {
        return page.changes().size() - parked;
    }
}
