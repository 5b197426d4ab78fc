// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.token;

import java.time.Clock;
import org.conversationbridge.settings.Secret;
import org.jspecify.annotations.Nullable;

/**
 * The one token of the OAuth client, shared by all threads: whoever needs one while it is being fetched waits for the
 * same answer.
 */
public final class AccessTokens {
    private final TokenEndpoint endpoint;
    private final Clock clock;
    private @Nullable AccessToken token;

    public AccessTokens(TokenEndpoint endpoint, Clock clock) {
        this.endpoint = endpoint;
        this.clock = clock;
    }

    /**
     * A token that is good for the next request.
     *
     * @throws TokenRefusedException when the client is refused
     * @throws TokenUnavailableException when there is no usable answer
     */
    public synchronized Secret current() {
        AccessToken now = token;
        if (now == null || !clock.instant().isBefore(now.renewAt())) {
            now = endpoint.fetch();
            token = now;
        }
        return now.value();
    }

    /** Forgets a token that was refused; one fetched since stays. */
    public synchronized void drop(@Nullable Secret refused) {
        if (token != null && token.value() == refused) {
            token = null;
        }
    }
}
