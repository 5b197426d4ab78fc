// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.route;

/** How many conversations of a page were parked. Used by the one thread that works on the page. */
final class PageTally {
    private final int changes;
    private int parked;

    PageTally(int changes) {
        this.changes = changes;
    }

    void parkedOne() {
        parked++;
    }

    int parked() {
        return parked;
    }

    int delivered() {
        return changes - parked;
    }
}
