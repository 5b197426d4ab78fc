// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.sandbox.fault;

import java.util.function.Supplier;
import org.conversationbridge.sandbox.SandboxAnswer;
import org.conversationbridge.sandbox.SandboxRequest;

/** Answers 400 and repeats, in the words of its refusal, the credentials it was sent. */
public final class EchoesCredentials extends LimitedFault {
    public EchoesCredentials(int times) {
        super(times);
    }

    @Override
    boolean concerns(SandboxRequest request) {
        return request.isForApi() || request.isForToken();
    }

    @Override
    SandboxAnswer spoil(SandboxRequest request, Supplier<SandboxAnswer> normal) {
        String credentials = request.header("Authorization").orElse("") + " " + request.body();
        return request.isForToken()
                ? SandboxAnswer.json(
                        400, "{\"error\":\"invalid_client\",\"error_description\":\"" + credentials + "\"}")
                : Refusal.of(
                        400,
                        "bad.request",
                        "Not understood: " + request.header("Authorization").orElse(""));
    }
}
