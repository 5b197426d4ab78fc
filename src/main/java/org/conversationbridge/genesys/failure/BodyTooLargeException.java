// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.genesys.failure;

import java.io.IOException;

/** The body of an answer went beyond {@code genesys.max-answer-size}; the connection is closed. */
public final class BodyTooLargeException extends IOException {
    private static final long serialVersionUID = 1L;

    /** @param mostBytes the limit */
    public BodyTooLargeException(long mostBytes) {
        super("its body is larger than " + mostBytes + " bytes (genesys.max-answer-size)");
    }
}
