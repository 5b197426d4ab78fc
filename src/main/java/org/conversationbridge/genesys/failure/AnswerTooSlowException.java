// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.genesys.failure;

import java.io.IOException;
import java.time.Duration;

/** An answer was not complete within {@code genesys.answer-timeout}; the connection is closed. */
public final class AnswerTooSlowException extends IOException {
    private static final long serialVersionUID = 1L;

    /** @param longest the limit */
    public AnswerTooSlowException(Duration longest) {
        super("the answer was not complete after " + longest.toMillis() + " ms (genesys.answer-timeout)");
    }
}
