// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.sandbox.fault;

import java.time.Duration;
import java.util.function.Supplier;
import org.conversationbridge.sandbox.SandboxAnswer;
import org.conversationbridge.sandbox.SandboxRequest;

/** Lets the caller wait before the first byte. */
public final class StallsAnswer extends LimitedFault {
    private final Duration pause;

    public StallsAnswer(int times, Duration pause) {
        super(times);
        this.pause = pause;
    }

    @Override
    SandboxAnswer spoil(SandboxRequest request, Supplier<SandboxAnswer> normal) {
        return normal.get().after(pause);
    }
}
