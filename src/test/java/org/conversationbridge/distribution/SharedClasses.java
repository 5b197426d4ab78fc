// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.distribution;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The class archive of the distribution for the processes that tests start. The first process of a build that needs it
 * has it prepared; those that start before it is there, or where it cannot be made, run without.
 */
final class SharedClasses {
    private static final @Nullable String HOME = System.getProperty("distribution");
    private static final Optional<Path> FOLDER = Optional.ofNullable(HOME).map(home -> prepared(Path.of(home)));

    private SharedClasses() {}

    /** For CLASS_CACHE: a folder with an archive, or none, so that no test makes another one. */
    static String cache() {
        return FOLDER.filter(SharedClasses::hasArchive).map(Path::toString).orElse("none");
    }

    private static boolean hasArchive(Path folder) {
        try (Stream<Path> files = Files.list(folder)) {
            return files.anyMatch(file -> file.toString().endsWith(".jsa"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Path prepared(Path home) {
        try {
            // An archive belongs to these files of jars: the next build has one of its own.
            Path folder = home.toAbsolutePath()
                    .resolveSibling("shared-classes")
                    .resolve(Long.toString(builtAt(home.resolve("lib"))));
            Files.createDirectories(folder.getParent());
            if (isFirst(folder)) {
                prepare(home, folder);
            }
            return folder;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Of the processes that run tests one makes it. */
    private static boolean isFirst(Path folder) throws IOException {
        try {
            Files.createDirectory(folder);
            return true;
        } catch (FileAlreadyExistsException e) {
            return false;
        }
    }

    private static long builtAt(Path lib) throws IOException {
        try (Stream<Path> jars = Files.list(lib)) {
            return jars.mapToLong(jar -> jar.toFile().lastModified()).max().orElse(0);
        }
    }

    /** The process ends by itself. */
    private static void prepare(Path home, Path folder) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(
                        home.toAbsolutePath().resolve("bin/conversation-bridge").toString(), "prepare")
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(Redirect.to(folder.resolve("output").toFile()));
        Program.removeSettings(builder.environment());
        builder.environment().put("CLASS_CACHE", folder.toString());
        builder.start();
    }
}
