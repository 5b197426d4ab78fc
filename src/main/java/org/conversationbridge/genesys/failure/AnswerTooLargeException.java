// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.genesys.failure;

/** The answer would be too large. A smaller page must be requested. */
public final class AnswerTooLargeException extends GenesysException {
    private static final long serialVersionUID = 1L;

    public AnswerTooLargeException(int httpStatus, String message) {
        super("GENESYS_ANSWER_TOO_LARGE", httpStatus, message, null);
    }
}
