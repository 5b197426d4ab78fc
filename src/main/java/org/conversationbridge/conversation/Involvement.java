// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.conversation;

/** In what capacity an agent takes part. */
public enum Involvement {
    /** As one who handles the conversation. */
    PARTY,
    /** Consulted by the agent who handles it. */
    CONSULT,
    /** Speaks to the agent only. */
    COACH,
    /** Listens only. */
    MONITOR,
    /** A supervisor who joined. */
    BARGE
}
