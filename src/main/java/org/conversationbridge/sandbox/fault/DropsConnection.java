// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.sandbox.fault;

import java.util.function.Supplier;
import org.conversationbridge.sandbox.SandboxAnswer;
import org.conversationbridge.sandbox.SandboxRequest;

/** Closes the connection instead of answering. */
public final class DropsConnection extends LimitedFault {
    public DropsConnection(int times) {
        super(times);
    }

    @Override
    SandboxAnswer spoil(SandboxRequest request, Supplier<SandboxAnswer> normal) {
        return normal.get().delivered(SandboxAnswer.Delivery.NOT_AT_ALL);
    }
}
