// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.route;

import org.apache.camel.Body;
import org.apache.camel.Exchange;
import org.apache.camel.ExchangeProperty;
import org.apache.camel.Header;
import org.apache.camel.Variable;
import org.conversationbridge.broker.BrokerException;
import org.conversationbridge.change.ChangePage;
import org.conversationbridge.delivery.CloudEvent;
import org.conversationbridge.delivery.ConversationMessage;
import org.conversationbridge.delivery.MessageComposer;
import org.conversationbridge.failure.Attempts;
import org.conversationbridge.failure.FailureText;
import org.conversationbridge.failure.WordlessException;
import org.conversationbridge.poll.PollLog;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The steps of enrich-page ({@code delivery} in the routes). */
public final class Delivery {
    private static final Logger LOG = LoggerFactory.getLogger(Delivery.class);

    private static final long FIRST_PAUSE_MILLIS = 500;
    private static final long LONGEST_PAUSE_MILLIS = 30_000;

    private final MessageComposer composer;
    private final PollLog log;

    public Delivery(MessageComposer composer, PollLog log) {
        this.composer = composer;
        this.log = log;
    }

    /** How long to wait, in milliseconds, before a page that was rolled back is tried again. */
    public long pauseMillis(@Header("JMSXDeliveryCount") @Nullable Integer attempts) {
        int failed = attempts == null ? 0 : attempts - 1;
        return failed <= 0 ? 0 : Math.min(FIRST_PAUSE_MILLIS << Math.min(failed - 1, 16), LONGEST_PAUSE_MILLIS);
    }

    /** Begins to count what becomes of a page. */
    public PageTally tally(@Body ChangePage page) {
        return new PageTally(page);
    }

    /** A message as a CloudEvent. */
    public CloudEvent cloudEvent(@Body ConversationMessage message) {
        return composer.cloudEvent(message);
    }

    /** JMS priority of a message, 0 to 9. */
    public int priority(@Body ConversationMessage message) {
        return composer.priority(message);
    }

    /** JMS expiration of a message, milliseconds since the epoch; 0 = never. */
    public long expiration(@Body ConversationMessage message) {
        return composer.expiration(message);
    }

    /** Every conversation of the page is on the result or the error queue; the commit is next. */
    public void delivered(@Variable("tally") PageTally tally) {
        log.delivered(tally.pollId(), tally.delivered(), tally.parked());
    }

    /** The page is rolled back. One line says why; the stack is for the debug log. */
    public void rolledBack(
            @ExchangeProperty(Exchange.EXCEPTION_CAUGHT) Exception failure,
            @Variable("attempts") @Nullable Attempts attempts) {
        String reason = BrokerException.in(failure)
                .map(named -> named.code() + ": " + named.getMessage())
                .orElseGet(() -> FailureText.of(failure));
        LOG.warn("page rolled back attempt={} {} It comes again.", attempts == null ? 1 : attempts.count(), reason);
        LOG.debug("page rolled back", new WordlessException(failure));
    }
}
