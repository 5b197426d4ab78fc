// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.bridge;

import java.io.IOException;
import java.net.BindException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Why Camel did not start, without its stack: the messages of the causes, each once, the shortest sufficient first. */
final class StartFailure {
    private static final Pattern SOURCE = Pattern.compile("\\(source: file:([^)]+)\\)");
    private static final Pattern UNKNOWN_PARAMETER = Pattern.compile("Unknown parameters=\\[\\{([^=}]+)=");

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
        return "The routes or Camel settings cannot work. " + place(message) + message.strip();
    }

    /** Camel names the file of a wrong endpoint parameter, but not the line. */
    private static String place(String message) {
        Matcher source = SOURCE.matcher(message);
        Matcher parameter = UNKNOWN_PARAMETER.matcher(message);
        if (!source.find() || !parameter.find()) {
            return "";
        }
        Path file = Path.of(source.group(1));
        try {
            List<String> lines = Files.readAllLines(file);
            for (int i = 0; i < lines.size(); i++) {
                if (lines.get(i).strip().startsWith(parameter.group(1) + ":")) {
                    return file + " line " + (i + 1) + ": ";
                }
            }
        } catch (IOException e) {
            return file + ": ";
        }
        return file + ": ";
    }
}
