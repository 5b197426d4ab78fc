// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.cli;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.apache.logging.log4j.LogManager;
import org.conversationbridge.failure.BridgeException;
import org.conversationbridge.settings.Durations;
import org.conversationbridge.settings.SettingsException;
import org.slf4j.LoggerFactory;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.HelpCommand;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import picocli.CommandLine.TypeConversionException;

/** The program. Exit codes: 0 ok, 1 failed, 2 usage or configuration. */
@Command(
        name = "conversation-bridge",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        header = "Brings Genesys Cloud CX conversations, joined with the agent's recent history, onto a JMS queue.",
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {
            RunCommand.class,
            SandboxCommand.class,
            TailCommand.class,
            ReplayCommand.class,
            PrepareCommand.class,
            HelpCommand.class
        },
        footerHeading = "%nFirst steps:%n",
        footer = {
            "  run --sandbox --for 30s   Show messages, without a Genesys Cloud org.",
            "  run                       Connect your org: set GENESYS_REGION,",
            "                            GENESYS_CLIENT_ID and GENESYS_CLIENT_SECRET.",
            "  tail                      Show the result queue.",
            "  replay --dry-run          Show the error queue.",
            "",
            "Settings are documented in config/application.properties; each can also be set",
            "by an environment variable.",
            "Exit codes: 0 ok, 1 failed, 2 usage or configuration."
        })
public final class ConversationBridge implements Callable<Integer> {
    static final int FAILED = 1;
    static final int USAGE = 2;

    private static final String LOGGING_FILE = "log4j2.configurationFile";

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec spec;

    /** Runs a command and ends the JVM with its exit code. */
    public static void main(String[] arguments) {
        Optional<String> logging = Optional.ofNullable(System.getProperty(LOGGING_FILE));
        List<String> unlogged = LoggingFile.problems(logging);
        if (!unlogged.isEmpty()) {
            unlogged.forEach(System.err::println);
            System.exit(USAGE);
        }
        logging.flatMap(LoggingFile::location).ifPresent(location -> System.setProperty(LOGGING_FILE, location));
        int code = commandLine().execute(arguments);
        ClassArchive.missing().ifPresent(ClassArchive::discard);
        LogManager.shutdown();
        System.exit(code);
    }

    static CommandLine commandLine() {
        return new CommandLine(new ConversationBridge())
                .setCaseInsensitiveEnumValuesAllowed(true)
                .registerConverter(Duration.class, ConversationBridge::duration)
                .setParameterExceptionHandler((failure, arguments) -> refuse(failure))
                .setExecutionExceptionHandler((failure, command, parsed) -> report(failure, command));
    }

    static Duration duration(String text) {
        try {
            return Durations.parse(text);
        } catch (IllegalArgumentException e) {
            throw new TypeConversionException(String.valueOf(e.getMessage()));
        }
    }

    /** What is wrong stands last on the terminal, not above a page of help. */
    private static int refuse(ParameterException failure) {
        CommandLine command = failure.getCommandLine();
        command.getErr().println(failure.getMessage());
        command.getErr().println("Help: " + command.getCommandSpec().qualifiedName() + " --help");
        return USAGE;
    }

    @Override
    public Integer call() {
        spec.commandLine().usage(spec.commandLine().getErr());
        return USAGE;
    }

    private static int report(Exception failure, CommandLine command) {
        if (failure instanceof SettingsException settings) {
            settings.problems().forEach(command.getErr()::println);
            return USAGE;
        }
        if (failure instanceof BridgeException named) {
            command.getErr().println(named.getMessage());
        } else {
            command.getErr().println("Failed: " + failure);
        }
        LoggerFactory.getLogger(ConversationBridge.class).debug("failed", failure);
        return FAILED;
    }
}
