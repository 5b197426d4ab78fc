// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.sandbox.world;

/** What may come on top of any conversation. */
public enum Twist {
    /** The agent puts the customer on hold, twice. */
    HOLD,
    /** They browse or look at a screen together beside it. */
    ACCOMPANIED,
    /** A supervisor looks at the screen of the agent. */
    SCREEN_WATCHED,
    /** The agent does no after-call work. */
    NO_WRAP_UP,
    /** It is offered first to an agent who does not answer and is put into after-call work. */
    NOT_ANSWERED,
    /** The customer hears a flow before. */
    FLOW_FIRST,
    /** It lasts for days. */
    DAYS,
    /** The clock that says when it began is some milliseconds ahead of those that say what happened. */
    OTHER_CLOCK,
    /** The time in which it was handled is not measured, as of a call from no queue; only what it is made of. */
    NO_HANDLE_TIME,
    /** An agent is treated as gone when the talk is over, although after-call work is to be done. */
    GONE_BEFORE_WRAP_UP,
    /** The consulted agent is called on a second leg. */
    SECOND_LEG
}
