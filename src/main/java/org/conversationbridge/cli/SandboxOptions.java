// SPDX-License-Identifier: Apache-2.0
package org.conversationbridge.cli;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.stream.Collectors;
import org.conversationbridge.sandbox.Sandbox;
import org.conversationbridge.sandbox.SandboxSettings;
import org.conversationbridge.sandbox.fault.Faults;
import org.conversationbridge.sandbox.world.SandboxQueue;
import org.conversationbridge.sandbox.world.WorldSettings;
import org.conversationbridge.settings.SettingsException;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Option;

/** How the sandbox is to be. */
final class SandboxOptions {
    private static final int MOST = 1_000_000;
    private static final Duration LONGEST = Duration.ofDays(1);

    @Option(
            names = "--conversations",
            paramLabel = "N",
            defaultValue = "12",
            description = "Conversations active at any time. Default: ${DEFAULT-VALUE}.")
    private int conversations;

    @Option(
            names = "--agents",
            paramLabel = "N",
            defaultValue = "8",
            description = "Agents. Default: ${DEFAULT-VALUE}.")
    private int agents;

    @Option(
            names = "--longest",
            paramLabel = "DURATION",
            defaultValue = "2m",
            description = "Approximate longest duration of a conversation. Default: ${DEFAULT-VALUE}.")
    private Duration longest = Duration.ofMinutes(2);

    @Option(
            names = "--seed",
            paramLabel = "N",
            defaultValue = "42",
            description = "The same seed gives the same conversations. Default: ${DEFAULT-VALUE}.")
    private long seed;

    @Option(
            names = "--rate-limit",
            paramLabel = "N",
            defaultValue = "300",
            description = "Requests per minute before it answers 429; 0 = no limit. Default: ${DEFAULT-VALUE}.")
    private int rateLimit;

    @Option(names = "--user-context", description = "Let GET /api/v2/conversations answer, as for a token with a user.")
    private boolean userContext;

    @Option(names = "--still", description = "Stop the sandbox's clock, so that nothing changes.")
    private boolean still;

    @Option(
            names = "--fault",
            paramLabel = "NAME",
            completionCandidates = FaultNames.class,
            description = "Inject a fault; may be repeated: ${COMPLETION-CANDIDATES}.")
    private List<String> faults = new ArrayList<>();

    /** The names that {@code --fault} takes. */
    static final class FaultNames implements Iterable<String> {
        @Override
        public Iterator<String> iterator() {
            return Faults.names().iterator();
        }
    }

    /** Those that stand on the command line of a command with them, as a part of a sentence. */
    String given(CommandSpec command) {
        List<OptionSpec> all = command.mixins().values().stream()
                .filter(mixin -> mixin.userObject() == this)
                .flatMap(mixin -> mixin.options().stream())
                .toList();
        return command.commandLine().getParseResult().matchedOptions().stream()
                .filter(all::contains)
                .map(OptionSpec::longestName)
                .distinct()
                .collect(Collectors.joining(", "));
    }

    /** Starts a sandbox that is so. */
    Sandbox start(InetSocketAddress address, SandboxSettings settings) throws IOException {
        Sandbox sandbox = Sandbox.start(address, settings, clock());
        try {
            faults.forEach(name -> Faults.add(name, sandbox));
            return sandbox;
        } catch (IllegalArgumentException e) {
            sandbox.close();
            throw new SettingsException("--fault: " + e.getMessage());
        }
    }

    /** The ids of its queues, as {@code notifications.queues} takes them. */
    static String queues(Sandbox sandbox) {
        return sandbox.world().queues().stream().map(SandboxQueue::id).collect(Collectors.joining(","));
    }

    private Clock clock() {
        return still ? Clock.fixed(Instant.now(), ZoneOffset.UTC) : Clock.systemUTC();
    }

    /** @throws SettingsException when a number is invalid */
    SandboxSettings settings(String clientId, String clientSecret, boolean tutorial) {
        require("--conversations", conversations, 1, MOST);
        require("--agents", agents, 1, MOST);
        require("--rate-limit", rateLimit, 0, MOST);
        require("--longest in seconds", longest.toSeconds(), 1, LONGEST.toSeconds());
        WorldSettings small = WorldSettings.SMALL;
        return new SandboxSettings(
                new WorldSettings(conversations, agents, small.queues(), small.historyPerAgent(), longest, seed, true),
                clientId,
                clientSecret,
                SandboxSettings.defaults().tokenLife(),
                rateLimit,
                userContext,
                tutorial);
    }

    static void require(String option, long value, long least, long most) {
        if (value < least || value > most) {
            throw new SettingsException(option + ": " + value + " is outside " + least + " to " + most + ".");
        }
    }

    @Override
    public String toString() {
        return conversations + " conversations, " + agents + " agents, seed " + seed + ", "
                + (rateLimit == 0 ? "no rate limit" : rateLimit + " requests/min");
    }
}
