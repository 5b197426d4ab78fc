// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.replay;

/**
 * What became of the messages looked at.
 *
 * @param sent through again
 * @param kept on the error queue, because the original cannot be sent through
 * @param unreadable left on the error queue as they are, because the broker does not hand them out whole
 */
public record ReplayCount(int sent, int kept, int unreadable) {
    static final ReplayCount NONE = new ReplayCount(0, 0);
    static final ReplayCount SENT = new ReplayCount(1, 0);
    static final ReplayCount KEPT = new ReplayCount(0, 1);
    static final ReplayCount UNREADABLE = new ReplayCount(0, 0, 1);

    public ReplayCount(int sent, int kept) {
        this(sent, kept, 0);
    }

    ReplayCount plus(ReplayCount more) {
        return new ReplayCount(sent + more.sent, kept + more.kept, unreadable + more.unreadable);
    }
}
