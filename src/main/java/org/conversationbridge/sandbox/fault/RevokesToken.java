// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.sandbox.fault;

import java.util.function.Supplier;
import org.conversationbridge.sandbox.OAuthServer;
import org.conversationbridge.sandbox.SandboxAnswer;
import org.conversationbridge.sandbox.SandboxRequest;

/** Revokes every token just before a request, so that it is answered with 401 long before the token expires. */
public final class RevokesToken extends LimitedFault {
    private final OAuthServer oauth;

    public RevokesToken(int times, OAuthServer oauth) {
        super(times);
        this.oauth = oauth;
    }

    @Override
    SandboxAnswer spoil(SandboxRequest request, Supplier<SandboxAnswer> normal) {
        oauth.revokeTokens();
        return normal.get();
    }
}
