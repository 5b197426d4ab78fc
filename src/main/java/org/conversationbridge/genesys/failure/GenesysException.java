// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.genesys.failure;

import org.conversationbridge.failure.BridgeException;
import org.jspecify.annotations.Nullable;

/** Genesys Cloud did not do what was requested. Each subclass means one way to continue. */
public abstract class GenesysException extends BridgeException {
    private static final long serialVersionUID = 1L;

    private final int httpStatus;

    protected GenesysException(String code, int httpStatus, String message, @Nullable Throwable cause) {
        super(code, message, cause);
        this.httpStatus = httpStatus;
    }

    @Override
    public final int httpStatus() {
        return httpStatus;
    }
}
