// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.cli;

import jakarta.jms.Connection;
import jakarta.jms.JMSException;
import jakarta.jms.Message;
import jakarta.jms.QueueBrowser;
import jakarta.jms.Session;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.Enumeration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.conversationbridge.broker.BrokerConnections;
import org.conversationbridge.broker.BrokerException;
import org.conversationbridge.broker.BrokerUrl;
import org.conversationbridge.settings.Settings;
import org.conversationbridge.settings.SettingsReader;
import org.conversationbridge.text.ForeignText;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code tail}: looks at the result queue and takes nothing from it. */
@Command(
        name = "tail",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        header = "Shows the messages on the result queue, then those that arrive, until Ctrl-C.",
        description = {
            "",
            "It only browses: no message is removed. Messages that a consumer takes first are not shown.",
            "Uses the Artemis of BROKER_URL, else the embedded broker of the process that uses DATA_DIR.",
            ""
        })
final class TailCommand implements Callable<Integer> {
    private static final Logger LOG = LoggerFactory.getLogger(TailCommand.class);
    private static final Duration PERIOD = Duration.ofMillis(300);
    private static final int LONGEST_PROBLEM = 300;

    private int unreadable;
    private boolean hasIncomplete;

    @Option(names = "-n", paramLabel = "COUNT", description = "Stop after this many messages, at least 1.")
    private @Nullable Integer count;

    @Option(names = "--json", description = "Print the whole message as JSON, one per line.")
    private boolean json;

    @Mixin
    private RunningBroker running = new RunningBroker();

    @Mixin
    private Folders folders = new Folders();

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec spec;

    @Override
    public Integer call() throws InterruptedException {
        if (count != null && count < 1) {
            throw new ParameterException(
                    spec.commandLine(),
                    "-n " + count + ": write how many messages to show, at least 1; without -n it runs until Ctrl-C.");
        }
        Settings settings = folders.read(new SettingsReader(System.getenv(), BrokerUrl::problems), Map.of());
        BrokerConnections broker = running.connections(settings.broker());
        try (StopSignal stop = new StopSignal();
                Connection connection = broker.open(broker.single())) {
            connection.start();
            Session session = connection.createSession(Session.AUTO_ACKNOWLEDGE);
            try (QueueBrowser browser =
                    session.createBrowser(session.createQueue(settings.queues().enriched()))) {
                follow(browser, stop);
            }
        } catch (JMSException e) {
            throw new BrokerException(
                    "Cannot browse queue " + settings.queues().enriched() + " of " + broker + ". "
                            + BrokerException.of(e).getMessage(),
                    e);
        }
        return unreadable == 0 ? 0 : ConversationBridge.FAILED;
    }

    /** The enumeration of Artemis goes on where it stopped when more messages have come. */
    private void follow(QueueBrowser browser, StopSignal stop) throws JMSException, InterruptedException {
        Enumeration<?> messages = browser.getEnumeration();
        int shown = 0;
        while (!stop.isWanted() && (count == null || shown < count) && !isReaderGone()) {
            if (messages.hasMoreElements()) {
                show((Message) messages.nextElement());
                shown++;
            } else {
                stop.await(Optional.of(PERIOD));
            }
        }
    }

    /** As of {@code tail | head}: there is no reader left. */
    private boolean isReaderGone() {
        return spec.commandLine().getOut().checkError() || System.out.checkError();
    }

    /** What cannot be read is named, and the next one is shown; a message that is no text is not looked into. */
    private void show(@Nullable Message message) throws JMSException {
        if (message == null) {
            unreadable++;
            if (!hasIncomplete) {
                LOG.warn(
                        "tail: messages with an incomplete body are not shown. Remove them in the console of the broker.");
            }
            hasIncomplete = true;
            return;
        }
        PrintWriter out = spec.commandLine().getOut();
        try {
            out.println(json ? whole(message) : MessageLine.of(ResultReader.content(message)));
        } catch (BrokerException e) {
            skip(message, String.valueOf(e.getMessage()));
        }
        out.flush();
    }

    private static String whole(Message message) {
        ResultReader.content(message);
        return ForeignText.printableJson(ResultReader.json(message).toString());
    }

    private void skip(Message message, String problem) throws JMSException {
        unreadable++;
        LOG.warn(
                "tail: message {} is not shown. {}",
                message.getJMSMessageID(),
                ForeignText.oneLine(problem, LONGEST_PROBLEM));
    }
}
