// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** With programs in the place of Java that do what it may do. */
@Timeout(60)
class ClassArchiveTest {
    /** The option that names what to write is among the arguments. */
    private static final String WRITES =
            "for a; do case $a in -XX:SharedArchiveFile=*) echo archive > \"${a#*=}\";; esac; done\n";

    @TempDir
    private Path folder;

    @Test
    void what_java_has_written_is_the_archive_and_nothing_else_is_left() throws Exception {
        assertThat(archive("1", WRITES).make()).isTrue();

        assertThat(names()).containsExactly("classes-1.jsa");
    }

    /** A disk that is full, or a Java that cannot. */
    @Test
    void what_fails_half_way_leaves_a_note_that_it_failed() throws Exception {
        assertThat(archive("1", WRITES + "exit 1\n").make()).isFalse();
        assertThat(archive("1", WRITES + "exit 1\n").make()).isFalse();

        assertThat(names()).containsExactly("classes-1.jsa.failed");
    }

    @Test
    void a_java_that_writes_nothing_or_is_not_there_is_no_failure_of_the_program() throws Exception {
        assertThat(archive("1", "exit 0\n").make()).isFalse();
        ClassArchive none = archive("1", "");
        Files.delete(none.java());
        assertThat(none.make()).isFalse();
        assertThat(new ClassArchive(folder.resolve("no/classes-1.jsa"), folder.resolve("no/list"), none.java()).make())
                .isFalse();
    }

    @Test
    void processes_that_make_it_at_once_leave_one_whole_archive() throws Exception {
        ExecutorService processes = Executors.newFixedThreadPool(4);
        try {
            List<Future<Boolean>> made = Stream.of("1", "2", "3", "4")
                    .map(id -> processes.submit(() -> archive(id, WRITES).make()))
                    .toList();
            for (Future<Boolean> each : made) {
                assertThat(each.get(30, TimeUnit.SECONDS)).isTrue();
            }
        } finally {
            processes.shutdownNow();
        }
        assertThat(names()).containsExactly("classes-1.jsa");
        assertThat(folder.resolve("cache/classes-1.jsa")).hasContent("archive");
    }

    @Test
    void one_that_takes_its_place_does_not_touch_what_another_process_has_mapped() throws Exception {
        assertThat(archive("1", WRITES).make()).isTrue();
        Object before = Files.getAttribute(folder.resolve("cache/classes-1.jsa"), "unix:ino");

        assertThat(archive("2", WRITES).make()).isTrue();

        assertThat(Files.getAttribute(folder.resolve("cache/classes-1.jsa"), "unix:ino"))
                .isNotEqualTo(before);
    }

    @Test
    void the_end_of_the_process_ends_the_making() throws Exception {
        ClassArchive archive = archive("1", "echo $$ > " + folder.resolve("pid") + "\n" + WRITES + "exec sleep 60\n");
        long pid;
        try (ArchiveLater later = new ArchiveLater(Optional.of(archive), () -> true, Duration.ZERO)) {
            later.start();
            await().until(() -> names().contains("classes-1.lst.new"));
            pid = Long.parseLong(Files.readString(folder.resolve("pid")).strip());
        }

        assertThat(ProcessHandle.of(pid).filter(ProcessHandle::isAlive)).isEmpty();
        assertThat(names()).isEmpty();
    }

    @Test
    void nothing_is_made_before_the_first_poll_and_nothing_where_none_is_missing() throws Exception {
        ClassArchive archive = archive("1", WRITES);
        try (ArchiveLater none = new ArchiveLater(Optional.empty(), () -> true, Duration.ZERO);
                ArchiveLater later = new ArchiveLater(Optional.of(archive), () -> false, Duration.ZERO)) {
            none.start();
            later.start();
            assertThat(names()).containsExactly("classes-1.lst");
        }
    }

    @Test
    void what_others_have_left_goes_and_the_newest_archives_stay() throws Exception {
        Path cache = Files.createDirectories(folder.resolve("cache"));
        for (int age = 1; age <= 4; age++) {
            aged(cache.resolve("classes-old" + age + ".jsa"), age);
        }
        aged(cache.resolve("classes-77.lst.new"), 2);
        aged(cache.resolve("classes-78.lst"), 2);
        aged(cache.resolve("classes-79.lst"), 0);
        aged(cache.resolve("notes.txt"), 100);

        assertThat(archive("1", WRITES).make()).isTrue();

        assertThat(names())
                .containsExactly(
                        "classes-1.jsa", "classes-79.lst", "classes-old1.jsa", "classes-old2.jsa", "notes.txt");
    }

    private static void aged(Path file, int hours) throws IOException {
        Files.writeString(file, "");
        Files.setLastModifiedTime(file, FileTime.from(Instant.now().minusSeconds(hours * 3_600L + 60)));
    }

    private ClassArchive archive(String id, String script) throws IOException {
        Path cache = Files.createDirectories(folder.resolve("cache"));
        Path java = Files.writeString(folder.resolve("java" + id), "#!/bin/sh\n" + script);
        Files.setPosixFilePermissions(java, PosixFilePermissions.fromString("rwxr-xr-x"));
        Path list = Files.writeString(cache.resolve("classes-" + id + ".lst"), "java/lang/Object id: 0\n");
        return new ClassArchive(cache.resolve("classes-1.jsa"), list, java);
    }

    private List<String> names() {
        try (Stream<Path> files = Files.list(folder.resolve("cache"))) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
