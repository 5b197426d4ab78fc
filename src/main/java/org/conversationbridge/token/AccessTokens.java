// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.token;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.conversationbridge.settings.Secret;
import org.jspecify.annotations.Nullable;

/**
 * The one token of the OAuth client, shared by all threads: a thread that needs one while it is being fetched waits
 * for the same answer.
 */
public final class AccessTokens {
    private final TokenEndpoint endpoint;
    private final Clock clock;
    private @Nullable AccessToken token;
    private Instant askAgainAt = Instant.EPOCH;

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
            now = fetch();
            token = now;
        }
        return now.value();
    }

    /** The endpoint is not called before the time that it named, or that is usual after a 429, for any caller. */
    private AccessToken fetch() {
        Duration left = Duration.between(clock.instant(), askAgainAt);
        if (left.compareTo(Duration.ZERO) > 0 && left.compareTo(endpoint.longestWait()) <= 0) {
            throw new TokenUnavailableException(
                    0, "The token endpoint asked to wait; next request in " + left.toSeconds() + " s.", left, null);
        }
        try {
            return endpoint.fetch();
        } catch (TokenUnavailableException e) {
            e.retryAfter().ifPresent(this::postpone);
            throw e;
        }
    }

    private void postpone(Duration asked) {
        Duration longest = endpoint.longestWait();
        askAgainAt = clock.instant().plus(asked.compareTo(longest) > 0 ? longest : asked);
    }

    /** Forgets a token that was refused; one fetched since stays. */
    public synchronized void drop(@Nullable Secret refused) {
        if (token != null && token.value() == refused) {
            token = null;
        }
    }
}
