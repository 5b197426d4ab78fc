// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.sandbox.fault;

import java.util.function.Supplier;
import org.conversationbridge.sandbox.SandboxAnswer;
import org.conversationbridge.sandbox.SandboxRequest;

/** Closes the connection after half of the body. */
public final class DropsConnectionMidBody extends LimitedFault {
    public DropsConnectionMidBody(int times) {
        super(times);
    }

    @Override
    SandboxAnswer spoil(SandboxRequest request, Supplier<SandboxAnswer> normal) {
        return normal.get().delivered(SandboxAnswer.Delivery.CUT_OFF);
    }
}
