// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.conversation;

import java.util.Locale;

/** Where a conversation stands, seen from the contact centre. */
public enum State {
    /** A callback that waits for its time. */
    SCHEDULED,
    /** Nobody has it yet: the customer is in a flow (then there is no queue) or waits in a queue. */
    QUEUED,
    /** Offered to an agent, or an outbound call being dialled. */
    ALERTING,
    /** An agent talks. */
    CONNECTED,
    /** The agent who has it holds it. */
    HELD,
    /** The customer is in a voicemail box. */
    VOICEMAIL,
    /** The customer talks with somebody outside the contact centre; no agent is there. */
    EXTERNAL,
    /** The talk is over, the agent does after-call work. */
    WRAPUP,
    /** Everybody has left, and the end is not known yet. */
    DISCONNECTED,
    /** Over. */
    ENDED;

    /** As messages name it. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
