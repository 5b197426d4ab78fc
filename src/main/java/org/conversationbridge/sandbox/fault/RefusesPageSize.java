// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.sandbox.fault;

import java.util.function.Supplier;
import org.conversationbridge.sandbox.Fault;
import org.conversationbridge.sandbox.SandboxAnswer;
import org.conversationbridge.sandbox.SandboxRequest;

/** Refuses {@code pageSize} in the listing of conversations, whose description does not have it. */
public final class RefusesPageSize implements Fault {
    @Override
    public SandboxAnswer answer(SandboxRequest request, Supplier<SandboxAnswer> normal) {
        return request.path().equals("/api/v2/conversations")
                        && !request.parameters("pageSize").isEmpty()
                ? Refusal.of(400, "bad.request", "The query parameter pageSize is not known.")
                : normal.get();
    }
}
