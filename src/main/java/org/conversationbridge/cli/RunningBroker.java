// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.cli;

import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.conversationbridge.broker.BrokerConnections;
import org.conversationbridge.broker.BrokerCredentials;
import org.conversationbridge.broker.BrokerException;
import org.conversationbridge.settings.BrokerSettings;
import org.conversationbridge.text.FileProblem;
import picocli.CommandLine.Option;

/** The broker that a running connector uses: that of BROKER_URL, else the one inside the process of a data folder. */
final class RunningBroker {
    @Option(names = "--sandbox", description = "Use the broker of run --sandbox.")
    private boolean sandbox;

    BrokerConnections connections(BrokerSettings settings) {
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
        } catch (IllegalArgumentException e) {
            throw new BrokerException(
                    dataDir.resolve(BrokerCredentials.FILE) + " is damaged. The process that uses the folder"
                            + " rewrites it at its next start.",
                    e);
        } catch (IOException e) {
            throw new BrokerException(
                    dataDir.resolve(BrokerCredentials.FILE) + " cannot be read: " + FileProblem.of(e)
                            + ". Run this as the user of the process that uses the folder.",
                    e);
        }
    }
}
