// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.sandbox.fault;

import java.util.function.Supplier;
import org.conversationbridge.sandbox.SandboxAnswer;
import org.conversationbridge.sandbox.SandboxRequest;

/** Sends the answer and then blanks without an end. */
public final class NeverEndsBody extends LimitedFault {
    public NeverEndsBody(int times) {
        super(times);
    }

    @Override
    SandboxAnswer spoil(SandboxRequest request, Supplier<SandboxAnswer> normal) {
        return normal.get().delivered(SandboxAnswer.Delivery.ENDLESS);
    }
}
