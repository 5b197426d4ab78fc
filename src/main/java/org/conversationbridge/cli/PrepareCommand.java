// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.conversationbridge.settings.SettingsReader;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code prepare}: the class archive now, and not after the first poll. */
@Command(
        name = "prepare",
        mixinStandardHelpOptions = true,
        header = "Makes the class archive, with which a start is about twice as fast.",
        description = {
            "",
            "run makes it after its first poll if it is missing. This makes it at once, for example",
            "while the image of a container is built. It runs the sandbox for a few seconds, with the",
            "routes and settings beside the program. CLASS_CACHE is the folder of the archive.",
            ""
        })
final class PrepareCommand implements Callable<Integer> {
    /** Until messages have been delivered. */
    private static final Duration RUN = Duration.ofSeconds(10);

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec spec;

    @Override
    public Integer call() throws Exception {
        PrintWriter out = spec.commandLine().getOut();
        String file = System.getProperty(ClassArchive.FILE, "");
        Optional<ClassArchive> missing = ClassArchive.missing();
        if (file.isEmpty()) {
            spec.commandLine()
                    .getErr()
                    .println("No class archive: set CLASS_CACHE to a folder that can be written, and leave options of"
                            + " Java that choose an archive out of JAVA_OPTS. The program runs without it.");
            return ConversationBridge.FAILED;
        }
        if (missing.isPresent()) {
            runSandbox();
            if (!missing.get().make()) {
                spec.commandLine()
                        .getErr()
                        .println("This Java makes no class archive " + file
                                + ". Check the space on its disk. The program runs without it.");
                return ConversationBridge.FAILED;
            }
        }
        out.println("archive     " + file);
        out.flush();
        return 0;
    }

    /** Loads the classes, with data in a folder that is deleted. */
    private static void runSandbox() throws Exception {
        Path data = Files.createTempDirectory("conversation-bridge-");
        try (StopSignal stop = new StopSignal()) {
            SandboxOptions options = new SandboxOptions();
            new CommandLine(options)
                    .registerConverter(Duration.class, ConversationBridge::duration)
                    .parseArgs();
            SettingsReader reader = new SettingsReader(Map.of(
                    SettingsReader.environmentName("broker.port"), "0",
                    SettingsReader.environmentName("management.port"), "0",
                    SettingsReader.environmentName("data.dir"), data.toString()));
            int unused = stop.guard(
                    () -> new SandboxRun(options, new Folders(), new PrintWriter(Writer.nullWriter()), Optional.empty())
                            .run(reader, stop, Optional.of(RUN)));
        } finally {
            delete(data);
        }
    }

    private static void delete(Path folder) throws IOException {
        List<Path> files;
        try (Stream<Path> all = Files.walk(folder)) {
            files = all.sorted(Comparator.reverseOrder()).toList();
        }
        for (Path file : files) {
            Files.deleteIfExists(file);
        }
    }
}
