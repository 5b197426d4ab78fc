// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.sandbox.fault;

import java.util.function.Supplier;
import org.conversationbridge.sandbox.SandboxAnswer;
import org.conversationbridge.sandbox.SandboxRequest;

/** Sends the answer compressed, followed by 256 MB of blanks that were compressed too. */
public final class SendsGzipBomb extends LimitedFault {
    public SendsGzipBomb(int times) {
        super(times);
    }

    @Override
    SandboxAnswer spoil(SandboxRequest request, Supplier<SandboxAnswer> normal) {
        return normal.get().delivered(SandboxAnswer.Delivery.GZIP_BOMB);
    }
}
