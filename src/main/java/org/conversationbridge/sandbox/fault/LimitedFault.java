// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.sandbox.fault;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.conversationbridge.sandbox.Fault;
import org.conversationbridge.sandbox.SandboxAnswer;
import org.conversationbridge.sandbox.SandboxRequest;

/** A fault that happens to the first so many requests to the API and then no more. Safe for many threads. */
abstract class LimitedFault implements Fault {
    private final AtomicInteger left;

    /** @param times how often it happens */
    LimitedFault(int times) {
        this.left = new AtomicInteger(times);
    }

    @Override
    public final SandboxAnswer answer(SandboxRequest request, Supplier<SandboxAnswer> normal) {
        return concerns(request) && left.getAndUpdate(n -> Math.max(0, n - 1)) > 0
                ? spoil(request, normal)
                : normal.get();
    }

    /** Whether it may happen to this request. */
    boolean concerns(SandboxRequest request) {
        return request.isForApi();
    }

    /** What is answered instead. */
    abstract SandboxAnswer spoil(SandboxRequest request, Supplier<SandboxAnswer> normal);
}
