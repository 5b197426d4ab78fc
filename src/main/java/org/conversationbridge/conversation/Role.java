// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.conversation;

/** What an agent is on a conversation. */
public enum Role {
    /** Has it now; at most one agent. */
    PRIMARY("primary"),
    /** In the talk beside the one who has it. */
    CONFERENCE("conference"),
    /** Consulted by the one who has it. */
    CONSULT("consult"),
    /** A supervisor in the talk. */
    BARGE("barge"),
    /** A supervisor who speaks to the agent only. */
    COACH("coach"),
    /** A supervisor who listens only. */
    MONITOR("monitor"),
    /** It rings for this agent and for others, and no agent has it yet. */
    ALERTING("alerting"),
    /** It is being offered to this agent while another still has it. */
    TRANSFER_TARGET("transferTarget"),
    /** Talked on it before, and has left or does after-call work. */
    FORMER("former");

    private final String label;

    Role(String label) {
        this.label = label;
    }

    /** As messages name it. */
    public String label() {
        return label;
    }
}
