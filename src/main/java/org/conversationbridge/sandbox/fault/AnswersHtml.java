// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.sandbox.fault;

import java.util.function.Supplier;
import org.conversationbridge.sandbox.SandboxAnswer;
import org.conversationbridge.sandbox.SandboxRequest;

/** Answers 200 with a log-in page, as a captive proxy does. */
public final class AnswersHtml extends LimitedFault {
    public AnswersHtml(int times) {
        super(times);
    }

    @Override
    SandboxAnswer spoil(SandboxRequest request, Supplier<SandboxAnswer> normal) {
        return SandboxAnswer.json(200, "<html><body><form>Please log in</form></body></html>")
                .withHeader("Content-Type", "text/html");
    }
}
