// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.route.delivery;

import jakarta.jms.JMSException;
import org.apache.camel.Exchange;
import org.apache.camel.ExchangeProperty;
import org.apache.camel.Header;
import org.apache.camel.Variable;
import org.apache.commons.lang3.exception.ExceptionUtils;
import org.conversationbridge.broker.QueueView;
import org.conversationbridge.change.NotDeliveredException;
import org.conversationbridge.change.ResultsNotConsumedException;
import org.conversationbridge.failure.FailedMessages;
import org.conversationbridge.failure.FailureText;
import org.conversationbridge.failure.ForeignMessageException;
import org.conversationbridge.failure.GivenUpException;
import org.conversationbridge.failure.WordlessException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The steps of work-on-replays, replay-conversation and reread-conversation ({@code replays} in the routes). Parked
 * conversations that are to be read again wait on a queue of their own until the process that polls takes them: only it
 * compares and announces.
 */
public final class Replays {
    private static final Logger LOG = LoggerFactory.getLogger(Replays.class);

    private final QueueView queues;
    private final String queue;
    private final FailedMessages failed = new FailedMessages();

    public Replays(QueueView queues, String queue) {
        this.queues = queues;
        this.queue = queue;
    }

    /** Begins to work on what waits. */
    public ReplayRun begin() throws JMSException {
        return new ReplayRun(queues.depth(queue));
    }

    /** Nothing waits any more, or what waits is not delivered yet. */
    public void end(@Variable("run") ReplayRun run) {
        run.end();
    }

    /**
     * Before its body is read.
     *
     * @throws ForeignMessageException when it is no text, or is too large
     * @throws GivenUpException when it failed too often for a reason in itself
     */
    public void check(
            Exchange exchange, @Variable("run") ReplayRun run, @Header("JMSMessageID") @Nullable String messageId)
            throws JMSException {
        run.taken();
        Received.check(exchange);
        if (messageId != null) {
            failed.check(messageId);
        }
    }

    /** Continues only if the failure is not the broker's: then the conversation is parked again. */
    public void failUnlessInMessage(@ExchangeProperty(Exchange.EXCEPTION_CAUGHT) Exception failure) throws Exception {
        if (!FailureCause.mayBeInMessage(failure)) {
            throw failure;
        }
    }

    /** It is back on its queue, and is worked on when the next poll, or the next request, comes. */
    public void postponed(
            @ExchangeProperty(Exchange.EXCEPTION_CAUGHT) Exception failure,
            @Header("JMSMessageID") @Nullable String messageId) {
        if (ExceptionUtils.indexOfType(failure, NotDeliveredException.class) >= 0
                || ExceptionUtils.indexOfType(failure, ResultsNotConsumedException.class) >= 0) {
            LOG.info("replay waits: {} It resumes automatically.", FailureText.sentence(failure));
            return;
        }
        if (messageId != null && FailureCause.mayBeInMessage(failure)) {
            failed.failed(messageId, FailureText.of(failure));
        }
        LOG.warn("replay postponed: {} Conversations not yet announced stay on the queue.", FailureText.of(failure));
        LOG.debug("replay postponed", new WordlessException(failure));
    }
}
