// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.sandbox.fault;

import java.util.function.Supplier;
import org.conversationbridge.sandbox.SandboxAnswer;
import org.conversationbridge.sandbox.SandboxRequest;

/** Redirects to another origin. */
public final class RedirectsElsewhere extends LimitedFault {
    private final String location;

    /** @param location of the other origin */
    public RedirectsElsewhere(int times, String location) {
        super(times);
        this.location = location;
    }

    @Override
    SandboxAnswer spoil(SandboxRequest request, Supplier<SandboxAnswer> normal) {
        return SandboxAnswer.json(302, "").withHeader("Location", location);
    }
}
