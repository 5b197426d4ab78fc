// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.distribution;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the start script passes to Java: to one that writes down its arguments, a line each. */
class StartScriptTest {
    private static final Path SCRIPT = Path.of("src/main/bin/conversation-bridge");
    private static final String ARCHIVE = "-XX:SharedArchiveFile=";
    private static final String LIST = "-XX:DumpLoadedClassList=";

    @TempDir
    private Path folder;

    private Path home;
    private Path java;

    @BeforeEach
    void makeHome() throws IOException {
        home = home("home");
        java = java("jdk", "17.0.15");
    }

    @Test
    void by_default_java_compiles_and_collects_as_suits_two_processors() throws Exception {
        assertThat(arguments(Map.of(), "--version"))
                .contains("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1")
                .endsWith("org.conversationbridge.cli.ConversationBridge", "--version");
    }

    @ParameterizedTest
    @CsvSource({
        "JAVA_OPTS, -XX:+UseG1GC, -XX:+UseSerialGC",
        "JAVA_OPTS, -Xmx1g -XX:+UseParallelGC, -XX:+UseSerialGC",
        "JAVA_TOOL_OPTIONS, -XX:+UseZGC, -XX:+UseSerialGC",
        "JDK_JAVA_OPTIONS, -XX:+UseG1GC, -XX:+UseSerialGC",
        "_JAVA_OPTIONS, -XX:+UseG1GC, -XX:+UseSerialGC",
        "JAVA_OPTS, @options, -XX:+UseSerialGC",
        "JAVA_OPTS, -XX:TieredStopAtLevel=4, -XX:TieredStopAtLevel=1",
        "JAVA_TOOL_OPTIONS, -XX:-TieredCompilation, -XX:TieredStopAtLevel=1",
        "JAVA_OPTS, @options, -XX:TieredStopAtLevel=1",
        "JAVA_OPTS, -XX:SharedArchiveFile=own.jsa, -XX:DumpLoadedClassList=",
        "JAVA_OPTS, -XX:ArchiveClassesAtExit=own.jsa, -XX:DumpLoadedClassList=",
        "JAVA_TOOL_OPTIONS, -Xshare:off, -XX:DumpLoadedClassList=",
        "JAVA_OPTS, -XX:AOTCache=own.aot, -XX:DumpLoadedClassList="
    })
    void what_a_variable_of_java_decides_has_no_default(String variable, String value, String left) throws Exception {
        assertThat(arguments(Map.of(variable, value), "run")).noneMatch(argument -> argument.startsWith(left));
    }

    @Test
    void the_class_path_has_every_jar_in_the_order_of_their_names_and_nothing_else() throws Exception {
        for (String jar : List.of("z.jar", "B.jar", "a.jar")) {
            Files.writeString(home.resolve("lib").resolve(jar), jar);
        }
        List<String> all = arguments(Map.of(), "run");

        assertThat(all.get(all.indexOf("-cp") + 1).split(":", -1))
                .extracting(jar -> Path.of(jar).getFileName().toString())
                .containsExactly("B.jar", "a.jar", "one.jar", "z.jar");
    }

    @Test
    void arguments_arrive_as_they_were_given() throws Exception {
        assertThat(arguments(Map.of("JAVA_OPTS", "-Da=1 -Db=2"), "replay", "--select", "a b", "", "*"))
                .contains("-Da=1", "-Db=2")
                .endsWith("replay", "--select", "a b", "", "*");
    }

    @Test
    void the_exit_code_is_that_of_java() throws Exception {
        Files.writeString(java.resolve("bin/java"), "#!/bin/sh\nexit 143\n");

        assertThat(start(Map.of(), "run").exitCode()).isEqualTo(143);
    }

    @Test
    void the_first_run_lists_classes_and_later_ones_use_the_archive() throws Exception {
        List<String> first = arguments(Map.of(), "run");
        Path archive = archive(first);
        assertThat(value(first, LIST))
                .hasValueSatisfying(list -> assertThat(list)
                        .startsWith(home.resolve("cache").toString())
                        .endsWith(".lst"));
        assertThat(value(first, "-Dconversation-bridge.class-list=")).isEqualTo(value(first, LIST));
        assertThat(value(first, ARCHIVE)).isEmpty();

        Files.writeString(archive, "archive");
        for (String command : List.of("run", "tail", "prepare", "--version")) {
            List<String> later = arguments(Map.of(), command);
            assertThat(value(later, ARCHIVE)).contains(archive.toString());
            assertThat(value(later, LIST)).isEmpty();
        }
    }

    @Test
    void only_run_and_prepare_have_an_archive_made() throws Exception {
        for (String command : List.of("sandbox", "tail", "replay", "--version", "help")) {
            assertThat(value(arguments(Map.of(), command), LIST)).as(command).isEmpty();
        }
        assertThat(home.resolve("cache")).doesNotExist();
        assertThat(value(arguments(Map.of(), "prepare"), LIST)).isPresent();
    }

    /** Java itself refuses what does not fit, but would go on without any archive. */
    @ParameterizedTest
    @ValueSource(strings = {"added jar", "removed jar", "changed jar", "newer jar", "other java", "elsewhere"})
    void an_archive_of_something_else_is_not_used(String change) throws Exception {
        Files.writeString(home.resolve("lib/two.jar"), "two");
        Path archive = archive(arguments(Map.of(), "run"));
        Files.writeString(archive, "archive");
        switch (change) {
            case "added jar" -> Files.writeString(home.resolve("lib/added.jar"), "added");
            case "removed jar" -> Files.delete(home.resolve("lib/two.jar"));
            case "changed jar" -> Files.writeString(home.resolve("lib/two.jar"), "changed");
            case "newer jar" ->
                Files.setLastModifiedTime(
                        home.resolve("lib/two.jar"), FileTime.from(Instant.now().plusSeconds(60)));
            case "other java" -> java = java("newer", "17.0.16");
            case "elsewhere" -> home = Files.move(home, folder.resolve("elsewhere"));
            default -> throw new AssertionError(change);
        }
        List<String> next = arguments(Map.of(), "run");

        assertThat(value(next, ARCHIVE)).isEmpty();
        assertThat(value(next, LIST)).isPresent();
    }

