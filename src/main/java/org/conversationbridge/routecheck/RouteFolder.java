// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.routecheck;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.conversationbridge.settings.SettingsException;

/**
 * The folder of the routes: which of its files are read, and which only look as if they were. Backups and what editors
 * leave behind are neither.
 */
final class RouteFolder {
    private static final String ENDING = ".camel.yaml";
    /** Hidden files as well, such as the folders of a mounted ConfigMap ({@code ..data}). */
    private static final Pattern LEFTOVER = Pattern.compile("[.#~].*|.*[~#]");
    /** The last part of the name of a file, or the name of a folder, that is kept on purpose and not in use. */
    private static final Pattern BACKUP =
            Pattern.compile("(?i)(.*\\.)?(bak|backup|orig|old|save?|sw[a-p]|te?mp|rej|off|disabled"
                    + "|archive|unused|dist|rpm(new|save|orig)|(dpkg|ucf)-\\w+|[\\d_-]+)");
    /** A route in a file that Camel would not read. */
    private static final Pattern MISNAMED = Pattern.compile("(?i).*\\.(ya?ml(\\W.*)?|camel|xml|java|groovy)");
    /** Folders in folders that are looked into. */
    private static final int DEPTH = 4;

    private static final int MOST_FILES = 10_000;

    private final Path folder;

    RouteFolder(Path folder) {
        this.folder = folder;
    }

    /**
     * Its route files, sorted by name.
     *
     * @throws SettingsException when there are none, or one looks like a route and would not be read
     */
    List<Path> files() {
        List<Path> files = new ArrayList<>();
        try (DirectoryStream<Path> found = Files.newDirectoryStream(folder)) {
            for (Path file : found) {
                if (isRead(file)) {
                    files.add(file);
                }
            }
        } catch (IOException e) {
            throw new SettingsException(folder + ": no such folder, or no permission to read it. Give the folder of the"
                    + " routes with --routes DIR.");
        }
        if (files.isEmpty()) {
            throw new SettingsException(
                    folder + ": no *.camel.yaml file in it. Give the folder of the routes with --routes DIR.");
        }
        files.sort(null);
        return files;
    }

    private static boolean isRead(Path file) throws IOException {
        String name = name(file);
        if (LEFTOVER.matcher(name).matches() || BACKUP.matcher(name).matches()) {
            return false;
        }
        if (name.endsWith(ENDING)) {
            return true;
        }
        if (MISNAMED.matcher(name).matches()) {
            throw new SettingsException(file + ": route files are called *" + ENDING
                    + ", and this one would not be read. Rename it, or keep it in another folder.");
        }
        if (Files.isDirectory(file)) {
            refuseRoutesIn(file);
        }
        return false;
    }

    private static void refuseRoutesIn(Path subfolder) throws IOException {
        try (Stream<Path> below = Files.walk(subfolder, DEPTH)) {
            below.limit(MOST_FILES)
                    .filter(file -> name(file).endsWith(ENDING))
                    .findFirst()
                    .ifPresent(file -> {
                        throw new SettingsException(file
                                + ": routes are not read from folders in the folder of the routes." + " Move it to "
                                + subfolder.resolveSibling(name(file)) + ", or out of that folder.");
                    });
        }
    }

    private static String name(Path file) {
        return String.valueOf(file.getFileName());
    }
}
