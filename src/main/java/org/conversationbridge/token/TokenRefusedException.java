// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.token;

import org.conversationbridge.failure.BridgeException;

/** The token endpoint refuses the OAuth client. Final: only an administrator can fix it. */
public final class TokenRefusedException extends BridgeException {
    private static final long serialVersionUID = 1L;

    private final int httpStatus;

    TokenRefusedException(int httpStatus, String message) {
        super("TOKEN_REFUSED", message, null);
        this.httpStatus = httpStatus;
    }

    @Override
    public int httpStatus() {
        return httpStatus;
    }
}
