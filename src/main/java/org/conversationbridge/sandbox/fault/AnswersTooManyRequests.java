// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.sandbox.fault;

import java.util.function.Supplier;
import org.conversationbridge.sandbox.SandboxAnswer;
import org.conversationbridge.sandbox.SandboxRequest;

/** Answers 429. How long to wait is in the Retry-After header as given, and in the message. */
public final class AnswersTooManyRequests extends LimitedFault {
    private final String retryAfter;
    private final long secondsInMessage;

    /** @param retryAfter value of the header: seconds, an HTTP date, or empty for no header */
    public AnswersTooManyRequests(int times, String retryAfter, long secondsInMessage) {
        super(times);
        this.retryAfter = retryAfter;
        this.secondsInMessage = secondsInMessage;
    }

    @Override
    SandboxAnswer spoil(SandboxRequest request, Supplier<SandboxAnswer> normal) {
        SandboxAnswer answer = Refusal.of(
                429,
                "too.many.requests.retry.after",
                "Rate limit exceeded the maximum. Retry the request in [" + secondsInMessage + "] seconds");
        return retryAfter.isEmpty() ? answer : answer.withHeader("Retry-After", retryAfter);
    }
}
