// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.replay;

/**
 * What became of the messages looked at.
 *
 * @param sent through again
 * @param kept on the error queue, because the original cannot be sent through
 */
public record ReplayCount(int sent, int kept) {
    static final ReplayCount NONE = new ReplayCount(0, 0);
    static final ReplayCount SENT = new ReplayCount(1, 0);
    static final ReplayCount KEPT = new ReplayCount(0, 1);

    ReplayCount plus(ReplayCount more) {
        return new ReplayCount(sent + more.sent, kept + more.kept);
    }
}
