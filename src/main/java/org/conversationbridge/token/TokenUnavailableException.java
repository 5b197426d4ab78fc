// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.token;

import java.time.Duration;
import java.util.Optional;
import org.conversationbridge.failure.BridgeException;
import org.jspecify.annotations.Nullable;

/** The token endpoint gave no usable answer. To be repeated after a pause. */
public final class TokenUnavailableException extends BridgeException {
    private static final long serialVersionUID = 1L;

    private final int httpStatus;
    private final @Nullable Duration retryAfter;

    TokenUnavailableException(int httpStatus, String message, @Nullable Throwable cause) {
        this(httpStatus, message, null, cause);
    }

    TokenUnavailableException(
            int httpStatus, String message, @Nullable Duration retryAfter, @Nullable Throwable cause) {
        super("TOKEN_UNAVAILABLE", message, cause);
        this.httpStatus = httpStatus;
        this.retryAfter = retryAfter;
    }

    /** How long the endpoint requests to wait; empty if it does not say. */
    public Optional<Duration> retryAfter() {
        return Optional.ofNullable(retryAfter);
    }

    @Override
    public int httpStatus() {
        return httpStatus;
    }
}
