// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.cli;

import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The classes of this program as one Java has parsed and verified them (class data sharing): a start with it takes about
 * half of the processor time. The start script names the file, after the Java and the jars that it belongs to. Where it
 * is missing, Java lists the classes that this process loads, and another Java makes the archive of that list: it runs
 * nothing of this program, and its failure, such as a full disk, is none of this process.
 *
 * @param file the archive
 * @param list the classes to put into it, written by Java while this process runs
 * @param java the program that makes it
 */
record ClassArchive(Path file, Path list, Path java) {
    /** System property of the start script: the archive, there or not; empty where no folder can be written. */
    static final String FILE = "conversation-bridge.class-archive";

    private static final Logger LOG = LoggerFactory.getLogger(ClassArchive.class);
    private static final String LIST = "conversation-bridge.class-list";
    private static final Duration LONGEST = Duration.ofMinutes(5);
    /** What a process that was killed has left is that old at least. */
    private static final Duration ABANDONED = Duration.ofHours(1);
    /** Archives of other versions of Java or of this program that stay beside it. */
    private static final int OTHERS_KEPT = 2;
    /** Since when Java can also link the classes in the archive (JEP 483). */
    private static final int LINKS_CLASSES = 24;

    /** The one that is to be made; empty where it is there already, or has no place. */
    static Optional<ClassArchive> missing() {
        return Optional.ofNullable(System.getProperty(LIST))
                .map(list -> new ClassArchive(
                        Path.of(System.getProperty(FILE, "")),
                        Path.of(list),
                        Path.of(System.getProperty("java.home", ""), "bin", "java")));
    }

    /** Makes it at once, see {@link #make(List)}. */
    boolean make() throws InterruptedException {
        return make(List.of());
    }

    /** Makes it with a low priority, see {@link #make(List)}. */
    boolean makeBeside() throws InterruptedException {
        return make(List.of("nice", "-n", "10"));
    }

    /**
     * Makes it. Several processes may do so at once: each writes a file of its own, and the last one stays.
     *
     * @param launcher what starts Java; empty for nothing
     * @return whether it is there
     * @throws InterruptedException when the process is to end; nothing is left behind
     */
    private boolean make(List<String> launcher) throws InterruptedException {
        Path made = file.resolveSibling(list.getFileName() + ".new");
        try {
            boolean isMade = isWritten(made, launcher);
            if (isMade) {
                Files.move(made, file, StandardCopyOption.ATOMIC_MOVE);
                LOG.info("class archive {} is made: the next start is faster", file);
            } else {
                LOG.debug("{} makes no class archive", java);
                Files.deleteIfExists(failed());
                Files.createFile(failed());
            }
            return isMade;
        } catch (IOException e) {
            LOG.debug("no class archive {}", file, e);
            return false;
        } finally {
            delete(made);
            delete(list);
            deleteOthers();
        }
    }

    /** The process ends: the list is of no use any more. */
    void discard() {
        delete(list);
    }

    /** With it the start script does not try again for a day. */
    private Path failed() {
        return file.resolveSibling(file.getFileName() + ".failed");
    }

    private boolean isWritten(Path made, List<String> launcher) throws IOException, InterruptedException {
        ProcessBuilder builder = new ProcessBuilder(command(made, launcher))
                .redirectErrorStream(true)
                .redirectOutput(Redirect.DISCARD);
        // An agent would be loaded there as well.
        builder.environment().keySet().removeAll(List.of("JAVA_TOOL_OPTIONS", "JDK_JAVA_OPTIONS", "_JAVA_OPTIONS"));
        Process process = builder.start();
        try {
            return process.waitFor(LONGEST.toSeconds(), TimeUnit.SECONDS)
                    && process.exitValue() == 0
                    && Files.size(made) > 0;
        } finally {
            process.destroyForcibly().waitFor();
        }
    }

    /**
     * G1 alone writes objects into an archive; the other collectors read them. The options for modules must be those of
     * the start.
     */
    private List<String> command(Path made, List<String> launcher) {
        List<String> command = new ArrayList<>(launcher);
        command.addAll(List.of(
                java.toString(),
                "-Xshare:dump",
                "-XX:+UseG1GC",
                "-Xmx256m",
                "-XX:SharedClassListFile=" + list,
                "-XX:SharedArchiveFile=" + made));
        if (Runtime.version().feature() >= LINKS_CLASSES) {
            command.add("-XX:+AOTClassLinking");
        }
        ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
                .filter(option -> option.startsWith("--"))
                .forEach(command::add);
        command.addAll(List.of("-cp", System.getProperty("java.class.path", "")));
        return command;
    }

    private Path folder() {
        return Optional.ofNullable(file.getParent()).orElse(Path.of("."));
    }

    private void deleteOthers() {
        Instant abandoned = Instant.now().minus(ABANDONED);
        try (Stream<Path> files = Files.list(folder())) {
            List<Path> own = files.filter(
                            each -> String.valueOf(each.getFileName()).startsWith("classes-"))
                    .toList();
            own.stream()
                    .filter(each -> !each.toString().endsWith(".jsa"))
                    .filter(each -> lastModified(each).isBefore(abandoned))
                    .forEach(ClassArchive::delete);
            own.stream()
                    .filter(each -> each.toString().endsWith(".jsa") && !each.equals(file))
                    .sorted(Comparator.comparing(ClassArchive::lastModified).reversed())
                    .skip(OTHERS_KEPT)
                    .forEach(ClassArchive::delete);
        } catch (IOException e) {
            LOG.debug("class archives in {} are not cleaned up", folder(), e);
        }
    }

    private static Instant lastModified(Path file) {
        try {
            return Files.getLastModifiedTime(file).toInstant();
        } catch (IOException e) {
            LOG.debug("{} is gone", file, e);
            return FileTime.fromMillis(Long.MAX_VALUE).toInstant();
        }
    }

    private static void delete(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            LOG.debug("{} stays", file, e);
        }
    }
}
