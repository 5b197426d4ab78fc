// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.route.call;

import java.io.IOException;
import java.time.Clock;
import java.time.Instant;
import java.util.function.Consumer;
import org.apache.camel.Exchange;
import org.apache.camel.ExchangeProperty;
import org.apache.camel.Message;
import org.apache.camel.Variable;
import org.conversationbridge.budget.Pace;
import org.conversationbridge.budget.RequestBudget;
import org.conversationbridge.clock.GenesysClock;
import org.conversationbridge.genesys.GenesysAnswer;
import org.conversationbridge.genesys.GenesysRequest;
import org.conversationbridge.genesys.failure.AnswerCheck;
import org.conversationbridge.settings.Secret;
import org.conversationbridge.token.AccessTokens;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The steps of send-request ({@code genesys} in the routes). */
public final class GenesysDoor {
    private static final Logger LOG = LoggerFactory.getLogger(GenesysDoor.class);
    private static final long NOTEWORTHY_MILLIS = 1_000;

    private final AccessTokens tokens;
    private final RequestBudget budget;
    private final AnswerCheck answers;
    private final GenesysClock genesysClock;
    private final Clock clock;
    private final Consumer<GenesysRequest> answered;
    private final Pace pace = new Pace();

    /**
     * @param clock one that is never set
     * @param answered takes each request whose answer is good and was read to its end
     */
    public GenesysDoor(
            AccessTokens tokens,
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
    }

    /** How long to wait for a turn, in milliseconds, at one turn per interval. */
    public long turn(long intervalMillis) {
        return pace.turn(intervalMillis);
    }

    /** How long to wait, in milliseconds, because Genesys Cloud said that nothing is left. */
    public long pauseMillis() {
        long pause = budget.pauseMillis();
        if (pause >= NOTEWORTHY_MILLIS) {
            LOG.warn("genesys budget is spent: the next request waits {} s", pause / 1000);
        }
        return pause;
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
        answers.check(request, new GenesysAnswer(status, headers, body == null ? "" : body).without(token));
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
