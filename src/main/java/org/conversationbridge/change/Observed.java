// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.change;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** How a change came to be known. */
public enum Observed {
    /** By a poll that found it so. */
    LIVE,
    /** By the first poll after an outage: it happened between two polls. */
    RECONCILED;

    /** As messages name it. */
    @JsonValue
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
