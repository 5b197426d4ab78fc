// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.settings;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.apache.commons.text.similarity.LevenshteinDistance;

/**
 * The folder of the configuration: which of its files only look as if their settings were read. What editors and
 * package managers leave behind is none, and neither is a name that is kept on purpose, such as
 * application.properties.off, or what documents or signs a file.
 */
final class ConfigFolder {
    /** Files of settings in the folder that are read. */
    private static final List<String> READ = List.of(SettingsReader.FILE, "log4j2.properties");

    private static final Pattern LEFTOVER = Pattern.compile("\\.(?!env$).*|[#~].*|.*[~#]");
    private static final Pattern BACKUP = Pattern.compile(
            "(?i).*\\.(bak|backup|orig|old|save?|sw[a-p]|te?mp|rej|off|disabled|unused|dist|example|sample"
                    + "|md|adoc|rst|html?|pdf|asc|sig|md5|sha\\d+"
                    + "|rpm(new|save|orig)|(dpkg|ucf)-\\w+|[\\d_-]+)");
    /** What other programs call the file of their settings; a second properties file is none of Log4j's. */
    private static final Pattern SETTINGS = Pattern.compile(
            "(?i)\\.env|(application|bootstrap)\\b.*|(?!log4j).*\\.properties(\\W.*)?"
                    + "|(config|settings|conversation-?bridge)\\.(ya?ml|json|toml|conf|cfg|ini|env|txt)|log4j2?\\.properties");

    /** By these names Log4j finds a file by itself in other programs. */
    private static final Pattern LOGGING = Pattern.compile("(?i)log4j2(-test)?\\.(xml|ya?ml|jso?n)|logback\\.xml");

    private static final String LOGGING_FILE = "log4j2.configurationFile";
    private static final int FEW_LETTERS = 3;

    private ConfigFolder() {}

    /** A sentence for each file that looks like settings and is not read; a folder that cannot be listed has none. */
    static List<String> notRead(Path folder) {
        List<String> problems = new ArrayList<>();
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder)) {
            for (Path file : files) {
                if (looksLikeSettings(String.valueOf(file.getFileName())) && !isRead(file, folder)) {
                    problems.add(notRead(file, folder));
                }
            }
        } catch (IOException e) {
            return List.of();
        }
        problems.sort(null);
        return problems;
    }

    private static String notRead(Path file, Path folder) {
        String name = String.valueOf(file.getFileName());
        String off = ", or rename it to " + name + ".off.";
        if (LOGGING.matcher(name).matches()) {
            return file + ": configures logging and is not read; "
                    + logging().orElseGet(() -> folder.resolve(READ.get(1))) + " is. Start with JAVA_OPTS=-D"
                    + LOGGING_FILE + "=" + file + off;
        }
        return file + ": looks like settings and is not read; "
                + folder.resolve(READ.get(name.startsWith("log") ? 1 : 0))
                + " is, as key=value. Move its settings there" + off;
    }

    /** The file that configures logging, where it is one. */
    private static Optional<Path> logging() {
        String name = System.getProperty(LOGGING_FILE, "");
        return name.isBlank() || name.contains(",") || name.contains(":/")
                ? Optional.empty()
                : Optional.of(Path.of(name));
    }

    private static boolean looksLikeSettings(String name) {
        if (LEFTOVER.matcher(name).matches() || BACKUP.matcher(name).matches()) {
            return false;
        }
        return SETTINGS.matcher(name).matches()
                || LOGGING.matcher(name).matches()
                || READ.stream()
                        .anyMatch(
                                read -> LevenshteinDistance.getDefaultInstance().apply(name, read) <= FEW_LETTERS);
    }

    /** By its name, or as the target of a link of that name. */
    private static boolean isRead(Path file, Path folder) throws IOException {
        Optional<Path> logging = logging();
        if (logging.isPresent() && Files.exists(logging.get()) && Files.isSameFile(logging.get(), file)) {
            return true;
        }
        for (String name : READ) {
            Path read = folder.resolve(name);
            if (Files.exists(read) && Files.isSameFile(read, file)) {
                return true;
            }
        }
        return READ.contains(String.valueOf(file.getFileName())) || Files.isDirectory(file);
    }
}
