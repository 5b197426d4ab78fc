// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.sandbox.fault;

import java.util.function.Supplier;
import org.conversationbridge.sandbox.SandboxAnswer;
import org.conversationbridge.sandbox.SandboxRequest;

/** Answers a 5xx or 408 with an HTML page, as a load balancer does. */
public final class AnswersServerError extends LimitedFault {
    private final int status;

    /** @param status for example 503 */
    public AnswersServerError(int times, int status) {
        super(times);
        this.status = status;
    }

    @Override
    SandboxAnswer spoil(SandboxRequest request, Supplier<SandboxAnswer> normal) {
        return SandboxAnswer.json(status, "<html><body><h1>" + status + "</h1></body></html>")
                .withHeader("Content-Type", "text/html");
    }
}
