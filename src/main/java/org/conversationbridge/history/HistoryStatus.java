// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.history;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** How much of an agent's history there is. */
public enum HistoryStatus {
    /** All of the window. */
    COMPLETE,
    /**
     * Something may be missing: history.max-pages was reached, the intervals that the server takes do not reach back
     * far enough, it keeps no order, or a conversation could not be read.
     */
    PARTIAL,
    /** It was unavailable. */
    UNAVAILABLE,
    /** No agent has the conversation, so there is no history to query. */
    NONE;

    /** As messages name it. */
    @JsonValue
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
