// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.genesys.failure;

/** 400: the interval of a query is longer than the server takes. A shorter interval must be queried. */
public final class IntervalTooLongException extends GenesysException {
    private static final long serialVersionUID = 1L;

    public IntervalTooLongException(int httpStatus, String message) {
        super("GENESYS_INTERVAL_TOO_LONG", httpStatus, message, null);
    }
}
