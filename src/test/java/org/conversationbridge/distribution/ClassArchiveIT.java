// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.distribution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The class archive of an installation of its own, made and used by the Java that runs the tests. */
class ClassArchiveIT {
    private static final String USES = "source: shared objects file";
    /** A class that no archive of Java itself has. */
    private static final String OWN = "org.conversationbridge.cli.ConversationBridge ";

    /** On a machine that has much else to do. */
    private static final Duration MAKING = Duration.ofMinutes(5);

    @TempDir
    private Path folder;

    private Path home;

    @BeforeEach
    void install() throws IOException {
        home = install(folder.resolve("home"));
    }

    @Test
    void one_that_is_damaged_makes_no_difference() throws Exception {
        Files.writeString(archive(), "not an archive");

        try (Program damaged = start("--version")) {
            assertThat(damaged.exitCode()).as(damaged.output()).isZero();
            assertThat(damaged.lines()).hasSizeLessThanOrEqualTo(2);
            assertThat(damaged.output()).startsWith("conversation-bridge ");
        }
    }

    @Test
    @Tag("soak")
    void the_first_run_makes_it_and_the_next_start_uses_it() throws Exception {
        try (Program first = start("run", "--sandbox")) {
            first.line("poll found");
            Path archive = archive();
            await().atMost(MAKING).until(() -> Files.exists(archive));
            first.line("class archive " + archive + " is made");
            assertThat(first.interrupt()).isLessThan(Duration.ofSeconds(5));
            assertThat(first.output()).contains("messages delivered;").doesNotContain("ERROR");
        }
        assertThat(names(home.resolve("cache")))
                .containsExactly(archive().getFileName().toString());
        assertThat(classSources("--version")).contains(USES);

        try (Program second = start("run", "--sandbox", "--for", "5s")) {
            assertThat(second.exitCode()).as(second.output()).isZero();
        }
    }

    @Test
    @Tag("soak")
    void an_added_jar_and_another_folder_start_without_it_silently() throws Exception {
        try (Program prepare = start("prepare")) {
            assertThat(prepare.exitCode()).as(prepare.output()).isZero();
            assertThat(prepare.output()).contains("archive     " + archive());
        }
        assertThat(classSources("--version")).contains(USES);

        Path jar = Distribution.file("lib/" + Distribution.libraries().get(0));
        Path added = Files.copy(jar, home.resolve("lib/added.jar"));
        assertThat(classSources("--version")).doesNotContain(USES);
        Files.delete(added);

        home = Files.move(home, folder.resolve("elsewhere"));
        assertThat(classSources("--version")).doesNotContain(USES);
    }

    @Test
    @Tag("soak")
    void two_that_prepare_it_at_once_leave_one_that_is_used() throws Exception {
        try (Program one = start("prepare");
                Program two = start("prepare")) {
            assertThat(one.exitCode()).as(one.output()).isZero();
            assertThat(two.exitCode()).as(two.output()).isZero();
        }
        assertThat(names(home.resolve("cache")))
                .containsExactly(archive().getFileName().toString());
        assertThat(classSources("--version")).contains(USES);
    }

    @Test
    @Tag("soak")
    void a_stop_while_it_is_made_leaves_nothing_behind() throws Exception {
        try (Program first = start("run", "--sandbox")) {
            await().atMost(Duration.ofSeconds(90))
                    .until(() -> names(home.resolve("cache")).stream().anyMatch(name -> name.endsWith(".new")));
            long maker = ProcessHandle.of(first.pid())
                    .orElseThrow()
                    .children()
                    .findFirst()
                    .orElseThrow()
                    .pid();
            new ProcessBuilder("kill", "-TERM", Long.toString(first.pid()))
                    .start()
                    .waitFor();
            assertThat(first.exitCode()).isEqualTo(143);

            await().atMost(Duration.ofSeconds(30))
                    .until(() -> ProcessHandle.of(maker)
                            .filter(ProcessHandle::isAlive)
                            .isEmpty());
        }
        assertThat(names(home.resolve("cache"))).noneMatch(name -> name.endsWith(".jsa") || name.endsWith(".new"));
    }

    /** Where the start script looks for it. */
    private Path archive() throws Exception {
        try (Program help = start(Map.of("JAVA_OPTS", "-XshowSettings:properties"), "run", "--help")) {
            assertThat(help.exitCode()).as(help.output()).isZero();
            return Path.of(help.line("conversation-bridge.class-archive = ").replaceAll(".* = ", ""));
        }
    }

    /** How Java found the main class of the program. */
    private String classSources(String command) throws Exception {
        Path file = folder.resolve("classes");
        try (Program program = start(Map.of("JAVA_OPTS", "-Xlog:class+load:file=" + file), command)) {
            assertThat(program.exitCode()).as(program.output()).isZero();
            assertThat(program.lines()).hasSizeLessThanOrEqualTo(2);
        }
        try (Stream<String> lines = Files.lines(file)) {
            return lines.filter(line -> line.contains(OWN)).findFirst().orElseThrow();
        }
    }

    private Program start(String... arguments) throws IOException {
        return start(Map.of(), arguments);
    }

    private Program start(Map<String, String> environment, String... arguments) throws IOException {
        Map<String, String> all = new HashMap<>(Map.of(
                "CLASS_CACHE",
                "",
                "BROKER_PORT",
                "0",
                "MANAGEMENT_PORT",
                "0",
                "DATA_DIR",
                folder.resolve("data").toString()));
        all.putAll(environment);
        String[] command = Stream.concat(
                        Stream.of(home.resolve("bin/conversation-bridge").toString()), Stream.of(arguments))
                .toArray(String[]::new);
        return Program.start(folder, all, command);
    }

    private static List<String> names(Path cache) throws IOException {
        try (Stream<Path> files = Files.list(cache)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        } catch (NoSuchFileException e) {
            return List.of();
        }
    }

    /** A copy of the distribution. */
    private static Path install(Path made) throws IOException {
        for (String name : List.of("bin", "lib", "routes", "config")) {
            Path target = Files.createDirectories(made.resolve(name));
            try (Stream<Path> files = Files.list(Distribution.file(name))) {
                for (Path file : files.filter(Files::isRegularFile).toList()) {
                    Files.copy(file, target.resolve(file.getFileName()), StandardCopyOption.COPY_ATTRIBUTES);
                }
            }
        }
        return made;
    }
}
