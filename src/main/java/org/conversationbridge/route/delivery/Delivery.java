// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.route.delivery;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import jakarta.jms.JMSException;
import java.time.Duration;
import java.util.Optional;
import org.apache.camel.Body;
import org.apache.camel.Exchange;
import org.apache.camel.ExchangeProperty;
import org.apache.camel.Header;
import org.apache.camel.Variable;
import org.conversationbridge.broker.BrokerException;
import org.conversationbridge.change.ChangePage;
import org.conversationbridge.change.ConversationChange;
import org.conversationbridge.delivery.CloudEvent;
import org.conversationbridge.delivery.ConversationMessage;
import org.conversationbridge.delivery.MessageComposer;
import org.conversationbridge.failure.Attempts;
import org.conversationbridge.failure.Backoff;
import org.conversationbridge.failure.FailedMessages;
import org.conversationbridge.failure.FailureText;
import org.conversationbridge.failure.ForeignMessageException;
import org.conversationbridge.failure.GivenUpException;
import org.conversationbridge.failure.WordlessException;
import org.conversationbridge.poll.PollLog;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The steps of enrich-page, deliver-conversation and the routes that it calls ({@code delivery} in the routes). */
public final class Delivery {
    private static final Logger LOG = LoggerFactory.getLogger(Delivery.class);

    private static final Backoff BACKOFF = new Backoff(Duration.ofMillis(500), Duration.ofSeconds(30));

    private final MessageComposer composer;
    private final PollLog log;
    private final CurrentOutcomes outcomes;
    private final ObjectMapper json;
    private final FailedMessages failed = new FailedMessages();

    /** @param outcomes is to know what became of each change on its way to the current queue */
    public Delivery(MessageComposer composer, PollLog log, CurrentOutcomes outcomes, ObjectMapper json) {
        this.composer = composer;
        this.log = log;
        this.outcomes = outcomes;
        this.json = json;
    }

    /** How long to wait, in milliseconds, before a page that was rolled back is tried again. */
    public long pauseMillis(@Header("JMSXDeliveryCount") @Nullable Integer attempts) {
        return BACKOFF.after(attempts == null ? 0 : attempts - 1L).toMillis();
    }

    /**
     * Before its body is read.
     *
     * @throws ForeignMessageException when it is no text, or is too large
     * @throws GivenUpException when it failed too often for a reason in itself
     */
    public void checkMessage(Exchange exchange, @Header("JMSMessageID") @Nullable String messageId)
            throws JMSException {
        Received.check(exchange);
        if (messageId != null) {
            failed.check(messageId);
        }
    }

    /** @throws ForeignMessageException when it is no page of ours */
    public void checkPage(@Variable("readPage") @Nullable ChangePage page) {
        Optional<String> problem = page == null ? Optional.of("It is empty.") : page.problem();
        problem.ifPresent(sentence -> {
            throw new ForeignMessageException(sentence);
        });
    }

    /**
     * Goes on only if a failure lies in the message, so that it would be redelivered: there the message is put
     * aside.
     */
    public void failUnlessInMessage(@ExchangeProperty(Exchange.EXCEPTION_CAUGHT) Exception failure) throws Exception {
        if (!FailureCause.isInMessage(failure)) {
            throw failure;
        }
    }

    /** Whether a page that cannot be delivered is a restated one: parked, it would say nothing that is not announced. */
    public boolean isFailedRestatement(@Variable("failure") @Nullable Exception failure, @Body @Nullable Object body) {
        return failure != null && FailureCause.isInMessage(failure) && body instanceof String text && isRestated(text);
    }

    private boolean isRestated(String page) {
        try {
            return json.readTree(page).path("pollId").asText().equals(ChangePage.RESTATED);
        } catch (JsonProcessingException e) {
            LOG.trace("not JSON, so not a restated page", e);
            return false;
        }
    }

    /** It is not delivered, and not parked. Why, for the log. */
    public void restatementFailed(@Variable("failure") Exception failure) {
        LOG.warn("restated page dropped: {} A later poll writes it again.", FailureText.sentence(failure));
        LOG.debug("restated page dropped", new WordlessException(failure));
    }

    /** Continues only if a failure is none of the broker's: there one conversation is put aside, not its page. */
    public void failUnlessOfConversation(@ExchangeProperty(Exchange.EXCEPTION_CAUGHT) Exception failure)
            throws Exception {
        if (!FailureCause.mayBeInMessage(failure)) {
            throw failure;
        }
    }

    /** Begins to count what becomes of a page. */
    public PageTally tally(@Body ChangePage page) {
        return new PageTally(page);
    }

    /** A message as a CloudEvent. */
    public CloudEvent cloudEvent(@Body ConversationMessage message) {
        return composer.cloudEvent(message);
    }

    /** Gives an exchange the JMS headers and properties of its message, priority and expiration among them. */
    public void setProperties(@Body ConversationMessage message, Exchange exchange) {
        composer.properties(message).forEach(exchange.getMessage()::setHeader);
    }

    /** A message is on the result queue. */
    public void sent(@Variable("tally") @Nullable PageTally tally, @Variable("change") ConversationChange change) {
        if (tally != null) {
            tally.sentOne(change);
        }
    }

    /** A message is on the current queue. */
    public void replaced(@Variable("tally") @Nullable PageTally tally, @Variable("change") ConversationChange change) {
        if (tally != null) {
            tally.isOnCurrent(change);
        }
    }

    /**
     * A message that the current queue lacks cannot be made again; what was delivered stays delivered. Why, for the
     * log. A failure of the broker goes on.
     */
    public void notRestated(
            @ExchangeProperty(Exchange.EXCEPTION_CAUGHT) Exception failure,
            @Variable("change") ConversationChange change,
            @Variable("tally") @Nullable PageTally tally)
            throws Exception {
        failUnlessOfConversation(failure);
        if (tally != null) {
            tally.failed(change);
        }
        LOG.warn(
                "current queue still lacks conversationId={}: {} A later poll tries again.",
                change.conversation().conversationId(),
                FailureText.sentence(failure));
    }

    /** Each conversation of the page is on the result or the error queue, or was left out; the commit is next. */
    public void delivered(@Variable("tally") PageTally tally) {
        outcomes.handled(tally);
        if (!tally.isRestated()) {
            log.delivered(tally.pollId(), tally.sent(), tally.parked(), tally.leftOut());
        }
    }

    /**
     * The page is rolled back. One line says why; the stack is for the debug log. It is counted if the reason may
     * lie in the page: also when its body, of which the broker delivers the head, is unavailable.
     */
    public void rolledBack(
            @ExchangeProperty(Exchange.EXCEPTION_CAUGHT) Exception failure,
            @Variable("attempts") @Nullable Attempts attempts,
            @Variable("page") @Nullable ChangePage page,
            @Header("JMSMessageID") @Nullable String messageId) {
        String reason = BrokerException.in(failure)
                .map(named -> named.code() + ": " + named.getMessage())
                .orElseGet(() -> FailureText.of(failure));
        if (messageId != null && (page == null || FailureCause.mayBeInMessage(failure))) {
            failed.failed(messageId, reason);
        }
        LOG.warn(
                "page rolled back attempt={} {} The broker redelivers it.",
                attempts == null ? 1 : attempts.count(),
                FailureText.sentence(reason));
        LOG.debug("page rolled back", new WordlessException(failure));
    }
}
