// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.cli;

import java.io.PrintWriter;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.conversationbridge.bridge.Bridge;
import org.conversationbridge.broker.BrokerConnections;
import org.conversationbridge.broker.BrokerCredentials;
import org.conversationbridge.broker.BrokerQueues;
import org.conversationbridge.broker.BrokerUrl;
import org.conversationbridge.broker.EmbeddedBroker;
import org.conversationbridge.clock.SteadyClock;
import org.conversationbridge.settings.BrokerSettings;
import org.conversationbridge.settings.Durations;
import org.conversationbridge.settings.Settings;
import org.conversationbridge.settings.SettingsReader;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code run}: the connector, until Ctrl-C. */
@Command(
        name = "run",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        header = "Runs the connector until Ctrl-C.",
        description = {
            "",
            "Needs GENESYS_REGION, GENESYS_CLIENT_ID and GENESYS_CLIENT_SECRET, or --sandbox.",
            "Delivers to the Artemis of BROKER_URL, or to an embedded broker.",
            ""
        })
final class RunCommand implements Callable<Integer> {
    private static final Duration LONGEST = Duration.ofDays(3_650);

    @Option(
            names = "--sandbox",
            description = "Simulate Genesys Cloud in this process, deliver to the embedded broker, print each"
                    + " message and compare it with the sandbox's data.")
    private boolean sandbox;

    @Option(names = "--for", paramLabel = "DURATION", description = "Stop after this time, for example 30s or 5m.")
    private @Nullable Duration duration;

    @Mixin
    private Folders folders = new Folders();

    @Mixin
    private SandboxOptions sandboxOptions = new SandboxOptions();

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec spec;

    @Override
    public Integer call() throws Exception {
        SettingsReader reader = new SettingsReader(System.getenv(), BrokerUrl::problems);
        PrintWriter out = spec.commandLine().getOut();
        refuseUnused();
        try (StopSignal stop = new StopSignal()) {
            return stop.guard(() -> sandbox
                    ? new SandboxRun(sandboxOptions, folders, out, ClassArchive.missing())
                            .run(reader, stop, forDuration())
                    : run(reader, out, stop));
        }
    }

    private int run(SettingsReader reader, PrintWriter out, StopSignal stop) throws Exception {
        Settings settings = folders.read(reader, Map.of());
        out.println("routes      " + folders.checkRoutes(settings));
        settings.genesys().requireCredentials();
        forDuration().ifPresent(stop::stopAfter);
        run(settings, out, stop);
        return 0;
    }

    private void run(Settings settings, PrintWriter out, StopSignal stop) throws Exception {
        BrokerSettings broker = settings.broker();
        if (broker.url().isPresent()) {
            BrokerConnections connections = new BrokerConnections(broker.url().get(), broker.user(), broker.password());
            run(settings, connections, out, stop);
            return;
        }
        try (EmbeddedBroker inside = EmbeddedBroker.start(broker, new BrokerQueues(settings.queues()))) {
            inside.ended().thenAccept(stop::fail);
            out.println("credentials " + broker.dataDir().resolve(BrokerCredentials.FILE));
            run(settings, BrokerConnections.to(inside.credentials()), out, stop);
        }
    }

    private void run(Settings settings, BrokerConnections broker, PrintWriter out, StopSignal stop) throws Exception {
        try (Bridge bridge = new Bridge(settings, folders.routes(), broker, SteadyClock.start())) {
            bridge.checkLogin();
            bridge.checkCredentials();
            bridge.start();
            Banner.print(out, settings, broker, bridge);
            stop.running();
            try (ArchiveLater archive = new ArchiveLater(ClassArchive.missing(), bridge.polls()::hasSucceeded)) {
                archive.start();
                stop.await(Optional.empty());
            }
            stop.boundCleaning();
        }
    }

    private void refuseUnused() {
        if (duration != null && (duration.isZero() || duration.compareTo(LONGEST) > 0)) {
            throw new ParameterException(
                    spec.commandLine(),
                    "--for " + Durations.text(duration) + ": write how long to run, above 0 and at most "
                            + Durations.text(LONGEST) + "; without --for it runs until Ctrl-C.");
        }
        String unused = sandboxOptions.given(spec);
        if (!sandbox && !unused.isEmpty()) {
            throw new ParameterException(
                    spec.commandLine(),
                    unused + ": only with --sandbox. Add it to simulate Genesys Cloud, or leave out what is for it.");
        }
    }

    private Optional<Duration> forDuration() {
        return Optional.ofNullable(duration);
    }
}
