// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.genesys.failure;

/** 400: the interval holds more results than may be paged through. A shorter interval must be queried. */
public final class TooManyResultsException extends GenesysException {
    private static final long serialVersionUID = 1L;

    public TooManyResultsException(int httpStatus, String message) {
        super("GENESYS_TOO_MANY_RESULTS", httpStatus, message, null);
    }
}
