// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.genesys.failure;

/** The request is refused as it is: 400, another 4xx, a redirect. Final. */
public final class InvalidRequestException extends GenesysException {
    private static final long serialVersionUID = 1L;

    public InvalidRequestException(int httpStatus, String message) {
        super("GENESYS_REQUEST_REFUSED", httpStatus, message, null);
    }
}
