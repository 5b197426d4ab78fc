// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.PrintWriter;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.conversationbridge.bridge.Bridge;
import org.conversationbridge.broker.BrokerConnections;
import org.conversationbridge.broker.BrokerCredentials;
import org.conversationbridge.broker.BrokerQueues;
import org.conversationbridge.broker.EmbeddedBroker;
import org.conversationbridge.clock.SteadyClock;
import org.conversationbridge.sandbox.Sandbox;
import org.conversationbridge.sandbox.world.Truth;
import org.conversationbridge.settings.Dialect;
import org.conversationbridge.settings.Settings;
import org.conversationbridge.settings.SettingsReader;

/** {@code run --sandbox}: broker, sandbox and connector in one process, each message shown and compared. */
final class SandboxRun {
    /** Folder under data.dir, so that no played conversation ever meets a real one. */
    static final String FOLDER = "sandbox";

    /** Those whose conversations notifications report. */
    private static final List<String> TOLD = List.of("notifications.queues", "notifications.users");
    /** Before there is a sandbox its queues are unknown, and notifications would be refused without them. */
    private static final Map<String, String> QUEUES_UNKNOWN = Map.of("poll.source", "auto");

    private static final String COPY_QUEUE = "sandbox.shown";
    private static final Duration RESULTS_LIVE = Duration.ofMinutes(10);

    private final SandboxOptions options;
    private final Folders folders;
    private final PrintWriter out;
    private final Optional<ClassArchive> missingArchive;

    /** @param missingArchive to be made after the first poll */
    SandboxRun(SandboxOptions options, Folders folders, PrintWriter out, Optional<ClassArchive> missingArchive) {
        this.options = options;
        this.folders = folders;
        this.out = out;
        this.missingArchive = missingArchive;
    }

    int run(SettingsReader reader, StopSignal stop, Optional<Duration> duration) throws Exception {
        Settings real = folders.read(reader, QUEUES_UNKNOWN);
        String secret = UUID.randomUUID().toString();
        boolean tutorial = real.genesys().dialect() == Dialect.TUTORIAL;
        try (Sandbox sandbox = options.start(
                new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
                options.settings("sandbox", secret, tutorial))) {
            Path dataDir = real.broker().dataDir().resolve(FOLDER);
            Map<String, String> overrides = overrides(sandbox, secret, dataDir);
            if (TOLD.stream()
                    .allMatch(key -> real.placeholders().getOrDefault(key, "").isEmpty())) {
                overrides.put(TOLD.get(0), SandboxOptions.queues(sandbox));
            }
            Settings settings = folders.read(reader, overrides);
            out.println("routes      " + folders.checkRoutes(settings));
            BrokerQueues queues = new BrokerQueues(settings.queues());
            try (EmbeddedBroker broker = EmbeddedBroker.startEmpty(settings.broker(), queues, COPY_QUEUE)) {
                broker.ended().thenAccept(stop::fail);
                out.println("sandbox     " + sandbox.url() + ", " + options);
                out.println("credentials " + dataDir.resolve(BrokerCredentials.FILE));
                return run(settings, sandbox, BrokerConnections.to(broker.credentials()), stop, duration);
            }
        }
    }

    private int run(
            Settings settings, Sandbox sandbox, BrokerConnections broker, StopSignal stop, Optional<Duration> duration)
            throws Exception {
        TruthCheck check = new TruthCheck(
                new Truth(sandbox.world()),
                sandbox.world()::now,
                settings.history().window(),
                settings.history().limit());
        try (Bridge bridge = new Bridge(settings, folders.routes(), broker, SteadyClock.start());
                ResultReader shown = ResultReader.start(broker, COPY_QUEUE, message -> show(message, check))) {
            bridge.checkCredentials();
            bridge.start();
            Banner.print(out, settings, broker, bridge);
            stop.running();
            try (ArchiveLater archive = new ArchiveLater(missingArchive, bridge.polls()::hasSucceeded)) {
                archive.start();
                stop.await(duration);
            }
        }
        return verdict(check);
    }

    private void show(JsonNode message, TruthCheck check) {
        check.check(message);
        out.println(MessageLine.of(message));
        out.flush();
    }

    private int verdict(TruthCheck check) {
        List<String> differences = check.differences();
        differences.forEach(difference -> out.println("DIFFERS " + difference));
        out.println(check.checked() + " messages delivered; agent and recent wrap-ups equal the sandbox's truth in "
                + (check.checked() - differences.size()) + " of " + check.checked());
        out.flush();
        return differences.isEmpty() ? 0 : ConversationBridge.FAILED;
    }

    private static Map<String, String> overrides(Sandbox sandbox, String secret, Path dataDir) {
        Map<String, String> overrides = new HashMap<>(Map.of(
                "genesys.api-url",
                sandbox.url().toString(),
                "genesys.login-url",
                sandbox.url().toString(),
                "genesys.client-id",
                "sandbox",
                "genesys.client-secret",
                secret,
                "broker.url",
                "",
                "broker.user",
                "",
                "data.dir",
                dataDir.toString()));
        for (String type : List.of("started", "updated", "ended", "completed")) {
            overrides.put("deliver.time-to-live." + type, RESULTS_LIVE.toString());
        }
        return overrides;
    }
}
