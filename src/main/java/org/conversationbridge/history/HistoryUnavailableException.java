// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.history;

import org.conversationbridge.failure.BridgeException;

/** An agent's history could not be had lately and is not asked for again yet. */
public final class HistoryUnavailableException extends BridgeException {
    private static final long serialVersionUID = 1L;

    /** @param reason the rest of the sentence */
    public HistoryUnavailableException(String reason) {
        super("HISTORY_UNAVAILABLE", "The agent's history cannot be had at the moment: " + reason, null);
    }
}
