// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.sandbox.fault;

import java.util.function.Supplier;
import org.conversationbridge.sandbox.SandboxAnswer;
import org.conversationbridge.sandbox.SandboxRequest;

/** Answers the 401 that no new token fixes: the caller's address is not on the org's allowlist. */
public final class RefusesAddress extends LimitedFault {
    public RefusesAddress(int times) {
        super(times);
    }

    @Override
    SandboxAnswer spoil(SandboxRequest request, Supplier<SandboxAnswer> normal) {
        return Refusal.of(
                401, "ip.not.authorized", "Requests originating from this IP address are not authorized: [192.0.2.7]");
    }
}
