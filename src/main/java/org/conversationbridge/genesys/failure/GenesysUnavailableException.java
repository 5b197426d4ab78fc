// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.genesys.failure;

import org.jspecify.annotations.Nullable;

/** No usable answer: time-out, broken connection, 408, 5xx, unreadable body. To be repeated after a pause. */
public final class GenesysUnavailableException extends GenesysException {
    private static final long serialVersionUID = 1L;

    public GenesysUnavailableException(int httpStatus, String message, @Nullable Throwable cause) {
        super("GENESYS_UNAVAILABLE", httpStatus, message, cause);
    }
}
