// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.sandbox.fault;

import java.util.function.Supplier;
import org.conversationbridge.sandbox.SandboxAnswer;
import org.conversationbridge.sandbox.SandboxRequest;

/** Closes the connection instead of giving a token. */
public final class DropsTokenRequest extends LimitedFault {
    public DropsTokenRequest(int times) {
        super(times);
    }

    @Override
    boolean concerns(SandboxRequest request) {
        return request.isForToken();
    }

    @Override
    SandboxAnswer spoil(SandboxRequest request, Supplier<SandboxAnswer> normal) {
        return normal.get().delivered(SandboxAnswer.Delivery.NOT_AT_ALL);
    }
}