    @Test
    void after_a_failure_it_is_tried_again_a_day_later_or_on_request() throws Exception {
        Path failed = Path.of(archive(arguments(Map.of(), "run")) + ".failed");
        Files.writeString(failed, "");
        assertThat(value(arguments(Map.of(), "run"), LIST)).isEmpty();
        assertThat(value(arguments(Map.of(), "prepare"), LIST)).isPresent();

        Files.setLastModifiedTime(failed, FileTime.from(Instant.now().minusSeconds(49 * 3_600)));
        assertThat(value(arguments(Map.of(), "run"), LIST)).isPresent();
    }

    @Test
    void starts_that_are_killed_do_not_fill_the_folder_with_lists() throws Exception {
        Path cache = Files.createDirectories(home.resolve("cache"));
        for (int i = 0; i < 8; i++) {
            Files.writeString(cache.resolve("classes-" + i + ".lst"), "");
        }
        assertThat(value(arguments(Map.of(), "run"), LIST)).isEmpty();

        Files.setLastModifiedTime(
                cache.resolve("classes-0.lst"), FileTime.from(Instant.now().minusSeconds(2 * 3_600)));
        assertThat(value(arguments(Map.of(), "run"), LIST)).isPresent();
        assertThat(cache.resolve("classes-0.lst")).doesNotExist();
    }

    /** A file where the folder would be stands for an installation that is read-only, also for root. */
    @Test
    void a_read_only_installation_has_its_archive_in_the_cache_of_the_user_or_none() throws Exception {
        Files.writeString(home.resolve("cache"), "");
        assertThat(value(arguments(Map.of("HOME", folder.resolve("user").toString()), "run"), LIST))
                .hasValueSatisfying(list -> assertThat(list)
                        .startsWith(folder.resolve("user/.cache/conversation-bridge/")
                                .toString()));
        Path file = Files.writeString(folder.resolve("file"), "");

        Output none = start(Map.of("HOME", file.toString()), "run");
        assertThat(none.lines()).noneMatch(line -> line.startsWith(LIST) || line.startsWith(ARCHIVE));
        assertThat(none.lines().get(0)).startsWith("-");
    }

    @Test
    void the_folder_of_the_archive_can_be_chosen_or_left_out() throws Exception {
        Path chosen = folder.resolve("a b");
        assertThat(value(arguments(Map.of("CLASS_CACHE", chosen.toString()), "run"), LIST))
                .hasValueSatisfying(list -> assertThat(list).startsWith(chosen.toString()));
        for (String none : List.of("none", folder.resolve("a:b").toString())) {
            assertThat(value(arguments(Map.of("CLASS_CACHE", none), "run"), LIST))
                    .isEmpty();
        }
        assertThat(home.resolve("cache")).doesNotExist();
    }

    @Test
    void a_java_without_a_description_runs_without_archive() throws Exception {
        Files.delete(java.resolve("release"));

        assertThat(value(arguments(Map.of(), "run"), LIST)).isEmpty();
    }

    private record Output(int exitCode, List<String> lines) {}

    private List<String> arguments(Map<String, String> environment, String... arguments) throws Exception {
        Output output = start(environment, arguments);
        assertThat(output.exitCode()).as(output.lines().toString()).isZero();
        return output.lines();
    }

    private Output start(Map<String, String> environment, String... arguments) throws Exception {
        ProcessBuilder builder = new ProcessBuilder(Stream.concat(
                                Stream.of(
                                        home.resolve("bin/conversation-bridge").toString()),
                                Stream.of(arguments))
                        .toList())
                .redirectErrorStream(true);
        Map<String, String> all = new HashMap<>(Map.of("PATH", System.getenv("PATH"), "JAVA_HOME", java.toString()));
        all.putAll(environment);
        builder.environment().clear();
        builder.environment().putAll(all);
        Process process = builder.start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return new Output(process.waitFor(), List.of(output.split("\n")));
    }

    private static Path archive(List<String> arguments) {
        return Path.of(value(arguments, "-Dconversation-bridge.class-archive=").orElseThrow());
    }

    private static Optional<String> value(List<String> arguments, String option) {
        return arguments.stream()
                .filter(argument -> argument.startsWith(option))
                .map(argument -> argument.substring(option.length()))
                .findFirst();
    }

    private Path home(String name) throws IOException {
        Path made = folder.resolve(name);
        Files.createDirectories(made.resolve("lib"));
        Files.createDirectories(made.resolve("bin"));
        Files.writeString(made.resolve("lib/one.jar"), "one");
        executable(Files.copy(SCRIPT, made.resolve("bin/conversation-bridge")));
        return made;
    }

    private Path java(String name, String version) throws IOException {
        Path made = folder.resolve(name);
        Files.createDirectories(made.resolve("bin"));
        Files.writeString(made.resolve("release"), "JAVA_VERSION=\"" + version + "\"\n");
        executable(Files.writeString(made.resolve("bin/java"), "#!/bin/sh\nprintf '%s\\n' \"$@\"\n"));
        return made;
    }

    private static void executable(Path file) {
        try {
            Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
