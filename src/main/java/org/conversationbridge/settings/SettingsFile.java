// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.settings;

import java.io.IOException;
import java.io.StringReader;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.regex.Pattern;
import org.conversationbridge.failure.FailureText;
import org.conversationbridge.text.TextFile;

/** The entries of one {@code .properties} file (UTF-8), each with the line it stands on. */
final class SettingsFile {
    private static final Pattern BACKSLASH =
            Pattern.compile("(?<!\\\\)(?:\\\\\\\\)*\\\\(?!u[0-9A-Fa-f]{4})[A-Za-z0-9_.]");

    /** Notes a key that is there twice, however it is written: a\-b is a-b. */
    private static final class KeysOnce extends Properties {
        private static final long serialVersionUID = 1L;
        private transient Optional<String> twice = Optional.empty();

        @Override
        public synchronized Object put(Object key, Object value) {
            if (containsKey(key) && twice.isEmpty()) {
                twice = Optional.of(key.toString());
            }
            return super.put(key, value);
        }
    }

    private SettingsFile() {}

    /**
     * Reads the file.
     *
     * @throws SettingsException when it is not there, cannot be read or sets a key twice
     */
    static Map<String, Value> read(Path file) {
        try {
            return parse(TextFile.read(file), file.toString());
        } catch (NoSuchFileException e) {
            throw new SettingsException(file + ": no such file. Give the folder that holds it with --config DIR.");
        } catch (IOException e) {
            throw new SettingsException(
                    file + " cannot be read: " + FailureText.sentence(String.valueOf(e.getMessage())));
        }
    }

    /** Reads the text of a file; {@code name} is what messages call it. */
    static Map<String, Value> parse(String text, String name) {
        refuseBackslashes(text, name);
        KeysOnce properties = new KeysOnce();
        try {
            properties.load(new StringReader(text));
        } catch (IOException | IllegalArgumentException e) {
            throw new SettingsException(name + " is not a properties file: " + e.getMessage());
        }
        properties.twice.ifPresent(key -> {
            List<Integer> at = linesOf(key, text.lines().toList());
            throw new SettingsException(name + ": " + key + " is set twice"
                    + (at.size() > 1 ? ", on lines " + at.get(0) + " and " + at.get(1) : "") + "; keep one.");
        });
        List<String> lines = text.lines().toList();
        Map<String, Value> values = new LinkedHashMap<>();
        for (String key : properties.stringPropertyNames().stream().sorted().toList()) {
            List<Integer> at = linesOf(key, lines);
            String where = at.isEmpty() ? name : name + " line " + at.get(0);
            values.put(key, new Value(properties.getProperty(key).strip(), where));
        }
        return values;
    }

    /** In a properties file a backslash begins an escape: C:\temp would be read as C:, a tab, and emp. */
    private static void refuseBackslashes(String text, String name) {
        List<String> lines = text.lines().toList();
        for (int i = 0; i < lines.size(); i++) {
            String line = lines.get(i).strip();
            if (!line.startsWith("#")
                    && !line.startsWith("!")
                    && BACKSLASH.matcher(line).find()) {
                throw new SettingsException(name + " line " + (i + 1)
                        + ": a single backslash. Write paths with / (C:/folder/file), or each backslash twice.");
            }
        }
    }

    private static List<Integer> linesOf(String key, List<String> lines) {
        Pattern start = Pattern.compile("\\s*" + Pattern.quote(key) + "\\s*([=:\\s].*)?");
        return java.util.stream.IntStream.range(0, lines.size())
                .filter(i -> start.matcher(lines.get(i)).matches())
                .mapToObj(i -> i + 1)
                .toList();
    }
}
