// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.broker;

import org.conversationbridge.failure.BridgeException;
import org.jspecify.annotations.Nullable;

/** The broker cannot be started or reached. */
public final class BrokerException extends BridgeException {
    private static final long serialVersionUID = 1L;

    public BrokerException(String message, @Nullable Throwable cause) {
        super("BROKER_UNAVAILABLE", message, cause);
    }
}
