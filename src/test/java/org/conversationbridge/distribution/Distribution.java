// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.distribution;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/**
 * The distribution that the build made, or its program with an edited copy of its routes and settings.
 *
 * @param options that show the program where the edited ones are
 */
public record Distribution(Path edited, List<String> options) {
    private static final Path HOME = Path.of(System.getProperty("distribution"));

    /** As it was built. */
    static Distribution built() {
        return new Distribution(HOME, List.of());
    }

    /** With copies of its routes and settings in a folder, to be edited. */
    static Distribution copy(Path target) throws IOException {
        for (String name : List.of("routes", "config")) {
            Path folder = Files.createDirectories(target.resolve(name));
            try (Stream<Path> files = Files.list(HOME.resolve(name))) {
                for (Path file : files.toList()) {
                    Files.copy(file, folder.resolve(file.getFileName()));
                }
            }
        }
        return new Distribution(
                target,
                List.of(
                        "--routes",
                        target.resolve("routes").toString(),
                        "--config",
                        target.resolve("config").toString()));
    }

    /** Edits one of its files. */
    Distribution edit(String file, UnaryOperator<String> change) throws IOException {
        Path path = edited.resolve(file);
        String before = Files.readString(path);
        String after = change.apply(before);
        if (after.equals(before)) {
            throw new AssertionError("nothing to change in " + file);
        }
        Files.writeString(path, after);
        return this;
    }

    /** Starts the program on ports that are free, with its data in a folder. */
    Program run(Path folder, Map<String, String> environment, String... arguments) throws IOException {
        Map<String, String> all = new HashMap<>(Map.of(
                "BROKER_PORT",
                "0",
                "MANAGEMENT_PORT",
                "0",
                "DATA_DIR",
                folder.resolve("data").toString()));
        all.putAll(environment);
        List<String> command = new ArrayList<>(List.of(program()));
        command.addAll(List.of(arguments));
        command.addAll(options);
        return Program.start(folder, all, command.toArray(String[]::new));
    }

    /** Starts the program as it was built, in a folder of its own. */
    static Program start(Path folder, Map<String, String> environment, String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of(program()));
        command.addAll(List.of(arguments));
        return Program.start(
                Files.createDirectories(folder.resolve("cwd")), environment, command.toArray(String[]::new));
    }

    /** One of its files, as it was built. */
    static Path file(String name) {
        return HOME.resolve(name);
    }

    /** The names of the jars in it. */
    static List<String> libraries() throws IOException {
        try (Stream<Path> files = Files.list(HOME.resolve("lib"))) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }

    /** The program to start. */
    public static String program() {
        return HOME.resolve("bin/conversation-bridge").toString();
    }
}
