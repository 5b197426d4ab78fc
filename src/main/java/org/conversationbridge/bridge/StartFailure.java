// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.bridge;

import java.net.BindException;
import java.util.ArrayList;
import java.util.List;

/** Why Camel did not start, without its stack: the messages of the causes, each once, the shortest sufficient first. */
final class StartFailure {
    private StartFailure() {}

    static String explain(Throwable failure) {
        List<Throwable> causes = new ArrayList<>();
        for (Throwable cause = failure; cause != null && !causes.contains(cause); cause = cause.getCause()) {
            causes.add(cause);
            if (cause instanceof BindException) {
                return "The management port cannot be used (" + cause.getMessage()
                        + "). Set MANAGEMENT_PORT to another one.";
            }
        }
        Throwable outer = causes.stream()
                .filter(cause -> cause.getClass().getName().startsWith("org.apache.camel"))
                .findFirst()
                .orElse(failure);
        String message = outer.getMessage() == null ? outer.toString() : outer.getMessage();
        return "The routes or Camel settings cannot work. " + message.strip();
    }
}
