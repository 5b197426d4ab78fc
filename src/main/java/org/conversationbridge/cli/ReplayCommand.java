// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.cli;

import jakarta.jms.Connection;
import jakarta.jms.InvalidSelectorException;
import jakarta.jms.JMSException;
import java.io.PrintWriter;
import java.util.Map;
import java.util.concurrent.Callable;
import org.conversationbridge.bridge.Json;
import org.conversationbridge.broker.BrokerConnections;
import org.conversationbridge.broker.BrokerException;
import org.conversationbridge.broker.BrokerQueues;
import org.conversationbridge.broker.BrokerUrl;
import org.conversationbridge.broker.QueueResolver;
import org.conversationbridge.replay.Replay;
import org.conversationbridge.replay.ReplayCount;
import org.conversationbridge.settings.Settings;
import org.conversationbridge.settings.SettingsReader;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code replay}: sends what is on the error queue through again. */
@Command(
        name = "replay",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        header = "Reprocesses the messages on the error queue, in order, each once.",
        description = {
            "",
            "A running connector processes them; a message that fails again is parked again, with one more attempt.",
            "Uses the Artemis of BROKER_URL, else the embedded broker of the process that uses DATA_DIR.",
            ""
        })
final class ReplayCommand implements Callable<Integer> {
    @Option(
            names = "--select",
            paramLabel = "EXPR",
            description = "Only messages that match this JMS selector over their properties, for example"
                    + " \"errorCode = 'HISTORY_UNAVAILABLE' AND attempts < 3\".")
    private @Nullable String selector;

    @Option(names = "--dry-run", description = "Only show the messages; send nothing.")
    private boolean dryRun;

    @Mixin
    private RunningBroker running = new RunningBroker();

    @Mixin
    private Folders folders = new Folders();

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec spec;

    @Override
    public Integer call() {
        if (selector != null && selector.isBlank()) {
            throw new ParameterException(
                    spec.commandLine(),
                    "--select is empty, and would replay every message. Write a selector, such as \"attempts < 3\", or"
                            + " leave --select out to replay all.");
        }
        Settings settings = folders.read(new SettingsReader(System.getenv(), BrokerUrl::problems), Map.of());
        BrokerConnections broker = running.connections(settings.broker());
        PrintWriter out = spec.commandLine().getOut();
        Replay replay = new Replay(
                settings.queues(),
                new QueueResolver(new BrokerQueues(settings.queues())),
                settings.poll().partitions(),
                Json.mapper(),
                out::println);
        try (Connection connection = broker.open(broker.oneByOne())) {
            connection.start();
            ReplayCount count = dryRun ? replay.look(connection, selector) : replay.send(connection, selector);
            out.println(count.sent() + (dryRun ? " would be" : "") + " sent for reprocessing, " + count.kept() + " kept"
                    + (count.unreadable() == 0 ? "" : ", " + count.unreadable() + " cannot be read"));
            out.flush();
            return count.unreadable() == 0 ? 0 : ConversationBridge.FAILED;
        } catch (InvalidSelectorException e) {
            throw new ParameterException(
                    spec.commandLine(),
                    "--select \"" + selector + "\" is not a JMS selector. Write for example"
                            + " --select \"errorCode = 'HISTORY_UNAVAILABLE'\": texts in single quotes.",
                    e);
        } catch (JMSException e) {
            throw new BrokerException(
                    "Cannot replay queue " + settings.queues().error() + " of " + broker + ". "
                            + BrokerException.of(e).getMessage() + " Messages not sent are still on the queue.",
                    e);
        }
    }
}
