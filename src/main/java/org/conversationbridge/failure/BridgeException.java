// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.failure;

import org.jspecify.annotations.Nullable;

/** A named failure. Its message is meant for an administrator and holds no secret and no customer data. */
public abstract class BridgeException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final String code;

    protected BridgeException(String code, String message, @Nullable Throwable cause) {
        super(message, cause);
        this.code = code;
    }

    /** Stable name of the case, for example {@code GENESYS_RATE_LIMITED}. */
    public final String code() {
        return code;
    }

    /** HTTP status of the answer that caused it; 0 if there was none. */
    public int httpStatus() {
        return 0;
    }
}
