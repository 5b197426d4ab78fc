// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.distribution;

import java.io.IOException;
import java.nio.file.CopyOption;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/** The distribution that the build made. */
final class Distribution {
    private final Path home;

    private Distribution(Path home) {
        this.home = home;
    }

    static Distribution built() {
        return new Distribution(Path.of(System.getProperty("distribution")));
    }

    /** A copy to be edited; the libraries are the built ones. */
    Distribution copy(Path target) throws IOException {
        for (String folder : List.of("bin", "routes", "config")) {
            Files.createDirectories(target.resolve(folder));
            try (Stream<Path> files = Files.list(home.resolve(folder))) {
                for (Path file : files.toList()) {
                    CopyOption attributes = StandardCopyOption.COPY_ATTRIBUTES;
                    Files.copy(file, target.resolve(folder).resolve(file.getFileName()), attributes);
                }
            }
        }
        Files.createSymbolicLink(target.resolve("lib"), home.resolve("lib"));
        return new Distribution(target);
    }

    /** Edits one of its files. */
    Distribution edit(String file, UnaryOperator<String> change) throws IOException {
        Path path = home.resolve(file);
        String before = Files.readString(path);
        String after = change.apply(before);
        if (after.equals(before)) {
            throw new AssertionError("nothing to change in " + file);
        }
        Files.writeString(path, after);
        return this;
    }

    Path home() {
        return home;
    }

    /** The program to start. */
    String program() {
        return home.resolve("bin/conversation-bridge").toString();
    }
}
