// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.history;

import org.conversationbridge.failure.BridgeException;

/** An agent's history was unavailable recently and is not requested again yet. */
public final class HistoryUnavailableException extends BridgeException {
    private static final long serialVersionUID = 1L;

    /** @param reason the rest of the sentence */
    public HistoryUnavailableException(String reason) {
        super("HISTORY_UNAVAILABLE", "The agent's history is unavailable at the moment: " + reason, null);
    }
}
