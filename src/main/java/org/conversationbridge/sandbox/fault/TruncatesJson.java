// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.sandbox.fault;

import java.util.function.Supplier;
import org.conversationbridge.sandbox.SandboxAnswer;
import org.conversationbridge.sandbox.SandboxRequest;

/** Answers 200 with half of the JSON, in good order as far as HTTP is concerned. */
public final class TruncatesJson extends LimitedFault {
    public TruncatesJson(int times) {
        super(times);
    }

    @Override
    SandboxAnswer spoil(SandboxRequest request, Supplier<SandboxAnswer> normal) {
        SandboxAnswer answer = normal.get();
        return answer.with(
                answer.status(), answer.body().substring(0, answer.body().length() / 2));
    }
}
