// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.failure;

import org.jspecify.annotations.Nullable;

/**
 * A failure as a log may show it, with stack and causes: the type instead of a message that may hold what the failure
 * stumbled over, as in {@link FailureText}.
 */
public final class WordlessException extends Exception {
    private static final long serialVersionUID = 1L;
    private static final int MOST_CAUSES = 10;

    public WordlessException(Throwable failure) {
        this(failure, MOST_CAUSES);
    }

    private WordlessException(Throwable failure, int causes) {
        super(
                FailureText.isTrusted(failure)
                        ? failure.toString()
                        : failure.getClass().getName(),
                causeOf(failure, causes),
                false,
                true);
        setStackTrace(failure.getStackTrace());
    }

    private static @Nullable Throwable causeOf(Throwable failure, int causes) {
        Throwable cause = failure.getCause();
        return cause == null || causes == 0 ? null : new WordlessException(cause, causes - 1);
    }
}
