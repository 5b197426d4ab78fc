// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.route.delivery;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import jakarta.jms.Message;
import java.time.Clock;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.camel.Exchange;
import org.apache.camel.ExchangeProperty;
import org.apache.camel.Header;
import org.apache.camel.Variable;
import org.apache.camel.component.bean.MethodNotFoundException;
import org.apache.camel.language.bean.RuntimeBeanExpressionException;
import org.apache.commons.lang3.StringUtils;
import org.apache.commons.lang3.exception.ExceptionUtils;
import org.conversationbridge.broker.BrokerException;
import org.conversationbridge.change.ConversationChange;
import org.conversationbridge.failure.Attempts;
import org.conversationbridge.failure.BridgeException;
import org.conversationbridge.failure.FailureText;
import org.conversationbridge.failure.ForeignMessageException;
import org.conversationbridge.failure.MalformedConversationException;
import org.conversationbridge.failure.OriginalType;
import org.conversationbridge.failure.ParkedConversation;
import org.conversationbridge.failure.UnreadableConversations;
import org.conversationbridge.failure.WordlessException;
import org.conversationbridge.poll.PollLog;
import org.conversationbridge.privacy.Privacy;
import org.conversationbridge.text.ForeignText;
import org.conversationbridge.text.Times;
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
    private final Privacy privacy;
    private final Places places;

    /** Where a word stands in the route files. */
    public interface Places {
        /** File and line; empty if it is not found. */
        Optional<String> place(String routeId, String word);
    }

    /** Where the route files are unknown. */
    public Parking(UnreadableConversations unreadable, PollLog log, ObjectMapper json, Clock clock, Privacy privacy) {
        this(unreadable, log, json, clock, privacy, (routeId, word) -> Optional.empty());
    }

    public Parking(
            UnreadableConversations unreadable,
            PollLog log,
            ObjectMapper json,
            Clock clock,
            Privacy privacy,
            Places places) {
        this.unreadable = unreadable;
        this.log = log;
        this.json = json;
        this.clock = clock;
        this.privacy = privacy;
        this.places = places;
    }

    /**
     * How often a message was tried, the times before its replay included. Any client may have written its properties:
     * one that is damaged is treated as absent.
     */
    public Attempts attempts(
            @Header("attempts") @Nullable Object earlier,
            @Header("firstFailedAt") @Nullable Object firstFailedAt,
            @Header("JMSXDeliveryCount") @Nullable Integer deliveries) {
        return Attempts.told(earlier, firstFailedAt).plus(Objects.requireNonNullElse(deliveries, 1));
    }

    /** What is to be parked and why. */
    public ParkedConversation describe(Exchange exchange) throws JsonProcessingException {
        Exception failure = exchange.getProperty(Exchange.EXCEPTION_CAUGHT, Exception.class);
        BridgeException named = named(failure);
        ConversationChange change = exchange.getVariable("change", ConversationChange.class);
        Attempts attempts =
                Objects.requireNonNullElse(exchange.getVariable("attempts", Attempts.class), Attempts.FIRST);
        return new ParkedConversation(
                named == null ? "UNEXPECTED" : named.code(),
                stage(exchange),
                (named == null ? typeOf(failure, exchange) : String.valueOf(named.getMessage()))
                        + sentBefore(exchange, change),
                originalType(exchange, change),
                attempts.count(),
                named == null || named.httpStatus() == 0 ? null : named.httpStatus(),
                Times.text(Objects.requireNonNullElse(attempts.firstFailedAt(), clock.instant())),
                conversationId(change, failure),
                original(exchange, change));
    }

    /**
     * The route that the failure is to be looked for in. Where no route names it, it is the one that catches the
     * failure, which Camel knows; else the one that began.
     */
    private static String stage(Exchange exchange) {
        return Stream.of(
                        exchange.getVariable("stage", String.class),
                        exchange.getProperty(Exchange.FAILURE_ROUTE_ID, String.class),
                        exchange.getFromRouteId())
                .filter(Objects::nonNull)
                .findFirst()
                .orElse("unknown");
    }

    /** A consumer may have its result, so that a replay sends that once more. */
    private static String sentBefore(Exchange exchange, @Nullable ConversationChange change) {
        PageTally tally = exchange.getVariable("tally", PageTally.class);
        return tally != null && change != null && tally.isSent(change)
                ? " Its message was sent to the result queue before that."
                : "";
    }

    private static OriginalType originalType(Exchange exchange, @Nullable ConversationChange change) {
        OriginalType told = exchange.getVariable("originalType", OriginalType.class);
        OriginalType usual = change == null ? OriginalType.CONVERSATION : OriginalType.CHANGE;
        return Objects.requireNonNullElse(told, usual);
    }

    private static @Nullable BridgeException named(@Nullable Exception failure) {
        BridgeException named = ExceptionUtils.throwableOfType(failure, BridgeException.class);
        if (named == null) {
            named = ForeignMessageException.inJson(failure).orElse(null);
        }
        return named != null || failure == null
                ? named
                : BrokerException.in(failure)
                        .filter(BrokerException::isOfMessage)
                        .orElse(null);
    }

    /** As it came; what has no form in UTF-8, or could steer a terminal, is escaped. */
    private String original(Exchange exchange, @Nullable ConversationChange change) throws JsonProcessingException {
        if (change != null) {
            return ForeignText.printableJson(json.writeValueAsString(change));
        }
        return exchange.getMessage().getBody() instanceof JsonNode unreadable
                ? ForeignText.printableJson(privacy.original(unreadable))
                : privacy.original(text(exchange));
    }

    /** Its text; empty if the broker does not deliver the whole body, which is why it failed. */
    private static String text(Exchange exchange) {
        try {
            return Objects.requireNonNullElse(exchange.getMessage().getBody(String.class), "");
        } catch (RuntimeException e) {
            LOG.warn("parked without its body, which the broker cannot deliver: {}", FailureText.of(e));
            return "";
        }
    }

    /** What goes on the error queue: the original, or the message itself where its body is not read. */
    public Object original(
            @Variable("parked") ParkedConversation parked, @Variable(Received.UNREAD) @Nullable Message unread) {
        return unread == null || privacy.dropsOriginals() ? parked.original() : unread;
    }

    /** It is on the error queue. */
    public void parked(
            @Variable("parked") ParkedConversation parked,
            @Variable("tally") @Nullable PageTally tally,
            @Variable("change") @Nullable ConversationChange change,
            @ExchangeProperty(Exchange.EXCEPTION_CAUGHT) Exception failure) {
        LOG.warn(
                "parked conversationId={} code={} stage={}: {}",
                parked.conversationId(),
                parked.errorCode(),
                parked.errorStage(),
                parked.errorMessage());
        LOG.debug("parked", new WordlessException(failure));
        if (tally == null) {
            log.unreadable();
        } else {
            tally.parkedOne(change);
        }
        if (failure instanceof MalformedConversationException malformed) {
            unreadable.told(malformed);
        }
    }

    /** File and line of the word, if they are known, and the article of what follows. */
    private String beginAt(String word, Exchange exchange) {
        return places.place(stage(exchange), word).map(place -> place + ": an").orElse("An");
    }

    private static @Nullable String conversationId(@Nullable ConversationChange change, @Nullable Exception failure) {
        if (change != null) {
            return change.conversation().conversationId();
        }
        return failure instanceof MalformedConversationException malformed ? malformed.conversationId() : null;
    }

    /** Another exception's message may hold customer data; its types and the name that a route got wrong do not. */
    private String typeOf(@Nullable Exception failure, Exchange exchange) {
        if (failure == null) {
            return "unknown failure";
        }
        Throwable root = ExceptionUtils.getRootCause(failure);
        if (root instanceof MethodNotFoundException unknown) {
            String name = unknown.getMethodName();
            return beginAt(name, exchange) + " expression of the route names '" + name
                    + "', which its object does not have.";
        }
        if (root instanceof RuntimeBeanExpressionException absent && absent.getMethod() != null) {
            String path = StringUtils.stripStart(absent.getMethod(), ".?");
            return beginAt(path, exchange) + " expression of the route reads '" + path
                    + "', and a part of that is missing here. Write '?' before each name whose value may be missing, as"
                    + " in conversation?.queue?.id.";
        }
        return FailureText.sentence(root);
    }
}
