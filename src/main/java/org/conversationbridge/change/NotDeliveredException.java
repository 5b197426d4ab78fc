// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.change;

import org.conversationbridge.failure.BridgeException;

/** Changes that were announced are not delivered yet, so that nothing more may be announced now. */
public final class NotDeliveredException extends BridgeException {
    private static final long serialVersionUID = 1L;

    public NotDeliveredException(String pageQueue, long pages) {
        super(
                "CHANGES_NOT_DELIVERED",
                "Earlier changes are not delivered yet; pages on " + pageQueue + ": " + pages + ".",
                null);
    }
}
