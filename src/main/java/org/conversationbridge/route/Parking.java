// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.route;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.time.Clock;
import java.util.Objects;
import org.apache.camel.Exchange;
import org.apache.camel.ExchangeProperty;
import org.apache.camel.Variable;
import org.apache.camel.component.bean.MethodNotFoundException;
import org.conversationbridge.change.ConversationChange;
import org.conversationbridge.failure.BridgeException;
import org.conversationbridge.failure.MalformedConversationException;
import org.conversationbridge.failure.ParkedConversation;
import org.conversationbridge.failure.UnreadableConversations;
import org.conversationbridge.poll.PollLog;
import org.conversationbridge.text.ForeignText;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The steps of park-conversation ({@code parking} in the routes). */
public final class Parking {
    private static final Logger LOG = LoggerFactory.getLogger(Parking.class);

    private final UnreadableConversations unreadable;
    private final PollLog log;
    private final ObjectMapper json;
    private final Clock clock;

    public Parking(UnreadableConversations unreadable, PollLog log, ObjectMapper json, Clock clock) {
        this.unreadable = unreadable;
        this.log = log;
        this.json = json;
        this.clock = clock;
    }

    /** What is to be parked and why. */
    public ParkedConversation describe(Exchange exchange) throws JsonProcessingException {
        Exception failure = exchange.getProperty(Exchange.EXCEPTION_CAUGHT, Exception.class);
        BridgeException named = failure instanceof BridgeException bridge ? bridge : null;
        ConversationChange change = exchange.getVariable("change", ConversationChange.class);
        return new ParkedConversation(
                named == null ? "UNEXPECTED" : named.code(),
                Objects.requireNonNullElse(exchange.getFromRouteId(), "unknown"),
                named == null ? typeOf(failure) : String.valueOf(named.getMessage()),
                exchange.getMessage().getHeader("JMSXDeliveryCount", 1, Integer.class),
                named == null || named.httpStatus() == 0 ? null : named.httpStatus(),
                clock.instant(),
                conversationId(change, failure),
                original(exchange, change));
    }

    /** As it came; what has no form in UTF-8, or could steer a terminal, is escaped. */
    private String original(Exchange exchange, @Nullable ConversationChange change) throws JsonProcessingException {
        Object original = change == null ? exchange.getMessage().getBody() : change;
        return original instanceof String text ? text : ForeignText.printableJson(json.writeValueAsString(original));
    }

    /** It is on the error queue. */
    public void parked(
            @Variable("parked") ParkedConversation parked,
            @Variable("tally") @Nullable PageTally tally,
            @ExchangeProperty(Exchange.EXCEPTION_CAUGHT) Exception failure) {
        LOG.warn(
                "parked conversationId={} code={} stage={}: {}",
                parked.conversationId(),
                parked.errorCode(),
                parked.errorStage(),
                parked.errorMessage());
        LOG.debug("parked", failure);
        if (tally == null) {
            log.unreadable();
        } else {
            tally.parkedOne();
        }
        if (failure instanceof MalformedConversationException malformed) {
            unreadable.parked(malformed);
        }
    }

    private static @Nullable String conversationId(@Nullable ConversationChange change, @Nullable Exception failure) {
        if (change != null) {
            return change.conversation().conversationId();
        }
        return failure instanceof MalformedConversationException malformed ? malformed.conversationId() : null;
    }

    /** Another exception's message may hold customer data; its types and the name that a route got wrong do not. */
    private static String typeOf(@Nullable Exception failure) {
        if (failure == null) {
            return "unknown failure";
        }
        Throwable root = failure;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        if (root instanceof MethodNotFoundException unknown) {
            return "An expression of the route names '" + unknown.getMethodName()
                    + "', which its object does not have.";
        }
        StackTraceElement[] stack = root.getStackTrace();
        return root.getClass().getName() + (stack.length == 0 ? "" : " at " + stack[0]) + "; the debug log has it all.";
    }
}
