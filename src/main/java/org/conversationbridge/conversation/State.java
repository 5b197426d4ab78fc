// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.conversation;

import java.util.Locale;

/** The state of a conversation, by the table of {@link Situation}. */
public enum State {
    /** A callback that waits for its time. */
    SCHEDULED,
    /** The customer is in a flow (then there is no queue) or waits in a queue. */
    QUEUED,
    /** Offered to an agent, or an agent or the customer is being dialled. */
    ALERTING,
    /** An agent talks. */
    CONNECTED,
    /** The customer is on hold. */
    HELD,
    /** The customer is in a voicemail box. */
    VOICEMAIL,
    /** The customer talks with a party outside the contact centre; no agent is there. */
    EXTERNAL,
    /** The talk is over, the agent does after-call work. */
    WRAPUP,
    /** No agent is on it any more, and the end is not known yet. */
    DISCONNECTED,
    /** Over. */
    ENDED;

    /** As messages name it. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
