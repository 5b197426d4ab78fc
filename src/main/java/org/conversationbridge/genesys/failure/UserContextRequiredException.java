// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.genesys.failure;

/** 400: the resource is the logged-in user's, and the token has no user. Another resource must be requested. */
public final class UserContextRequiredException extends GenesysException {
    private static final long serialVersionUID = 1L;

    public UserContextRequiredException(int httpStatus, String message) {
        super("GENESYS_USER_CONTEXT_REQUIRED", httpStatus, message, null);
    }
}
