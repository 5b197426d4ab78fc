// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.route.call;

import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Consumer;
import org.apache.camel.Exchange;
import org.apache.camel.ExchangeProperty;
import org.apache.camel.Message;
import org.apache.camel.Variable;
import org.conversationbridge.budget.RequestBudget;
import org.conversationbridge.budget.Throttle;
import org.conversationbridge.budget.Urgency;
import org.conversationbridge.clock.GenesysClock;
import org.conversationbridge.genesys.Enquiry;
import org.conversationbridge.genesys.GenesysAnswer;
import org.conversationbridge.genesys.GenesysRequest;
import org.conversationbridge.genesys.failure.AnswerCheck;
import org.conversationbridge.genesys.failure.RateLimitedException;
import org.conversationbridge.settings.BudgetSettings;
import org.conversationbridge.settings.Secret;
import org.conversationbridge.token.AccessTokens;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The steps of send-request ({@code genesys} in the routes). */
public final class GenesysDoor {
    private static final Logger LOG = LoggerFactory.getLogger(GenesysDoor.class);
    private static final long NOTEWORTHY_MILLIS = 1_000;
    /** Its limit applies to when requests arrive: one may be on its way for a second longer than another. */
    private static final Duration MINUTE = Duration.ofSeconds(61);

    private final AccessTokens tokens;
    private final RequestBudget budget;
    private final AnswerCheck answers;
    private final GenesysClock genesysClock;
    private final Clock clock;
    private final Consumer<GenesysRequest> answered;
    private final Throttle burst;
    private final Throttle minute;

    /**
     * @param limits of this program
     * @param clock one that is never set
     * @param answered takes each request whose answer is good and was read to its end
     */
    public GenesysDoor(
            AccessTokens tokens,
            BudgetSettings limits,
            RequestBudget budget,
            AnswerCheck answers,
            GenesysClock genesysClock,
            Clock clock,
            Consumer<GenesysRequest> answered) {
        this.tokens = tokens;
        this.budget = budget;
        this.answers = answers;
        this.genesysClock = genesysClock;
        this.clock = clock;
        this.answered = answered;
        this.burst = new Throttle(limits::atOnce, limits.burstWindow());
        this.minute = new Throttle(limits::perMinute, MINUTE);
    }

    /** How long to wait, in milliseconds, so that only so many requests are sent at once. */
    public long burstTurn(@Variable("enquiry") @Nullable Enquiry enquiry) {
        return burst.turn(urgency(enquiry));
    }

    /** How long to wait, in milliseconds, so that only so many requests are sent in any minute. */
    public long minuteTurn(@Variable("enquiry") @Nullable Enquiry enquiry) {
        return minute.turn(urgency(enquiry));
    }

    /** How long to wait, in milliseconds, because Genesys Cloud said that nothing is left, or too little. */
    public long pauseMillis(@Variable("enquiry") @Nullable Enquiry enquiry) {
        long pause = budget.pauseMillis(urgency(enquiry));
        if (pause >= NOTEWORTHY_MILLIS) {
            LOG.warn("genesys budget is spent: the next request waits {} s", pause / 1000);
        }
        return pause;
    }

    private static Urgency urgency(@Nullable Enquiry enquiry) {
        return enquiry == null ? Urgency.POLL : enquiry.urgency();
    }

    /** A token that is valid for the request; fetched if there is none. Its text is never shown. */
    public Secret token() {
        return tokens.current();
    }

    /** Adds the request; gives when it is sent. */
    public Instant count() {
        budget.requestSent();
        return clock.instant();
    }

    /**
     * Lets a 2xx answer pass and reads what it reports about budget and time; anything else is thrown by its name,
     * with the answer's words, but not with the token, should it repeat that.
     */
    public void check(
            @Variable("request") GenesysRequest request,
            @Variable("token") Secret token,
            @Variable("sentAt") Instant sentAt,
            Message answer) {
        GenesysAnswer.Headers headers = new GenesysAnswer.Headers(answer.getHeaders());
        genesysClock.answered(sentAt, headers.value("Date").orElse(""));
        budget.answered(headers::value);
        int status = answer.getHeader(Exchange.HTTP_RESPONSE_CODE, 0, Integer.class);
        String body = status >= 200 && status < 300 ? "" : answer.getBody(String.class);
        try {
            answers.check(request, new GenesysAnswer(status, headers, body == null ? "" : body).without(token));
        } catch (RateLimitedException e) {
            budget.refused(e.retryAfter());
            throw e;
        }
    }

    /** The answer was read to its end, and is JSON. */
    public void answered(@Variable("request") GenesysRequest request) {
        answered.accept(request);
    }

    /** Throws by its name what made a connection fail. */
    public void unreachable(
            @Variable("request") GenesysRequest request,
            @ExchangeProperty(Exchange.EXCEPTION_CAUGHT) IOException failure) {
        throw answers.unreachable(request, failure);
    }
}
