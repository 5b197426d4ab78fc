// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.bridge.canary;

import java.nio.file.Path;
import java.util.Map;
import org.conversationbridge.distribution.Program;

/** What a process of its own shows to everybody on the machine and to those who see its terminal. */
final class ProcessSeen {
    private ProcessSeen() {}

    /**
     * Starts it, waits for a line, and ends it.
     *
     * @param line pattern
     */
    static void searchInto(
            Surfaces surfaces, Path folder, Map<String, String> environment, String line, String... command)
            throws Exception {
        try (Program program = Program.start(folder, environment, command)) {
            program.line(line);
            surfaces.of("command line of a process").add(program.commandLine());
            program.close();
            surfaces.of("output of a process, both streams").add(program.output());
        }
    }
}
