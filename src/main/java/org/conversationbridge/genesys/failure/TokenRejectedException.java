// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.genesys.failure;

/** 401: the token is not, or no longer, good. A new one is fetched once. */
public final class TokenRejectedException extends GenesysException {
    private static final long serialVersionUID = 1L;

    TokenRejectedException(int httpStatus, String message) {
        super("GENESYS_TOKEN_REJECTED", httpStatus, message, null);
    }
}
