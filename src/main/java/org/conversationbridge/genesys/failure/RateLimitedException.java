// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.genesys.failure;

import java.time.Duration;

/** 429: too many requests. To be repeated after {@link #retryAfter()}. */
public final class RateLimitedException extends GenesysException {
    private static final long serialVersionUID = 1L;

    private final Duration retryAfter;

    RateLimitedException(String message, Duration retryAfter) {
        super("GENESYS_RATE_LIMITED", 429, message, null);
        this.retryAfter = retryAfter;
    }

    /** How long Genesys Cloud requests to wait. */
    public Duration retryAfter() {
        return retryAfter;
    }
}
