// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.cli;

import com.fasterxml.jackson.databind.JsonNode;
import jakarta.jms.Connection;
import jakarta.jms.JMSException;
import jakarta.jms.QueueBrowser;
import jakarta.jms.Session;
import jakarta.jms.TextMessage;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Enumeration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.conversationbridge.broker.BrokerConnections;
import org.conversationbridge.broker.BrokerCredentials;
import org.conversationbridge.broker.BrokerException;
import org.conversationbridge.settings.BrokerSettings;
import org.conversationbridge.settings.Settings;
import org.conversationbridge.settings.SettingsReader;
import org.conversationbridge.text.ForeignText;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code tail}: looks at the result queue and takes nothing from it. */
@Command(
        name = "tail",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        header = "Shows the messages on the result queue, then those that arrive, until Ctrl-C.",
        description = {
            "",
            "It only looks: nothing is taken from the queue. What a consumer takes first is not shown.",
            "Looks at the Artemis of BROKER_URL, else at the broker inside the process that uses DATA_DIR.",
            ""
        })
final class TailCommand implements Callable<Integer> {
    private static final Duration PERIOD = Duration.ofMillis(300);

    @Option(names = "-n", paramLabel = "COUNT", description = "Stop after so many messages.")
    private int count;

    @Option(names = "--json", description = "Print the whole message as JSON, one per line.")
    private boolean json;

    @Option(names = "--sandbox", description = "Look at the broker of run --sandbox.")
    private boolean sandbox;

    @Mixin
    private Folders folders = new Folders();

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec spec;

    @Override
    public Integer call() throws InterruptedException {
        Settings settings = folders.read(new SettingsReader(System.getenv()), Map.of());
        BrokerConnections broker = broker(settings.broker());
        try (StopSignal stop = new StopSignal();
                Connection connection = broker.single().createConnection()) {
            connection.start();
            Session session = connection.createSession(Session.AUTO_ACKNOWLEDGE);
            try (QueueBrowser browser =
                    session.createBrowser(session.createQueue(settings.queues().enriched()))) {
                follow(browser, stop);
            }
        } catch (JMSException e) {
            throw new BrokerException(
                    "Cannot look at queue " + settings.queues().enriched() + " of " + broker + ": " + e.getMessage()
                            + " Is the broker running? Check BROKER_URL, BROKER_USER and BROKER_PASSWORD.",
                    e);
        }
        return 0;
    }

    /** The enumeration of Artemis goes on where it stopped when more messages have come. */
    private void follow(QueueBrowser browser, StopSignal stop) throws JMSException, InterruptedException {
        Enumeration<?> messages = browser.getEnumeration();
        int shown = 0;
        while (!stop.isWanted() && (count == 0 || shown < count)) {
            if (messages.hasMoreElements()) {
                show((TextMessage) messages.nextElement());
                shown++;
            } else {
                stop.await(Optional.of(PERIOD));
            }
        }
    }

    private void show(TextMessage message) throws JMSException {
        PrintWriter out = spec.commandLine().getOut();
        JsonNode content = ResultReader.json(message);
        out.println(json ? ForeignText.printableJson(content.toString()) : MessageLine.of(content));
        out.flush();
    }

    private BrokerConnections broker(BrokerSettings settings) {
        if (settings.url().isPresent() && !sandbox) {
            return new BrokerConnections(settings.url().get(), settings.user(), settings.password());
        }
        Path dataDir = sandbox ? settings.dataDir().resolve(SandboxRun.FOLDER) : settings.dataDir();
        try {
            return BrokerConnections.to(BrokerCredentials.read(dataDir));
        } catch (NoSuchFileException e) {
            throw new BrokerException(
                    "BROKER_URL is not set, and no broker was started in " + dataDir
                            + " yet. Set BROKER_URL, or DATA_DIR to the folder of the running process.",
                    e);
        } catch (IOException e) {
            throw new BrokerException(
                    dataDir.resolve(BrokerCredentials.FILE) + " cannot be read: " + e.getMessage(), e);
        }
    }
}
