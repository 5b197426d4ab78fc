// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.token;

import org.conversationbridge.failure.BridgeException;
import org.jspecify.annotations.Nullable;

/** The token endpoint gave no usable answer. To be asked again after a pause. */
public final class TokenUnavailableException extends BridgeException {
    private static final long serialVersionUID = 1L;

    private final int httpStatus;

    TokenUnavailableException(int httpStatus, String message, @Nullable Throwable cause) {
        super("TOKEN_UNAVAILABLE", message, cause);
        this.httpStatus = httpStatus;
    }

    @Override
    public int httpStatus() {
        return httpStatus;
    }
}
