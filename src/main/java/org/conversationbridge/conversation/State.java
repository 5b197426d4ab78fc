// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.conversation;

import java.util.Locale;

/** Where a conversation stands, seen from the contact centre. */
public enum State {
    /** Nobody has it yet: the customer is in a flow (then there is no queue) or waits in a queue. */
    QUEUED,
    /** Offered to an agent, or an outbound call being dialled. */
    ALERTING,
    /** An agent talks. */
    CONNECTED,
    /** The agent who has it holds it. */
    HELD,
    /** The talk is over, the agent does after-call work. */
    WRAPUP,
    /** Over. */
    ENDED;

    /** As messages name it. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
