// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.sandbox.fault;

import org.conversationbridge.sandbox.SandboxAnswer;

/** Redirects a share of the questions about what agents did, as a proxy does that wants a login now and then. */
public final class RedirectsHistories extends SpoilsHistories {
    public RedirectsHistories(int percent, long seed) {
        super(percent, seed);
    }

    @Override
    SandboxAnswer instead() {
        return SandboxAnswer.json(302, "").withHeader("Location", "https://login.example/");
    }
}
