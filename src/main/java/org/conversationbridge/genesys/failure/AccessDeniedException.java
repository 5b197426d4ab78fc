// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.genesys.failure;

/** 403, or a 401 that no token can fix: a permission, a scope or an address is not allowed. Final. */
public final class AccessDeniedException extends GenesysException {
    private static final long serialVersionUID = 1L;

    public AccessDeniedException(int httpStatus, String message) {
        super("GENESYS_ACCESS_DENIED", httpStatus, message, null);
    }
}
