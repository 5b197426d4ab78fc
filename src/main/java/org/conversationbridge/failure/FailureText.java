// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.failure;

import java.util.List;
import java.util.regex.Pattern;

/**
 * A failure in words that any log and any queue may show. The message of an exception that is not the bridge's may
 * hold what it stumbled over, which may be customer data: its type and place are given instead. The words of the
 * broker's client and of the network are kept: they say what is to be fixed.
 */
public final class FailureText {
    private static final List<String> TRUSTED =
            List.of("jakarta.jms.", "org.apache.activemq.", "java.net.", "javax.net.ssl.");

    private static final Pattern END = Pattern.compile("[.!?]$");

    private FailureText() {}

    /** The failure, or what caused it, in one line. */
    public static String of(Throwable failure) {
        Throwable root = failure;
        while (root.getCause() != null && !(root instanceof BridgeException)) {
            root = root.getCause();
        }
        if (root instanceof BridgeException) {
            return String.valueOf(root.getMessage());
        }
        if (isTrusted(root)) {
            return root.toString();
        }
        StackTraceElement[] stack = root.getStackTrace();
        return root.getClass().getName() + (stack.length == 0 ? "" : " at " + stack[0])
                + "; the debug log has the stack trace.";
    }

    /** The same with a full stop at its end, so that another sentence can follow. */
    public static String sentence(Throwable failure) {
        return sentence(of(failure));
    }

    /** A text with a full stop at its end, if it has none yet. */
    public static String sentence(String text) {
        String stripped = text.strip();
        return stripped.isEmpty() || END.matcher(stripped).find() ? stripped : stripped + ".";
    }

    /** Whether its message may be shown. */
    static boolean isTrusted(Throwable failure) {
        return failure instanceof BridgeException
                || TRUSTED.stream().anyMatch(failure.getClass().getName()::startsWith);
    }
}
