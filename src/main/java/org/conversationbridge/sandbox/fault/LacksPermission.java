// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.sandbox.fault;

import java.util.function.Supplier;
import org.conversationbridge.sandbox.SandboxAnswer;
import org.conversationbridge.sandbox.SandboxRequest;

/** Answers 403 to the details query: the client's role lacks the permission. */
public final class LacksPermission extends LimitedFault {
    public LacksPermission(int times) {
        super(times);
    }

    @Override
    boolean concerns(SandboxRequest request) {
        return request.path().endsWith("/details/query");
    }

    @Override
    SandboxAnswer spoil(SandboxRequest request, Supplier<SandboxAnswer> normal) {
        return Refusal.of(
                403,
                "missing.any.permissions",
                "Unable to perform the requested action. You must have at least one of the following permissions"
                        + " assigned: [analytics:conversationDetail:view, analytics:agentConversationDetail:view]");
    }
}
