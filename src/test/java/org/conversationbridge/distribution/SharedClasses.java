// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.distribution;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * An archive of the classes of the distribution, parsed and verified, for the processes that tests start: with it a
 * start takes a third less of the processor. The first process of a build that needs it has it made beside; those that
 * start before it is there, or where it cannot be made, do without.
 */
final class SharedClasses {
    private static final @Nullable String HOME = System.getProperty("distribution");
    private static final Optional<Path> ARCHIVE = Optional.ofNullable(HOME).map(home -> archiveOf(Path.of(home)));

    private SharedClasses() {}

    /** For JAVA_OPTS, after a blank; empty while there is no archive. */
    static String option() {
        return ARCHIVE.filter(Files::exists)
                .map(archive -> " -XX:SharedArchiveFile=" + archive)
                .orElse("");
    }

    private static Path archiveOf(Path home) {
        try {
            // An archive belongs to these files of jars: the next build has one of its own.
            Path folder = home.toAbsolutePath()
                    .resolveSibling("shared-classes")
                    .resolve(Long.toString(builtAt(home.resolve("lib"))));
            Path archive = folder.resolve("classes.jsa");
            Files.createDirectories(folder.getParent());
            if (isFirst(folder)) {
                make(home, folder, archive);
            }
            return archive;
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

    /** Of what the sandbox and one poll load; the process ends by itself. */
    private static void make(Path home, Path folder, Path archive) throws IOException {
        Path made = folder.resolve("made");
        ProcessBuilder builder = new ProcessBuilder(
                        home.toAbsolutePath().resolve("bin/conversation-bridge").toString(),
                        "run",
                        "--sandbox",
                        "--for",
                        "1s")
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(Redirect.to(folder.resolve("output").toFile()));
        Program.removeSettings(builder.environment());
        builder.environment()
                .putAll(Map.of(
                        "BROKER_PORT",
                        "0",
                        "MANAGEMENT_PORT",
                        "0",
                        "DATA_DIR",
                        folder.resolve("data").toString(),
                        "JAVA_OPTS",
                        Program.SOON_STARTED + " -XX:ArchiveClassesAtExit=" + made));
        builder.start().onExit().thenRun(() -> made.toFile().renameTo(archive.toFile()));
    }
}
