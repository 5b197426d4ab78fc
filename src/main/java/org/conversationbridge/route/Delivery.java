// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.route;

import org.apache.camel.Body;
import org.apache.camel.Variable;
import org.conversationbridge.change.ChangePage;
import org.conversationbridge.delivery.ConversationMessage;
import org.conversationbridge.delivery.MessageComposer;
import org.conversationbridge.poll.PollLog;
import org.jspecify.annotations.Nullable;

/** The steps of enrich-page ({@code delivery} in the routes). */
public final class Delivery {
    private final MessageComposer composer;
    private final PollLog log;

    public Delivery(MessageComposer composer, PollLog log) {
        this.composer = composer;
        this.log = log;
    }

    /** Begins to count what becomes of a page. */
    public PageTally tally(@Body ChangePage page) {
        return new PageTally(page.changes().size());
    }

    /** JMS priority of a message, 0 to 9. */
    public int priority(@Body ConversationMessage message) {
        return composer.priority(message);
    }

    /** JMS expiration of a message, milliseconds since the epoch; null = never. */
    public @Nullable Long expiration(@Body ConversationMessage message) {
        return composer.expiration(message);
    }

    /** Every conversation of the page is on the result or the error queue; the commit is next. */
    public void delivered(@Variable("tally") PageTally tally) {
        log.delivered(tally.delivered(), tally.parked());
    }
}
