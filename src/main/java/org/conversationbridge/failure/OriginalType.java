// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.failure;

import java.util.Locale;

/** What the body of a parked message is; it decides where a replay sends it. */
public enum OriginalType {
    /** A conversation as Genesys Cloud wrote it: it could not be read. */
    CONVERSATION,
    /** A change of a conversation: it could not be enriched or delivered. */
    CHANGE,
    /** A message of the page queue that is no page of ours; a replay leaves it alone. */
    PAGE;

    /** As the JMS property {@code originalType} says it. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
