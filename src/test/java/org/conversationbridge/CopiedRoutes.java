// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.conversationbridge.routecheck.RouteFiles;

/** The route files as they are shipped, copied for a test that changes them. */
public final class CopiedRoutes {
    private CopiedRoutes() {}

    /** Copies them into a folder, which is created if it does not exist, and returns it. */
    public static Path into(Path folder) throws IOException {
        Files.createDirectories(folder);
        for (Path file : RouteFiles.in(Path.of("routes"))) {
            Files.copy(file, folder.resolve(file.getFileName()));
        }
        return folder;
    }

    /** A step of deliver-conversation that leaves out the conversations for which the condition holds. */
    public static String leaveOut(String condition) {
        return """
                        - filter:
                            id: leave-out
                            simple: "%s"
                            steps:
                              - stop: {}
                """.formatted(condition);
    }
}
