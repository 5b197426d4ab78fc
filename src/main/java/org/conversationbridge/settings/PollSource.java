// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.settings;

/** Where active conversations are requested. */
public enum PollSource {
    /** {@link #CONVERSATIONS} until it proves useless for this token, then {@link #ANALYTICS}. */
    AUTO,
    /** {@code GET /api/v2/conversations}: needs a token with a user. */
    CONVERSATIONS,
    /** The details query for conversations without an end. */
    ANALYTICS,
    /** Notifications report what changed; the polls, now seldom, query as {@link #AUTO} does. */
    NOTIFICATIONS
}
