// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.notification;

import org.conversationbridge.failure.BridgeException;

/** The socket of a channel could not be opened. */
public final class ChannelFailureException extends BridgeException {
    private static final long serialVersionUID = 1L;

    /** @param problem in words, without the address: who knows it can read what the channel reports */
    ChannelFailureException(String problem, Throwable cause) {
        super("NOTIFICATIONS_UNAVAILABLE", problem, cause);
    }
}
