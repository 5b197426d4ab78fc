// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.poll;

/** What is counted since the start. */
public enum Figure {
    /** Polls that went through. */
    POLLS,
    /** Polls that broke off. */
    FAILED_POLLS,
    /** Those of the polls that read fewer conversations than Genesys Cloud stated. */
    INCOMPLETE_POLLS,
    /** Active conversations read, each poll again. */
    FOUND,
    /** Changes put on the page queue. */
    CHANGED,
    /** Messages put on the result queue. */
    DELIVERED,
    /** Conversations put on the error queue. */
    PARKED,
    /** Those of the parked that could not be read, so that they were no changes. */
    UNREADABLE,
    /** Gaps that were closed. */
    GAPS,
    /** Notifications of conversations, whether they were news or not. */
    NOTIFICATIONS
}
