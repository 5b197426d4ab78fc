// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.cli;

import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Properties;
import org.conversationbridge.settings.SettingsReader;
import org.conversationbridge.text.FileProblem;
import org.conversationbridge.text.TextFile;

/**
 * The file that configures logging, looked at before anything is logged: Log4j passes over what it cannot read, or ends
 * with a stack trace.
 */
final class LoggingFile {
    private static final List<String> LEVELS =
            List.of("off", "fatal", "error", "warn", "info", "debug", "trace", "all");
    private static final int FIRST_OF_MARK = 0xEF;

    private LoggingFile() {}

    /** What is wrong with it; several files, and those behind a URL, are Log4j's to read. */
    static List<String> problems(Optional<String> name) {
        return name.filter(given ->
                        isFile(given) || (!given.isBlank() && !given.contains(",") && !given.matches("[a-z]{2,}:.*")))
                .map(given -> problems(Path.of(given)))
                .orElse(List.of());
    }

    /**
     * Where Log4j finds the file whatever its path holds: of a path it takes a comma for the end of a file name, and
     * {@code ${x}} for a variable; of a URI it decodes a plus sign to a blank. Empty for what is not one file.
     */
    static Optional<String> location(String name) {
        return isFile(name)
                ? Optional.of(
                        Path.of(name).toUri().toString().replace(",", "%2C").replace("+", "%2B"))
                : Optional.empty();
    }

    private static boolean isFile(String name) {
        try {
            return Files.isRegularFile(Path.of(name));
        } catch (InvalidPathException e) {
            return false;
        }
    }

    private static List<String> problems(Path file) {
        try {
            String text = TextFile.read(file);
            if (beginsWithMark(file)) {
                return List.of(
                        file + ": begins with a byte order mark, which Log4j does not support. Save it as UTF-8 without"
                                + " one.");
            }
            if (file.toString().endsWith(".properties")) {
                return levels(file, text);
            }
            return LoggingSyntax.problem(file, text).map(List::of).orElse(List.of());
        } catch (IOException e) {
            return List.of(file + " cannot be read: " + FileProblem.of(e)
                    + ". It configures logging; restore it from the distribution.");
        }
    }

    private static boolean beginsWithMark(Path file) throws IOException {
        byte[] bytes = Files.readAllBytes(file);
        return bytes.length > 0 && (bytes[0] & 0xFF) == FIRST_OF_MARK;
    }

    private static List<String> levels(Path file, String text) throws IOException {
        Properties properties = new Properties();
        try {
            properties.load(new StringReader(text));
        } catch (IllegalArgumentException e) {
            return List.of(file + " is not a properties file: " + e.getMessage() + " A backslash is written twice.");
        }
        List<String> problems = new ArrayList<>();
        for (String key : properties.stringPropertyNames().stream().sorted().toList()) {
            String level = properties.getProperty(key).strip();
            boolean isLevel = key.matches("(?:rootLogger|logger\\.[\\w-]+)\\.level");
            if (isLevel && !level.contains("$") && !LEVELS.contains(level.toLowerCase(Locale.ROOT))) {
                problems.add(file + line(text, key) + ": " + key + ": there is no level '" + level + "'; did you mean "
                        + SettingsReader.nearest(level.toLowerCase(Locale.ROOT), LEVELS) + "?");
            }
        }
        return problems;
    }

    private static String line(String text, String key) {
        List<String> lines = text.lines().toList();
        for (int i = 0; i < lines.size(); i++) {
            if (lines.get(i).strip().startsWith(key)) {
                return " line " + (i + 1);
            }
        }
        return "";
    }
}
